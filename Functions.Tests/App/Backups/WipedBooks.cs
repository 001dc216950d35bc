using Autopay.Application;
using Autopay.Application.Backups;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Storage;
using Autopay.Storage.Backups;
using Autopay.Storage.Finance;
using Autopay.Storage.Imports;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;
using Books = Autopay.Tests.App.Storage.Books;

namespace Autopay.Tests.App.Backups;

/// <summary>Books of two buckets and of the small tables, a backup of them, and then nothing but the backup.</summary>
public sealed class WipedBooks(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly Policies Policies = new();
    private static readonly ProcessingOptions Options = new();
    private readonly FakeTimeProvider time = new(Books.Now);
    private CityClock clock = null!;

    internal Books Books { get; } = new(azurite);

    internal BlobBackupStore Store { get; private set; } = null!;

    internal TableControlsStore Controls => new(Books.Clients, Policies, time);

    /// <summary>Where the backup is copied to before everything else is lost; null: nowhere.</summary>
    internal CopiesAccount? Copies { get; init; }

    internal BackupManifest Manifest { get; private set; } = null!;

    internal IReadOnlyList<string> Before { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        clock = new CityClock(time, new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago")));
        await Books.InitializeAsync();
        Store = new BlobBackupStore(Books.Clients);
        await FillAsync();
        Before = await Wipe.DigestAsync(Books.Clients);
        Manifest = await new ExportBackup(
            Store,
            new TableStuckStore(Books.Clients),
            new TableHeartbeatStore(Books.Clients),
            clock
        ).RunAsync("night", null, CancellationToken.None);
        await CopyAsync();
        await Wipe.AllTablesAsync(Books.Clients);
        time.Advance(TimeSpan.FromHours(20));
    }

    public ValueTask DisposeAsync() => Books.DisposeAsync();

    internal Task<BackupManifest> RestoreAsync() => RestoreAsync(Store);

    internal Task<BackupManifest> RestoreAsync(BlobBackupStore store) =>
        new RestoreBackup(
            store,
            new CheckBackup(store),
            new TableRestoreTarget(Books.Clients, store, Books.Ledgers, Policies),
            Books.Ledgers,
            new TableBucketScheduleStore(Books.Clients),
            clock,
            Options
        ).RunAsync(Manifest.Id, Books.Because("drill"), null, CancellationToken.None);

    /// <summary>Halts, as a person does after the night; the account of the copies hears of it.</summary>
    internal async Task HaltAsync()
    {
        var before = await Controls.LoadAsync(CancellationToken.None);
        var halted = new ChargingHalted();
        var after = before.Controls.Change(halted, Books.Because("after the night"));
        await Controls.TrySaveAsync(
            before,
            after,
            new ControlAct(halted, Books.Because("after the night")),
            CancellationToken.None
        );
    }

    internal void Pass(TimeSpan some) => time.Advance(some);

    internal CopyBackup CopyBackup(IBackupCopies copies) =>
        new(Store, copies, new TableReportStore(Books.Clients), Watch);

    internal CopyControls CopyControls(IBackupCopies copies) =>
        new(Controls, copies, new TableReportStore(Books.Clients), Watch);

    private CopyWatch Watch => new(new TableStuckStore(Books.Clients), new TableHeartbeatStore(Books.Clients), clock);

    private async Task CopyAsync()
    {
        if (Copies is null)
        {
            return;
        }

        var copies = new BlobBackupCopies(Store, Copies);
        await CopyBackup(copies).RunAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromHours(1));
        await HaltAsync();
        await CopyControls(copies).RunAsync(CancellationToken.None);
    }

    private async Task FillAsync()
    {
        foreach (
            var account in new[] { new Bucket(3), new Bucket(6) }.SelectMany(bucket => Books.AccountsIn(bucket, 70))
        )
        {
            var entry = await Books.SaveOneAsync(Books.Enrol(account));
            entry = await Books.SaveOneAsync(Books.Save(entry, null, Books.Opened("B-1"), Books.Received("P-1", 500)));
            await Books.SaveOneAsync(
                Books.Save(
                    entry,
                    Books.Now.AddDays(1),
                    Books.Opened("B/2", 3000),
                    new BillBlocked(new BillId("B/2"), new DateOnly(2020, 1, 20), "Uncollected: R08")
                )
            );
        }

        var controls = await Controls.LoadAsync(CancellationToken.None);
        var hold = new DeferralDeclared(
            new DeferralId("outage"),
            [new CycleNumber(1)],
            new DateOnly(2020, 1, 1),
            new DateOnly(2020, 2, 1),
            DeferralAction.Hold,
            null
        );
        await Controls.TrySaveAsync(
            controls,
            controls.Controls.Change(hold, Books.Because("outage")),
            new ControlAct(hold, Books.Because("outage")),
            CancellationToken.None
        );
        await new TableSuspenseStore(Books.Clients).PutAsync(
            new SuspensePayment(Books.Received("P-9", 4800).Funds, "20-9907", "import", 3, Books.Now),
            CancellationToken.None
        );
        await new TableStuckStore(Books.Clients).PutAsync(
            new StuckItem("evaluate:1", "poison", "a \"quoted\"\nreason — ünï", "{}", Books.Now),
            CancellationToken.None
        );
        await new TableReportStore(Books.Clients).SaveAsync(
            new StoredReport("reconcile", "20200121", "{}"),
            CancellationToken.None
        );
    }
}
