using Autopay.Application.Telemetry;
using Autopay.Hosting.Identity;
using Autopay.Hosting.Settings;
using Autopay.Payments;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Autopay.Hosting.Telemetry;

/// <summary>
/// Traces, metrics and logs go where the configuration says: to an OTLP collector, to Azure Monitor, to both, or
/// nowhere. Only the app's own sources are listened to: spans of HTTP and storage clients carry addresses, and those
/// carry account numbers. A share of the traces may be left out (Telemetry:TraceRatio), a log line or a metric never.
/// </summary>
internal static class TelemetryServices
{
    [Setting("traces, metrics and logs go to this OTLP collector (HTTP)", SetBy = SettingSource.Deployment)]
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    [Setting("and to Azure Monitor", SetBy = SettingSource.Deployment)]
    private const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    [Setting("Azure Monitor by managed identity", SetBy = SettingSource.Deployment)]
    private const string AzureMonitorIdentity = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        // The defaults tell the host that this worker exports its own lines, or the host exports them a second time.
        var telemetry = services
            .AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .ConfigureResource(resource =>
                resource.AddService(
                    "autopay",
                    serviceNamespace: configuration[$"{StripeOptions.Section}:{nameof(StripeOptions.Environment)}"]
                        ?? "local"
                )
            )
            .WithTracing(traces =>
                traces.AddSource(Tracing.SourceName).SetSampler(new TraceIdRatioBasedSampler(RatioOf(configuration)))
            )
            .WithMetrics(metrics => metrics.AddMeter(Metering.MeterName))
            .WithLogging(_ => { }, lines => lines.IncludeFormattedMessage = true);
        ExportToCollector(telemetry, configuration);
        ExportToAzureMonitor(telemetry, configuration);

        // Made with the meters, since nobody asks for it.
        services.ConfigureOpenTelemetryMeterProvider((provider, _) => provider.GetRequiredService<GateMeter>());
        services.ConfigureOpenTelemetryMeterProvider((provider, _) => provider.GetRequiredService<VaultMeter>());
        return services
            .AddSingleton(provider => new GateMeter(() => provider.GetRequiredService<StartGate>().Missing.Count > 0))
            .AddSingleton(provider => new VaultMeter(() => provider.GetRequiredService<VaultWatch>().FailingFor))
            .AddSingleton<TelemetryFlush>();
    }

    private static void ExportToCollector(IOpenTelemetryBuilder telemetry, IConfiguration configuration)
    {
        if (configuration[OtlpEndpoint] is { Length: > 0 } collector)
        {
            telemetry
                .WithTracing(traces => traces.AddOtlpExporter(otlp => To(collector, "v1/traces", otlp)))
                .WithMetrics(metrics => metrics.AddOtlpExporter(otlp => To(collector, "v1/metrics", otlp)))
                .WithLogging(logs => logs.AddOtlpExporter(otlp => To(collector, "v1/logs", otlp)));
        }
    }

    private static void ExportToAzureMonitor(IOpenTelemetryBuilder telemetry, IConfiguration configuration)
    {
        if (configuration[AzureMonitor] is { Length: > 0 } connection)
        {
            telemetry
                .WithTracing(traces =>
                    traces.AddAzureMonitorTraceExporter(monitor => To(connection, configuration, monitor))
                )
                .WithMetrics(metrics =>
                    metrics.AddAzureMonitorMetricExporter(monitor => To(connection, configuration, monitor))
                )
                .WithLogging(logs =>
                    logs.AddAzureMonitorLogExporter(monitor => To(connection, configuration, monitor))
                );
        }
    }

    private static void To(string collector, string signal, OtlpExporterOptions otlp) =>
        (otlp.Protocol, otlp.Endpoint) = (
            OtlpExportProtocol.HttpProtobuf,
            new Uri($"{collector.TrimEnd('/')}/{signal}")
        );

    private static void To(string connection, IConfiguration configuration, AzureMonitorExporterOptions monitor)
    {
        monitor.ConnectionString = connection;

        // Its trace exporter brings a sampler of its own. By default that takes five traces a second, whatever ours
        // says, and log lines go with their traces.
        (monitor.SamplingRatio, monitor.TracesPerSecond, monitor.EnableTraceBasedLogsSampler) = (
            (float)RatioOf(configuration),
            null,
            false
        );

        // "Authorization=AAD;ClientId=...": what the host reads for its own telemetry holds for ours.
        if (configuration[AzureMonitorIdentity] is { Length: > 0 } identity)
        {
            var client = identity
                .Split(';')
                .Select(part => part.Split('=', 2))
                .FirstOrDefault(part => part[0].Trim() == "ClientId");
            monitor.Credential = client is { Length: 2 }
                ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client[1]))
                : new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned);
        }
    }

    private static double RatioOf(IConfiguration configuration) =>
        SettingsReader.Read<TelemetryOptions>(configuration).TraceRatio;
}
