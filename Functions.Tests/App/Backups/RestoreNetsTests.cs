using Autopay.Application;
using Autopay.Application.Backups;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.ChargeProtocol;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Backups;

/// <summary>
/// The last nets of a restore: the tables that must be there, and the sums that the restored books must have. Until
/// they agree the restore is not finished, and nobody decides anything.
/// </summary>
public sealed class RestoreNetsTests
{
    private static readonly BackupSums Restored = new(1, 4000, 2000, 1000, 500);
    private static readonly AccountId Account = new("10-0001");
    private readonly ScratchBackup backup = new();
    private readonly ScratchLedgerStore ledgers = new();

    [Fact]
    public async Task Sums_that_agree_end_the_restore_and_every_bucket_is_looked_at()
    {
        await PutAsync();
        backup.Says(Bucket.Of(Account), Restored);
        var schedules = new TaggedBucketScheduleStore();

        await RestoreAsync(schedules);

        Assert.True(backup.HasEnded);
        Assert.All(await schedules.ReadAllAsync(default), schedule => Assert.NotNull(schedule.EarliestDue));
    }

    [Theory]
    [InlineData(1, 0, 0, 0, 0)]
    [InlineData(0, 1, 0, 0, 0)]
    [InlineData(0, 0, -1, 0, 0)]
    [InlineData(0, 0, 0, 1, 0)]
    [InlineData(0, 0, 0, 0, -1)]
    public async Task Sums_that_differ_by_a_cent_or_an_account_do_not_end_the_restore(
        int accounts,
        long open,
        long collected,
        long inFlight,
        long credit
    )
    {
        await PutAsync();
        backup.Says(Bucket.Of(Account), Restored.Add(new BackupSums(accounts, open, collected, inFlight, credit)));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => RestoreAsync());

        Assert.Contains("nothing is charged", refused.Message, StringComparison.Ordinal);
        Assert.StartsWith(ScratchBackup.TableOf(Bucket.Of(Account)), refused.Message, StringComparison.Ordinal);
        Assert.False(backup.HasEnded);
    }

    [Fact]
    public async Task Sums_that_agree_only_over_all_buckets_do_not_end_the_restore()
    {
        await PutAsync();
        backup.Says(new Bucket((Bucket.Of(Account).Number + 1) % Bucket.Count), Restored);

        await Assert.ThrowsAsync<RefusedException>(() => RestoreAsync());

        Assert.False(backup.HasEnded);
    }

    [Theory]
    [InlineData("suspense")]
    [InlineData("ledger05")]
    [InlineData("controls")]
    public async Task A_table_that_is_not_what_was_checked_does_not_end_the_restore(string table)
    {
        backup.Changes = table;

        var refused = await Assert.ThrowsAsync<RefusedException>(() => RestoreAsync());

        Assert.Contains($"{table} changed while it was read", refused.Message, StringComparison.Ordinal);
        Assert.False(backup.HasEnded);
    }

    [Fact]
    public async Task While_another_restore_is_unfinished_only_that_one_goes_on()
    {
        backup.Mark = new RestoreMark("20200120", 2, new Controls());
        await ThenRefusedBeforeItBeginsAsync("The restore of backup 20200120 is not finished");
        backup.Mark = backup.Mark with { Backup = ScratchBackup.Id };

        await RestoreAsync();

        Assert.Equal((false, true), (backup.HasBegun, backup.HasEnded));
    }

    [Theory]
    [InlineData("suspense")]
    [InlineData("ledger00")]
    [InlineData("ledger07")]
    [InlineData("controls")]
    public async Task A_manifest_with_a_table_too_few_is_refused_before_anything_is_written(string table)
    {
        backup.Manifest = backup.Manifest with { Tables = [.. backup.Manifest.Tables.Where(it => it.Table != table)] };
        Assert.Equal(Bucket.Count + 1, backup.Manifest.Tables.Count);

        await ThenRefusedBeforeItBeginsAsync("does not have the tables");
    }

    [Fact]
    public async Task A_manifest_with_a_table_that_this_version_does_not_know_is_refused_too()
    {
        backup.Manifest = backup.Manifest with
        {
            Tables = [.. backup.Manifest.Tables, backup.Manifest.Tables[0] with { Table = "new" }],
        };

        await ThenRefusedBeforeItBeginsAsync("does not have the tables");
    }

    [Fact]
    public async Task A_manifest_of_another_backup_of_other_buckets_or_of_newer_ledgers_is_refused()
    {
        var good = backup.Manifest;
        backup.Manifest = good with { Id = "20200120" };
        await ThenRefusedBeforeItBeginsAsync("manifest of backup 20200120");
        backup.Manifest = good with { Buckets = Bucket.Count * 2 };
        await ThenRefusedBeforeItBeginsAsync($"{Bucket.Count * 2} buckets");
        backup.Manifest = good with { Schema = AccountLedger.CurrentSchema + 1 };
        await ThenRefusedBeforeItBeginsAsync("schema");
    }

    private async Task ThenRefusedBeforeItBeginsAsync(string because)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => RestoreAsync());
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
        Assert.False(backup.HasBegun);
    }

    private Task<BackupManifest> RestoreAsync(TaggedBucketScheduleStore? schedules = null)
    {
        var clock = new CityClock(
            new FakeTimeProvider(new DateTimeOffset(2020, 1, 22, 12, 0, 0, TimeSpan.Zero)),
            ChargingWorld.City
        );
        return new RestoreBackup(
            backup,
            new CheckBackup(backup),
            backup,
            ledgers,
            schedules ?? new TaggedBucketScheduleStore(),
            clock,
            new ProcessingOptions()
        ).RunAsync(ScratchBackup.Id, clock.Authority("olga", "drill"), null, CancellationToken.None);
    }

    private Task PutAsync()
    {
        var before = AccountLedger.Open(Account);
        var after = before with { Operations = 1, Bills = [NewBill()], Funds = [NewCredit()] };
        var save = new LedgerSave(
            new LedgerEntry(before, null, null),
            [new GenerationRaised(1, "restored")],
            after,
            null,
            OperationId.New(),
            new Authority("olga", "drill", default)
        );
        return ledgers.SaveAsync(Bucket.Of(Account), [save], CancellationToken.None);
    }

    private static Bill NewBill() =>
        new()
        {
            Id = new BillId("b1"),
            Cycle = new CycleNumber(1),
            BillDate = default,
            DueDate = default,
            PenaltyDate = default,
            CurrentCharges = new Money(6000),
            PreviousBalance = Money.Zero,
            TotalDue = new Money(6000),
            Collected = new Money(2000),
            InFlight = new Money(1000),
        };

    private static Funds NewCredit() =>
        new()
        {
            Id = new PaymentId("p1"),
            Source = FundsSource.BackPayment,
            Amount = new Money(500),
            ReceivedOn = default,
            PostedOn = default,
        };
}
