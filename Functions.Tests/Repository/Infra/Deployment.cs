using System.Text.Json;
using System.Text.Json.Nodes;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Repository.Infra;

/// <summary>
/// What production's parameters would deploy, as Bicep itself predicts it; worked out once, on a copy of infra/.
/// </summary>
public sealed class Deployment : IAsyncLifetime
{
    private const string Nobody = "00000000-0000-0000-0000-000000000000";
    private readonly ScratchFolder folder = Copy();
    private JsonArray resources = [];

    /// <summary>What building, linting and predicting printed: nothing, when all is well.</summary>
    public string Printed { get; private set; } = "";

    public IReadOnlyList<int> ExitCodes { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var root = Path.Combine(folder.Path, "infra");
        var runs = new[]
        {
            await Bicep.RunAsync(root, "lint", "--pattern", "**/*.bicep"),
            await Bicep.RunAsync(root, "lint", "environments/test.bicepparam"),
            await Bicep.RunAsync(root, "lint", "environments/prod.bicepparam"),
            await SnapshotAsync(root, "prod", Cities.Real),
        };
        Printed = string.Join('\n', runs.Select(run => run.Printed).Where(printed => printed.Length > 0));
        ExitCodes = [.. runs.Select(run => run.ExitCode)];
        resources = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(root, "environments", "prod.snapshot.json"))
        )!["predictedResources"]!.AsArray();
    }

    /// <summary>infra/ in a folder of its own: what Bicep writes is written there.</summary>
    internal static ScratchFolder Copy()
    {
        ScratchFolder copy = new();
        foreach (var file in Files("*"))
        {
            var to = Path.Combine(copy.Path, Path.GetRelativePath(SourceTree.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return copy;
    }

    public static Task<(int ExitCode, string Printed)> SnapshotAsync(
        string root,
        string environment,
        IReadOnlyDictionary<string, string> variables
    ) =>
        Bicep.RunAsync(
            root,
            variables,
            "snapshot",
            $"environments/{environment}.bicepparam",
            "--subscription-id",
            Nobody,
            "--tenant-id",
            Nobody,
            "--location",
            "centralus"
        );

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    public IReadOnlyList<JsonNode> All(string type) =>
        [.. resources.Where(resource => (string)resource!["type"]! == type).Select(resource => resource!)];

    public IReadOnlyList<string> Types() => [.. resources.Select(resource => (string)resource!["type"]!)];

    public JsonNode One(string type, string nameEnds = "") =>
        Assert.Single(All(type), resource => ((string)resource["name"]!).EndsWith(nameEnds, StringComparison.Ordinal));

    /// <summary>The last part of the names of what lies in the money storage.</summary>
    public IReadOnlyList<string> InMoneyStorage(string type) =>
        [
            .. All(type)
                .Select(resource => ((string)resource["name"]!).Split('/'))
                .Where(parts => parts[0].StartsWith("stmoney", StringComparison.Ordinal))
                .Select(parts => parts[^1]),
        ];

    public IReadOnlyDictionary<string, string> Settings() =>
        One("Microsoft.Web/sites/config", "/appsettings")["properties"]!
            .AsObject()
            .ToDictionary(setting => setting.Key, setting => (string)setting.Value!);

    /// <summary>What people do to the deployment, and what the platform says of itself.</summary>
    public static IReadOnlyList<JsonElement> PlatformAlerts { get; } =
    [
        .. Json("platform-alerts.json").GetProperty("activity").EnumerateArray(),
        .. Json("platform-alerts.json").GetProperty("metrics").EnumerateArray(),
    ];

    public static IReadOnlyList<string> Files(string pattern) =>
        [.. Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "infra"), pattern, SearchOption.AllDirectories)];

    public static JsonElement Json(string file) => JsonDocument.Parse(SourceTree.Read($"infra/{file}")).RootElement;
}
