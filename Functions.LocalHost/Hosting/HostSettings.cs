using System.Globalization;
using Autopay.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace Autopay.LocalHost.Hosting;

/// <summary>
/// What <c>host.json</c> and the settings say of the host itself, with the real host's defaults. The queue options are
/// read by the WebJobs SDK.
/// </summary>
internal sealed class HostSettings(IConfiguration configuration)
{
    public const string PortName = "LocalHost:Port";
    private const int DefaultOutstanding = 200;
    private const int DefaultConcurrent = 100;
    private const string Unlimited = "-1";
    private static readonly TimeSpan DefaultFunctionTimeout = TimeSpan.FromMinutes(30);
    private readonly IConfigurationSection hostJson = configuration.GetSection(LocalHostConfiguration.HostJsonSection);

    public string RoutePrefix => (hostJson["extensions:http:routePrefix"] ?? "api").Trim('/');

    /// <summary>Requests that are served or wait; one more is answered 429.</summary>
    public int MaxOutstandingRequests { get; } = Limit(configuration, "maxOutstandingRequests", DefaultOutstanding);

    /// <summary>Requests that are served at once; more of them wait.</summary>
    public int MaxConcurrentRequests { get; } = Limit(configuration, "maxConcurrentRequests", DefaultConcurrent);

    public TimeSpan FunctionTimeout { get; } =
        ParseTimeout(configuration[$"{LocalHostConfiguration.HostJsonSection}:functionTimeout"]);

    /// <summary>
    /// Hosts with the same id are instances of one app: they share the status and the locks of timers.
    /// </summary>
    public string HostId => configuration["AzureFunctionsWebHost:hostid"] ?? "autopay";

    /// <summary>0 takes any free port.</summary>
    public int Port => SettingsReader.Read<LocalHostOptions>(configuration).Port;

    /// <summary>False in tests: then timers run only when the local clock is moved.</summary>
    public bool ListensToTimers => configuration.GetValue("LocalHost:Timers", true);

    /// <summary>
    /// The real host's switch for one function: its queue or timer is not listened to, its route is not found. By hand
    /// it can still be called.
    /// </summary>
    public bool IsDisabled(string function) => configuration.GetValue<bool>($"AzureWebJobs.{function}.Disabled");

    private static int Limit(IConfiguration configuration, string name, int normally)
    {
        var limit = configuration.GetValue(
            $"{LocalHostConfiguration.HostJsonSection}:extensions:http:{name}",
            normally
        );
        return limit switch
        {
            -1 => int.MaxValue,
            > 0 => limit,
            _ => throw new InvalidOperationException(
                $"host.json, extensions.http: {name} must be above 0, or -1 for no limit."
            ),
        };
    }

    private static TimeSpan ParseTimeout(string? text) =>
        text switch
        {
            null => DefaultFunctionTimeout,
            Unlimited => Timeout.InfiniteTimeSpan,
            _ when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout) && timeout > TimeSpan.Zero =>
                timeout,
            _ => throw new InvalidOperationException(
                $"host.json: the functionTimeout '{text}' is neither a time like 00:10:00 nor -1."
            ),
        };
}
