using System.Diagnostics;
using System.Text.Json;

namespace Autopay.Tests.Wholesome;

public sealed class BuildTests
{
    [Fact]
    public void Lock_files_hold_no_addresses()
    {
        var locks = Directory.EnumerateFiles(Repository.Root, "packages.lock.json", SearchOption.AllDirectories)
            .Where(path => !path.Contains("artifacts", StringComparison.Ordinal) && !path.Contains("node_modules", StringComparison.Ordinal))
            .Append(Path.Combine(Repository.Root, "package-lock.json")).ToList();

        Assert.True(locks.Count > 4);
        Assert.All(locks, path => Assert.DoesNotContain("\"resolved\": \"http", File.ReadAllText(path), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_azure_flavour_takes_the_real_worker_and_none_of_the_stand_ins()
    {
        var items = await EvaluateAsync("azure");

        Assert.Empty(Names(items, "ProjectReference"));
        Assert.Superset(
            new HashSet<string> { "Microsoft.Azure.Functions.Worker", "Microsoft.Azure.Functions.Worker.Sdk", "Microsoft.Azure.Functions.Worker.Extensions.Timer" },
            Names(items, "PackageReference"));
        Assert.DoesNotContain(Names(items, "Compile"), path => path.EndsWith(".Local.cs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_local_flavour_needs_none_of_the_worker_packages()
    {
        var items = await EvaluateAsync("local");

        Assert.DoesNotContain(Names(items, "PackageReference"), name => name.StartsWith("Microsoft.Azure.Functions", StringComparison.Ordinal));
        Assert.Contains(Names(items, "Compile"), path => path.EndsWith(".Local.cs", StringComparison.Ordinal));
    }

    private static HashSet<string> Names(JsonElement items, string kind) =>
        [.. items.GetProperty(kind).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];

    private static async Task<JsonElement> EvaluateAsync(string runtime)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository.Root, RedirectStandardOutput = true,
            ArgumentList = { "msbuild", "Functions/Functions.csproj", $"-p:FunctionsRuntime={runtime}", "-getItem:PackageReference", "-getItem:ProjectReference", "-getItem:Compile", "-nologo" },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return JsonDocument.Parse(output).RootElement.GetProperty("Items");
    }
}
