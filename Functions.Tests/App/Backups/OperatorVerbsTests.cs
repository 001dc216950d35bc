using System.Text.Json;
using Autopay.Storage;
using Autopay.Storage.Backups;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;
using Azure.Storage.Blobs;

namespace Autopay.Tests.App.Backups;

/// <summary>What stops everything, and what makes the books anew.</summary>
public sealed class OperatorVerbsTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Halt_stops_at_once_and_resume_asks_for_another_person_than_the_one_who_asked()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");

        var halted = await app.OperateAsync("halt", "--reason", "looks wrong");
        var during = (await app.GetAsync("api/controls")).Json.GetProperty("halt");
        var asked = await app.OperateAsAsync("approver", "resume", "--reason", "was nothing");
        var approval = (await app.GetAsync("api/approvals"))["items"][0];
        var id = approval.GetProperty("id").GetString()!;
        var yes = JsonSerializer.Serialize(new { hash = approval.GetProperty("hash").GetString(), reason = "looked" });
        var herself = await app.PostAsync($"api/approvals/{id}/approve", yes, "approver");
        var another = await app.PostAsync($"api/approvals/{id}/approve", yes, "local");

        Assert.Equal((0, 0), (halted.Code, asked.Code));
        Assert.Contains("Charging is halted since", halted.Printed, StringComparison.Ordinal);
        Assert.Equal(
            ("looks wrong", "olga (command line)"),
            (during.GetProperty("reason").GetString(), during.GetProperty("by").GetString())
        );
        Assert.Contains($"api/approvals/{id}/approve", asked.Printed, StringComparison.Ordinal);
        Assert.Equal((403, 200), (herself.Status, another.Status));
        Assert.Equal(1, (await app.OperateAsync("resume", "--reason", "again")).Code);
    }

    [Fact]
    public async Task Tables_are_emptied_for_a_restore_only_when_all_is_halted_and_the_backup_is_undamaged()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));
        Assert.Equal(0, (await app.OperateAsync("export")).Code);
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2", "A-3"));
        string[] restore = ["restore", "latest", "--empty-first", "--reason", "rows are ruined"];

        var running = await app.OperateAsync(restore);
        Assert.Equal(200, (await app.GetAsync("api/accounts/A-3")).Status);
        await app.OperateAsync("halt", "--reason", "restore");
        await app.StopAsync();
        var refused = await app.OperateAsync("restore", "latest", "--reason", "rows are ruined");
        var done = await app.OperateAsync(restore);

        Assert.Equal((1, 1, 0), (running.Code, refused.Code, done.Code));
        Assert.Contains("Charging is not halted", running.Printed, StringComparison.Ordinal);
        Assert.Contains("is not empty", refused.Printed, StringComparison.Ordinal);
        Assert.Contains("2 accounts", done.Printed, StringComparison.Ordinal);
        await using var again = await app.StartAgainAsync("2020-01-21T09:00");
        Assert.Equal(
            (200, 404),
            ((await again.GetAsync("api/accounts/A-1")).Status, (await again.GetAsync("api/accounts/A-3")).Status)
        );
    }

    [Fact]
    public async Task A_restore_from_the_second_account_is_a_command()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));
        await app.OperateAsync("export");
        var connection = await azurite.NewAccountAsync();
        var copies = new BlobContainerClient(connection, CopiesAccount.Container);
        await copies.CreateAsync();
        var backups = app.Storage.Container(StorageClients.BackupsContainer);
        await foreach (var blob in backups.GetBlobsAsync())
        {
            var content = await backups.GetBlobClient(blob.Name).DownloadContentAsync();
            await copies.GetBlobClient(blob.Name).UploadAsync(content.Value.Content);
        }

        await app.StopAsync();
        await backups.DeleteAsync();
        await Wipe.AllTablesAsync(app.Storage);
        string[] restore = ["restore", "latest", "--reason", "account lost", "--from", CopiesAccount.Container];
        var nowhere = await app.OperateAsync(restore);
        var restored = await app.OperateAsync([.. restore, $"--AutopayCopies={connection}"]);

        Assert.Equal((1, 0), (nowhere.Code, restored.Code));
        Assert.Contains("No second account is configured", nowhere.Printed, StringComparison.Ordinal);
        Assert.Contains("2 accounts", restored.Printed, StringComparison.Ordinal);
    }
}
