using System.Diagnostics;
using System.Text.Json;

namespace Autopay.Tests.Repository.Wholesome;

public sealed class BuildTests
{
    [Fact]
    public void Lock_files_hold_no_addresses()
    {
        var locks = Directory
            .EnumerateFiles(SourceTree.Root, "packages.lock.json", SearchOption.AllDirectories)
            .Where(path =>
                !path.Contains("artifacts", StringComparison.Ordinal)
                && !path.Contains("node_modules", StringComparison.Ordinal)
            )
            .Append(Path.Combine(SourceTree.Root, "package-lock.json"))
            .ToList();

        Assert.True(locks.Count > 4);
        Assert.All(
            locks,
            path => Assert.DoesNotContain("\"resolved\": \"http", File.ReadAllText(path), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_app_takes_the_real_worker_and_nothing_of_the_local_host()
    {
        var items = await EvaluateAsync();

        Assert.Empty(Names(items, "ProjectReference"));
        Assert.Superset(
            new HashSet<string>
            {
                "Microsoft.Azure.Functions.Worker",
                "Microsoft.Azure.Functions.Worker.Sdk",
                "Microsoft.Azure.Functions.Worker.Extensions.Timer",
            },
            Names(items, "PackageReference")
        );
    }

    /// <summary>A type of the worker's own name that is ours would be tested instead of what is deployed.</summary>
    [Fact]
    public void Nobody_declares_types_in_the_namespaces_of_the_worker() =>
        Assert.DoesNotContain(
            SourceTree.Projects.SelectMany(SourceTree.Sources),
            path => SourceTree.Read(path).Contains("namespace " + "Microsoft.Azure.Functions", StringComparison.Ordinal)
        );

    private static HashSet<string> Names(JsonElement items, string kind) =>
        [.. items.GetProperty(kind).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];

    private static async Task<JsonElement> EvaluateAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = SourceTree.Root,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "msbuild",
                "Functions/Functions.csproj",
                "-getItem:PackageReference",
                "-getItem:ProjectReference",
                "-nologo",
            },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return JsonDocument.Parse(output).RootElement.GetProperty("Items");
    }
}
