using Autopay.Application.Backups;
using Autopay.Application.Ports.Books;
using Autopay.Application.Telemetry;
using Autopay.Storage;
using Autopay.Storage.Backups;
using Autopay.Tests.Fixtures;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.App.Backups;

/// <summary>What the alert of the copies reads: since when all that should be there was there.</summary>
public sealed class CopiesAgeTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly string[] Kinds = [CopyBackup.Kind, CopyControls.Kind];

    [Fact]
    public async Task It_counts_from_the_first_try_until_all_is_there_and_from_then_on_until_it_is_not()
    {
        await using var books = new WipedBooks(azurite);
        await books.InitializeAsync();
        var exports = new BlobContainerClient(await azurite.NewAccountAsync(), CopiesAccount.Container);
        var copies = new BlobBackupCopies(
            books.Store,
            new CopiesAccount(exports.GetParentBlobServiceClient(), new DefaultAzureCredential())
        );

        await CopyAsync(books, copies);
        var first = await BeatsAsync(books);
        books.Pass(Quarter);
        await CopyAsync(books, copies);
        Assert.Equal(first, await BeatsAsync(books));

        await exports.CreateAsync();
        await CopyAsync(books, copies);
        Assert.Equal(first.Select(beat => beat + Quarter), await BeatsAsync(books));

        // Nothing new of the books; what a person decides now gets no further.
        await exports.DeleteAsync();
        await books.HaltAsync();
        books.Pass(Quarter);
        await CopyAsync(books, copies);
        Assert.Equal([first[0] + 2 * Quarter, first[1] + Quarter], await BeatsAsync(books));
    }

    [Fact]
    public async Task A_run_that_breaks_off_otherwise_does_not_look_like_one_that_copied()
    {
        await using var books = new WipedBooks(azurite);
        await books.InitializeAsync();
        var broken = new BrokenCopies();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            books.CopyControls(broken).RunAsync(CancellationToken.None)
        );
        var expected = await BeatAsync(books, CopyControls.Kind);
        books.Pass(Quarter);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            books.CopyControls(broken).RunAsync(CancellationToken.None)
        );

        Assert.NotNull(expected);
        Assert.Equal(expected, await BeatAsync(books, CopyControls.Kind));
    }

    [Fact]
    public async Task It_is_measured_with_the_books_and_is_none_where_nothing_is_copied()
    {
        await using var without = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        var settings = new Dictionary<string, string?> { ["AutopayCopies"] = await azurite.NewAccountAsync() };
        await using var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            new AppPlan { Settings = settings }
        );
        foreach (var host in new[] { without, app })
        {
            await host.Services.GetRequiredService<CopyBackup>().RunAsync(CancellationToken.None);
            await host.Services.GetRequiredService<CopyControls>().RunAsync(CancellationToken.None);
        }

        app.MoveTo("2020-01-21T10:01");
        var (copied, none) = (await MeasureAsync(app), await MeasureAsync(without));

        Assert.Equal((null, null), (none.BooksCopied, none.ControlsCopied));
        // There is no backup that is not there, and no container for the controls.
        Assert.InRange((copied.At - copied.ControlsCopied!.Value).TotalMinutes, 119, 121);
        Assert.NotNull(copied.BooksCopied);
    }

    private static Task<Books> MeasureAsync(AppHost app) =>
        app.Services.GetRequiredService<MeasureBooks>().RunAsync(CancellationToken.None);

    private static async Task CopyAsync(WipedBooks books, IBackupCopies copies)
    {
        await books.CopyBackup(copies).RunAsync(CancellationToken.None);
        await books.CopyControls(copies).RunAsync(CancellationToken.None);
    }

    private static async Task<DateTimeOffset[]> BeatsAsync(WipedBooks books) =>
        await Task.WhenAll(Kinds.Select(async kind => (await BeatAsync(books, kind))!.Value));

    private static async Task<DateTimeOffset?> BeatAsync(WipedBooks books, string kind) =>
        (await new TableHeartbeatStore(books.Books.Clients).ReadAsync(CancellationToken.None)).TryGetValue(
            kind,
            out var at
        )
            ? at
            : null;

    private sealed class BrokenCopies : IBackupCopies
    {
        public bool IsOn => true;

        public Task CopyAsync(string backup, string? table, CancellationToken cancel) =>
            throw new InvalidOperationException("no such error is expected");

        public Task CopyControlsAsync(string id, CancellationToken cancel) =>
            throw new InvalidOperationException("no such error is expected");
    }
}
