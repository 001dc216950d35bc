using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Autopay.LocalHost;

/// <summary>What host.json and the settings say, with the real host's defaults.</summary>
internal sealed class HostSettings(IConfiguration configuration)
{
    public const string PortName = "LocalHost:Port";
    private const int DefaultPort = 7071;
    private const string Unlimited = "-1";
    private static readonly TimeSpan DefaultFunctionTimeout = TimeSpan.FromMinutes(30);
    private readonly IConfigurationSection hostJson = configuration.GetSection(LocalHostConfiguration.HostJsonSection);

    public string RoutePrefix => (hostJson["extensions:http:routePrefix"] ?? "api").Trim('/');

    public TimeSpan FunctionTimeout { get; } = ParseTimeout(configuration[$"{LocalHostConfiguration.HostJsonSection}:functionTimeout"]);

    public QueueOptions Queues => (hostJson.GetSection("extensions:queues").Get<QueueOptions>() ?? new QueueOptions()).Validated();

    /// <summary>0 takes any free port.</summary>
    public static int Port(IConfiguration configuration) => configuration.GetValue(PortName, DefaultPort);

    private static TimeSpan ParseTimeout(string? text) => text switch
    {
        null => DefaultFunctionTimeout,
        Unlimited => Timeout.InfiniteTimeSpan,
        _ when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout) && timeout > TimeSpan.Zero => timeout,
        _ => throw new InvalidOperationException($"host.json: the functionTimeout '{text}' is neither a time like 00:10:00 nor -1."),
    };
}
