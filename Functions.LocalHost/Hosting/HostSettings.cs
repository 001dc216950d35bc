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

    /// <summary>0 takes any free port.</summary>
    public int Port => configuration.GetValue(PortName, DefaultPort);

    public string RoutePrefix => (hostJson["extensions:http:routePrefix"] ?? "api").Trim('/');

    public TimeSpan FunctionTimeout => hostJson["functionTimeout"] switch
    {
        null => DefaultFunctionTimeout,
        Unlimited => Timeout.InfiniteTimeSpan,
        var text => TimeSpan.Parse(text, CultureInfo.InvariantCulture),
    };

    public QueueOptions Queues => (hostJson.GetSection("extensions:queues").Get<QueueOptions>() ?? new QueueOptions()).Validated();
}
