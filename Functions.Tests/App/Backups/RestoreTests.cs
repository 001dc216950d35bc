using Autopay.Application.Backups;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Storage;
using Autopay.Storage.Finance;
using Autopay.Storage.Ledgers;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Backups;

public sealed class RestoreTests(AzuriteFixture azurite)
{
    private static readonly string[] ChangesByTheRestore =
    [
        "controls/controls/h|0000000002",
        "controls/controls/h|0000000003",
        "controls/controls/h|0000000004",
        .. Bucket.All.Select(bucket => $"schedules/schedules/{LedgerKeys.Partition(bucket)}"),
    ];

    [Fact]
    public async Task A_restore_that_dies_half_way_charges_nothing_and_is_finished_by_running_it_again()
    {
        await using var books = new WipedBooks(azurite);
        await books.InitializeAsync();
        books.Books.Watch.Broken = "PartitionKey%20eq%20%2706%27";

        await Assert.ThrowsAnyAsync<Exception>(books.RestoreAsync);
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            books.Controls.LoadAsync(CancellationToken.None)
        );
        books.Books.Watch.Broken = null;
        await books.RestoreAsync();

        Assert.Contains(
            $"The restore of backup {books.Manifest.Id} is not finished",
            refused.Message,
            StringComparison.Ordinal
        );
        await ThenTheBooksAreTheSameAsync(books);
    }

    [Fact]
    public async Task A_restore_brings_everything_back_halted_and_in_the_mode_and_is_not_done_twice()
    {
        await using var books = new WipedBooks(azurite);
        await books.InitializeAsync();

        await books.RestoreAsync();
        await ThenItIsKeptBesideTheAnchorsAsync(books);
        var refused = await Assert.ThrowsAsync<RefusedException>(books.RestoreAsync);

        Assert.StartsWith("Table controls is not empty", refused.Message, StringComparison.Ordinal);
        await ThenTheBooksAreTheSameAsync(books);
    }

    private static async Task ThenTheBooksAreTheSameAsync(WipedBooks books)
    {
        var controls = (await books.Controls.LoadAsync(CancellationToken.None)).Controls;
        Assert.Equal((4, true, books.Manifest.BegunAt), (controls.Version, controls.IsHalted, controls.ReconcileSince));
        Assert.InRange(controls.Generation, 2, int.MaxValue);
        Assert.Equal("outage", controls.Deferrals.Single().Id.Value);
        Assert.Equal(
            [1, 2, 3, 4],
            await books.Controls.ReadHistoryAsync(CancellationToken.None).Select(row => row.Version).ToListAsync()
        );

        // Every row is as it was, but the ledgers, which begin a generation, and their work rows: nobody looks at a
        // ledger while all is halted. What came besides are the restore's own changes of the controls, and
        // when each bucket is looked at.
        var after = await Wipe.DigestAsync(books.Books.Clients);
        var came = after.Except(books.Before).Where(row => !IsANewGeneration(row)).ToList();
        Assert.DoesNotContain(books.Before.Except(after), row => !IsOfALedger(row));
        Assert.DoesNotContain(books.Before.Select(KeyOf).Except(after.Select(KeyOf)), key => !IsWork(key));
        Assert.Equal(ChangesByTheRestore, came.Where(row => !IsOfALedger(row)).Select(KeyOf));
        Assert.Equal(ChangesByTheRestore, came.Select(KeyOf).Except(books.Before.Select(KeyOf)));
        Assert.Equal(140, after.Count(IsANewGeneration));
        await ThenTheSumsAreThoseOfTheManifestAsync(books);
    }

    private static async Task ThenItIsKeptBesideTheAnchorsAsync(WipedBooks books)
    {
        var trail = new TableAuditTrail(books.Books.Clients);
        var last = await trail.ReadAsync(CancellationToken.None).LastAsync();
        var restore = Assert.Single(await trail.ReadRestoresAsync(CancellationToken.None).ToListAsync());
        Assert.Equal((last.Number, last.Hash), (restore.Number, restore.Hash));
        var blobs = books.Books.Clients.Container(StorageClients.AuditContainer);
        var kept = await blobs.GetBlobClient($"restore/{last.Number:0000000000}-{last.Hash}").DownloadContentAsync();
        Assert.Contains(books.Manifest.Id, kept.Value.Content.ToString(), StringComparison.Ordinal);
    }

    private static string KeyOf(string row) => string.Join('/', row.Split('/')[..3]);

    private static bool IsWork(string row) => row.Split('/')[2] is ['w', '|', ..];

    private static bool IsOfALedger(string row) => IsWork(row) || row.Split('/')[2] is ['a', '|', ..] or "state";

    private static bool IsANewGeneration(string row) => row.Contains("generationRaised", StringComparison.Ordinal);

    private static async Task ThenTheSumsAreThoseOfTheManifestAsync(WipedBooks books)
    {
        var (sums, generations) = (BackupSums.None, new HashSet<int>());
        foreach (var bucket in Bucket.All)
        {
            await foreach (
                var entry in books
                    .Books.Ledgers.ScanAsync(bucket, LedgerFilter.All, CancellationToken.None)
                    .SelectMany(page => page.ToAsyncEnumerable())
            )
            {
                sums = sums.Add(BackupSums.Of(entry.Ledger));
                generations.Add(entry.Ledger.Generation);
                Assert.Equal(4, entry.Ledger.Operations);
            }
        }

        Assert.Equal(books.Manifest.Sums, sums);
        Assert.Equal((140, 140 * 7120, 140 * 500), (sums.Accounts, sums.OpenCents, sums.CreditCents));
        Assert.InRange(Assert.Single(generations), 2, int.MaxValue);
    }
}
