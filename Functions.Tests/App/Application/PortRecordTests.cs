using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Tests.App.Notifying;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Application;

/// <summary>What the records that pass through the ports say of themselves.</summary>
public sealed class PortRecordTests
{
    private static readonly DateTimeOffset Now = At("2020-01-22", "08:00").Utc;
    private static readonly Authority Ann = new("ann", "import", Now);

    private static readonly ImportRecord Import = new()
    {
        Id = "i-1",
        Kind = ImportKind.Payments,
        FileName = "payments.csv",
        Sha256 = "",
        Authority = Ann,
        Rows = 100,
        Total = new Money(100),
        State = ImportState.Applying,
        Applied = 1,
        Known = 2,
        UnknownAccounts = 4,
        Waiting = 8,
        SetAside = 16,
        Conflicts = 32,
    };

    [Fact]
    public void An_import_is_as_far_as_its_rows_and_buckets_are_dealt_with()
    {
        Assert.Equal(63, Import.RowsDone);
        Assert.Equal(50, (Import with { Rows = 50 }).RowsDone);
        Assert.Equal(100, (Import with { State = ImportState.Done }).RowsDone);

        Assert.Equal(0, Import.BucketsDone);
        Assert.Equal(3, (Import with { NextBucket = 2, DoneBuckets = [1, 5] }).BucketsDone);
    }

    [Fact]
    public void What_somebody_has_to_act_on_comes_before_what_is_only_told()
    {
        var told = new ImportFinding(2, "10-0001", "p1", "known");

        Assert.Equal("1-00000002-10-0001", told.Place);
        Assert.Equal("0-00000002-10-0001", (told with { ToAct = true }).Place);
    }

    [Fact]
    public void Imports_come_in_the_order_of_arrival_and_then_of_their_ids()
    {
        var again = Import with { Id = "i-0", Repeats = [Ann with { At = Now.AddMinutes(1) }] };
        var (two, ten) = (Import with { Id = "i-2" }, Import with { Id = "i-10" });

        Assert.Equal(
            ["i-1", "i-10", "i-2", "i-0"],
            new[] { again, two, ten, Import }.InOrderOfArrival().Select(it => it.Id)
        );
        Assert.True(Import.IsSameArrival(Import with { Applied = 9 }));
        Assert.False(again.IsSameArrival(again with { Repeats = [] }));
        Assert.False(two.IsSameArrival(ten));
    }

    [Fact]
    public void What_waits_for_approval_lets_payments_pass_and_nothing_else_however_many_wait()
    {
        var waits = Import with { Id = "a", Kind = ImportKind.Accounts, State = ImportState.WaitsForApproval };
        var bills = Import with { Id = "b", Kind = ImportKind.Bills };

        Assert.Equal("b", new[] { bills, waits }.NextInTurn()?.Id);
        Assert.Null(new[] { waits, bills }.NextInTurn());
        Assert.Null(new[] { waits, waits, bills }.NextInTurn());
        Assert.Equal("i-1", new[] { waits, bills, Import }.NextInTurn()?.Id);
    }

    [Fact]
    public void An_operation_is_done_when_it_was_answered_or_has_made_a_version()
    {
        var begun = new RecordedOperation(new ChangeOperation("op", "wish"), "halt", Ann);

        Assert.False(begun.IsDone);
        Assert.True((begun with { Version = 1 }).IsDone);
        Assert.True((begun with { Status = 409 }).IsDone);
        Assert.True((begun with { Version = 1, Status = 200 }).IsDone);
    }

    [Fact]
    public void A_save_writes_the_rows_beside_the_ledger_only_where_they_change()
    {
        var quiet = GivenAnAccount(policies: NoticeDesk.Policies).WhenABillIsImported("jan", 10_000).Ledger;
        var told = GivenAnAccount(policies: NoticeDesk.Policies)
            .WhenABillIsImported("jan", 10_000)
            .WhenABillIsAdjusted("jan", 675)
            .Ledger;
        var listed = GivenAnAccount(cap: 1_000).WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan").Ledger;

        Assert.Equal(
            [WorkRowChange.None, WorkRowChange.Put, WorkRowChange.Delete, WorkRowChange.None],
            new[] { (quiet, quiet), (quiet, told), (told, quiet), (told, told) }.Select(it => Saved(it).NoticeRow)
        );
        Assert.Equal(
            [WorkRowChange.None, WorkRowChange.Put, WorkRowChange.Delete, WorkRowChange.None],
            new[] { (quiet, quiet), (quiet, listed), (listed, quiet), (listed, listed) }.Select(it => Saved(it).WorkRow)
        );
    }

    [Fact]
    public void A_save_that_stored_nothing_and_knows_nothing_of_it_is_a_conflict()
    {
        Assert.True(SaveResult.Conflict.IsConflict);
        Assert.False(new SaveResult(null, []).IsConflict);
        Assert.False(new SaveResult(new LedgerEntry(GivenAnAccount().Ledger, null, null)).IsConflict);
    }

    [Fact]
    public void An_account_is_looked_at_from_its_moment_on_and_a_bucket_is_due_with_it()
    {
        var idle = new LedgerEntry(GivenAnAccount(autopay: false).Ledger, null, Now);
        Assert.True(idle.IsForWalk(Now));
        Assert.False(idle.IsForWalk(Now.AddTicks(-1)));

        var schedule = new BucketSchedule(new Bucket(1), Now, 0, default, null);
        Assert.True(schedule.IsDueBy(Now));
        Assert.False(schedule.IsDueBy(Now.AddTicks(-1)));
        Assert.False((schedule with { LeasedUntil = Now }).IsDueBy(Now));
    }

    private static LedgerSave Saved((AccountLedger Before, AccountLedger After) it) =>
        new(
            new LedgerEntry(it.Before, null, null)
            {
                IsListed = it.Before.Work().Count > 0,
                HasNotices = it.Before.PendingNotices().Count > 0,
            },
            [],
            it.After,
            null,
            "save",
            Ann
        );
}
