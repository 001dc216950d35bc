using Autopay.Application;
using Autopay.Payments;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Autopay.Hosting;

/// <summary>
/// Traces, metrics and logs go where the configuration says: to an OTLP collector, to Azure Monitor, to both, or nowhere. Only the app's own
/// sources are listened to: spans of HTTP and storage clients carry addresses, and those carry account numbers.
/// </summary>
internal static class TelemetryServices
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string AzureMonitorIdentity = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";
    private const string Ratio = "Telemetry:TraceRatio";

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("autopay", serviceNamespace: configuration[$"{StripeOptions.Section}:{nameof(StripeOptions.Environment)}"] ?? "local"))
            .WithTracing(traces => traces.AddSource(Tracing.SourceName).SetSampler(new TraceIdRatioBasedSampler(configuration.GetValue(Ratio, 1.0))))
            .WithMetrics(metrics => metrics.AddMeter(Metering.MeterName))
            .WithLogging();
        return Export(telemetry, configuration).Services;
    }

    private static OpenTelemetryBuilder Export(OpenTelemetryBuilder telemetry, IConfiguration configuration)
    {
        if (configuration[OtlpEndpoint] is { Length: > 0 } collector)
        {
            telemetry.WithTracing(traces => traces.AddOtlpExporter(otlp => To(collector, "v1/traces", otlp)))
                .WithMetrics(metrics => metrics.AddOtlpExporter(otlp => To(collector, "v1/metrics", otlp)))
                .WithLogging(logs => logs.AddOtlpExporter(otlp => To(collector, "v1/logs", otlp)));
        }

        if (configuration[AzureMonitor] is { Length: > 0 } connection)
        {
            telemetry.WithTracing(traces => traces.AddAzureMonitorTraceExporter(monitor => To(connection, configuration, monitor)))
                .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(monitor => To(connection, configuration, monitor)))
                .WithLogging(logs => logs.AddAzureMonitorLogExporter(monitor => To(connection, configuration, monitor)));
        }

        return telemetry;
    }

    private static void To(string collector, string signal, OtlpExporterOptions otlp) =>
        (otlp.Protocol, otlp.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri($"{collector.TrimEnd('/')}/{signal}"));

    // "Authorization=AAD;ClientId=...": what the host reads for its own telemetry holds for ours.
    private static void To(string connection, IConfiguration configuration, AzureMonitorExporterOptions monitor)
    {
        monitor.ConnectionString = connection;
        if (configuration[AzureMonitorIdentity] is { Length: > 0 } identity)
        {
            var client = identity.Split(';').Select(part => part.Split('=', 2)).FirstOrDefault(part => part[0].Trim() == "ClientId");
            monitor.Credential = client is { Length: 2 } ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client[1])) : new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned);
        }
    }
}
