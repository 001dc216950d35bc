using Microsoft.Extensions.Configuration;

namespace Autopay.LocalHost;

/// <summary>host.json, then local.settings.json, environment variables and the command line; the later wins.</summary>
internal static class LocalHostConfiguration
{
    /// <summary>Where the real host keeps host.json too, so AzureFunctionsJobHost__extensions__queues__batchSize overrides it in both.</summary>
    public const string HostJsonSection = "AzureFunctionsJobHost";

    private static readonly Dictionary<string, string> Switches = new() { ["--port"] = HostSettings.PortName };

    public static void Add(IConfigurationBuilder configuration, string contentRoot, string[] args) => configuration
        .AddInMemoryCollection(Read(contentRoot, "host.json").Select(value => KeyValuePair.Create($"{HostJsonSection}:{value.Key}", value.Value)))
        .AddInMemoryCollection(LocalSettings(contentRoot))
        .AddEnvironmentVariables()
        .AddCommandLine(args, Switches);

    private static IEnumerable<KeyValuePair<string, string?>> LocalSettings(string contentRoot) =>
        from value in Read(contentRoot, "local.settings.json")
        where value.Key.StartsWith("Values:", StringComparison.OrdinalIgnoreCase)
        select KeyValuePair.Create(value.Key["Values:".Length..].Replace("__", ":", StringComparison.Ordinal), value.Value);

    private static IEnumerable<KeyValuePair<string, string?>> Read(string contentRoot, string file)
    {
        var path = new[] { contentRoot, AppContext.BaseDirectory }.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        return path is null ? [] : new ConfigurationBuilder().AddJsonFile(path).Build().AsEnumerable().Where(value => value.Value is not null);
    }
}
