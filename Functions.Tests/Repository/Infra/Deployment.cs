using System.Text.Json;
using System.Text.Json.Nodes;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Repository.Infra;

/// <summary>
/// What production's parameters would deploy, as Bicep itself predicts it; worked out once for all tests, on a copy of
/// infra/.
/// </summary>
public sealed class Deployment : IAsyncLifetime
{
    private const string Nobody = "00000000-0000-0000-0000-000000000000";

    // Each run of the compiler costs seconds of a core.
    private static readonly Lazy<Task<Predicted>> Once = new(PredictAsync);
    private Predicted predicted = new([], [], []);

    /// <summary>What building, linting and predicting printed: nothing, when all is well.</summary>
    public string Printed => string.Join('\n', predicted.Printed);

    public IReadOnlyList<int> ExitCodes => predicted.ExitCodes;

    public async ValueTask InitializeAsync() => predicted = await Once.Value;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<Predicted> PredictAsync()
    {
        using var folder = Copy();
        var root = Path.Combine(folder.Path, "infra");
        // A test environment needs nothing of its surroundings, not even variables.
        var runs = new[]
        {
            await Bicep.RunAsync(root, "lint", "--pattern", "**/*.bicep"),
            await Bicep.RunAsync(
                root,
                new Dictionary<string, string>(),
                "build-params",
                "environments/test.bicepparam",
                "--outfile",
                "test.json"
            ),
            await SnapshotAsync(root, "prod", Cities.Real),
        };
        return new Predicted(
            [.. runs.Select(run => run.Printed).Where(printed => printed.Length > 0)],
            [.. runs.Select(run => run.ExitCode)],
            JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(root, "environments", "prod.snapshot.json")))![
                "predictedResources"
            ]!.AsArray()
        );
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

    public IReadOnlyList<JsonNode> All(string type) =>
        [.. predicted.Resources.Where(resource => (string)resource!["type"]! == type).Select(resource => resource!)];

    public IReadOnlyList<string> Types() => [.. predicted.Resources.Select(resource => (string)resource!["type"]!)];

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

    private sealed record Predicted(IReadOnlyList<string> Printed, IReadOnlyList<int> ExitCodes, JsonArray Resources);
}
