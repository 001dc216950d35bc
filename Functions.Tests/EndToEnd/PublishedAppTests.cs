using System.Diagnostics;
using Autopay.StripeSandbox;
using Autopay.Tests.Fixtures;
using Autopay.Tests.StripeSandbox;

namespace Autopay.Tests.EndToEnd;

/// <summary>The program from a published folder, away from the source tree: a storage and the address of a Stripe are all that it needs.</summary>
public sealed class PublishedAppTests(AzuriteFixture azurite)
{
    // Of the build that the tests are part of: nothing is built anew.
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;

    [Fact]
    public async Task The_app_runs_from_a_published_folder_given_a_storage_and_a_Stripe_address()
    {
        using var folder = new ScratchFolder();
        var published = Path.Combine(folder.Path, "published");
        await PublishAsync(published);
        await using var sandbox = await SandboxServer.StartAsync(TestStripe.Frozen);
        await using var app = new LiveApp(Path.Combine(folder.Path, "work"), [
            $"--AutopayStorage={await azurite.NewAccountAsync()}", $"--Stripe:ApiBase={sandbox.BaseUrl}", "--Stripe:ApiKey=sk_test_published", "--Stripe:WebhookSecrets=whsec_published"])
        {
            Program = published,
        };

        await app.StartAsync();

        Assert.Equal("ready", (string?)(await app.GetAsync("health/ready"))["status"]);
        Assert.NotNull(await app.GetAsync("api/cycles"));
        Assert.False(Directory.Exists(Path.Combine(published, "node_modules")));
    }

    private static async Task PublishAsync(string folder)
    {
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", "Functions", "--no-build", "-c", Configuration, "-o", folder, "-v", "q", "-nologo"])
        {
            WorkingDirectory = Repository.Root, RedirectStandardOutput = true,
        })!;
        var told = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, told);
    }
}
