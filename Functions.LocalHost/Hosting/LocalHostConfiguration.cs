using Microsoft.Extensions.Configuration;

namespace Autopay.LocalHost.Hosting;

/// <summary>host.json, then local.settings.json, environment variables and the command line; the later wins.</summary>
internal static class LocalHostConfiguration
{
    /// <summary>
    /// Where the real host keeps host.json too, so AzureFunctionsJobHost__extensions__queues__batchSize overrides it in
    /// both.
    /// </summary>
    public const string HostJsonSection = "AzureFunctionsJobHost";

    // Set where the real host runs.
    private const string Hosted = "WEBSITE_INSTANCE_ID";
    private static readonly Dictionary<string, string> Switches = new() { ["--port"] = HostSettings.PortName };

    /// <exception cref="InvalidOperationException">This machine is Azure's: development identities must never come up
    /// there.</exception>
    public static void Add(IConfigurationBuilder configuration, string contentRoot, string[] args)
    {
        var hostJson = Read(contentRoot, "host.json")
            .Select(value => KeyValuePair.Create($"{HostJsonSection}:{value.Key}", value.Value))
            .ToList();
        var built = configuration
            .AddInMemoryCollection(hostJson)
            .AddInMemoryCollection(QueueLimits.OnOneMachine(hostJson))
            // The SDK reads its options from there.
            .AddInMemoryCollection([KeyValuePair.Create("AzureWebJobsConfigurationSection", (string?)HostJsonSection)])
            .AddInMemoryCollection(LocalSettings(contentRoot))
            .AddEnvironmentVariables()
            .AddCommandLine(args, Switches)
            .Build();
        if (!string.IsNullOrEmpty(built[Hosted]))
        {
            throw new InvalidOperationException(
                $"This host is for one machine, and '{Hosted}' says that it runs on Azure: "
                    + "deploy Functions, not Functions.LocalHost."
            );
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> LocalSettings(string contentRoot) =>
        from value in Read(contentRoot, "local.settings.json")
        where value.Key.StartsWith("Values:", StringComparison.OrdinalIgnoreCase)
        select KeyValuePair.Create(
            value.Key["Values:".Length..].Replace("__", ":", StringComparison.Ordinal),
            value.Value
        );

    private static IEnumerable<KeyValuePair<string, string?>> Read(string contentRoot, string file)
    {
        var path = new[] { contentRoot, AppContext.BaseDirectory }
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
        return path is null
            ? []
            : new ConfigurationBuilder()
                .AddJsonFile(path)
                .Build()
                .AsEnumerable()
                .Where(value => value.Value is not null);
    }
}
