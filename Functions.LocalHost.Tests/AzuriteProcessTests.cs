using System.Diagnostics;
using Autopay.LocalHost.Azurite;
using Autopay.LocalHost.Tests.Fixtures;
using Autopay.Tests.Fixtures;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Autopay.LocalHost.Tests;

public sealed class AzuriteProcessTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_started_azurite_answers_under_its_connection_string()
    {
        var connectionString = await azurite.ConnectionStringAsync();

        Assert.NotNull(
            await new BlobContainerClient(connectionString, $"test-{Guid.NewGuid():N}").CreateIfNotExistsAsync()
        );
        Assert.NotNull(await new QueueClient(connectionString, $"test-{Guid.NewGuid():N}").CreateIfNotExistsAsync());
        Assert.NotNull(await new TableClient(connectionString, $"Test{Guid.NewGuid():N}").CreateIfNotExistsAsync());
    }

    [Fact]
    public async Task Disposing_saves_the_data_on_disk_and_ends_the_process()
    {
        using var folder = new ScratchFolder();
        var options = new AzuriteOptions { DataFolder = folder.Path };
        var first = await AzuriteProcess.StartAsync(options);
        await new QueueClient(first.ConnectionString, "queue").CreateAsync();
        await new QueueClient(first.ConnectionString, "queue").SendMessageAsync("kept");

        await first.DisposeAsync();

        Assert.False(IsRunning(first.ProcessId));
        await using var again = await AzuriteProcess.StartAsync(options);
        Assert.Equal(
            "kept",
            (await new QueueClient(again.ConnectionString, "queue").PeekMessageAsync()).Value.MessageText
        );
    }

    [Fact]
    public async Task Azurite_saves_and_ends_by_itself_when_its_parent_is_killed()
    {
        using var folder = new ScratchFolder();
        using var parent = OrphanMaker.Start(folder.Path);
        var orphan = await OrphanMaker.ReadEndpointsAsync(parent);
        await new QueueClient(orphan.ConnectionString, "queue").CreateAsync();

        parent.Kill();

        await Eventually.HoldsAsync("the orphan is gone", () => !IsRunning(orphan.ProcessId));
        await using var again = await AzuriteProcess.StartAsync(new AzuriteOptions { DataFolder = folder.Path });
        Assert.True(await new QueueClient(again.ConnectionString, "queue").ExistsAsync());
    }

    [Fact]
    public async Task Ctrl_c_is_left_to_the_parent_which_still_needs_its_storage()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal to send.");
        using var folder = new ScratchFolder();
        await using var own = await AzuriteProcess.StartAsync(new AzuriteOptions { DataFolder = folder.Path });
        var queue = new QueueClient(own.ConnectionString, "queue");

        using var signal = Process.Start("kill", ["-INT", $"{own.ProcessId}"]);
        await signal.WaitForExitAsync();

        Assert.NotNull(await queue.CreateIfNotExistsAsync());
        Assert.True(IsRunning(own.ProcessId));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_reported_in_azurites_own_words()
    {
        var taken = new BlobServiceClient(await azurite.ConnectionStringAsync()).Uri.Port;

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            AzuriteProcess.StartAsync(new AzuriteOptions { Ports = new AzuritePorts(taken, 0, 0) })
        );

        Assert.Contains("EADDRINUSE", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_installation_names_the_command_that_installs_it()
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(Path.Combine(folder.Path, "package.json"), "{}");

        var failure = Assert.Throws<InvalidOperationException>(() => AzuriteInstallation.FindEntryPoint(folder.Path));

        Assert.Equal($"Azurite is not installed: run 'npm ci' in {folder.Path}.", failure.Message);
    }

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
