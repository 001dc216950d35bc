using Autopay.Application.Certifying;
using Autopay.Imports;
using Autopay.Tests.App.Application;

namespace Autopay.Tests.App.Certifying;

/// <summary>A clear relies on the cycle's certificate, at once or when its files are applied (R26).</summary>
public sealed class CertifiedClearTests
{
    private const string Counted = "2020-01-10,check,D1,1,50.00,1";
    private const string Payment = "P1,A1,50.00,check,D1,2020-01-10,";
    private static readonly CycleNumber One = new(1);
    private readonly ImportWorld world = new();

    [Fact]
    public async Task Without_counted_totals_nothing_is_asked_and_nothing_is_kept()
    {
        await GivenAHeldBillAsync();

        Assert.True((await ClearAsync()).BacklogOf(One).Cleared);
        Assert.Null(world.Backlog(1).Certificate);
        Assert.Empty(await world.Certificate.ReadKeptAsync(One, CancellationToken.None));
        Assert.Equal(CertificateState.NoTotals, (await ReadAsync()).State);
    }

    [Fact]
    public async Task A_missing_receipt_refuses_the_clear_until_it_is_posted()
    {
        await GivenAHeldBillAsync();
        await world.ImportAsync(ImportKind.ControlTotals, Counted);

        var refused = await Assert.ThrowsAsync<CertificateRefusedException>(ClearAsync);
        Assert.Equal(
            "Cycle 1 cannot be cleared: 1 of 1 totals differs, by $50.00. 2020-01-10 check, drawer D1, cycle 1: counted 1, "
                + "$50.00; entered 0, $0.00. No payment of $50.00 is in suspense, in a row that waits, or posted "
                + "elsewhere: look for the receipts of 2020-01-10 check, drawer D1, cycle 1.",
            refused.Message
        );
        Assert.False(world.Backlog(1).Cleared);
        Assert.Empty(await world.Certificate.ReadKeptAsync(One, CancellationToken.None));
        Assert.Equal(CertificateState.Differs, (await ReadAsync()).State);

        await world.ImportAsync(ImportKind.Payments, Payment);
        Assert.Equal(CertificateState.Agrees, (await ReadAsync()).State);
        Assert.True((await ClearAsync()).BacklogOf(One).Cleared);

        var kept = Assert.Single(await world.Certificate.ReadKeptAsync(One, CancellationToken.None));
        Assert.Equal(
            (CertificateState.Cleared, 1, world.Backlog(1).Certificate, "finance", true),
            (kept.State, kept.Version, kept.Document!.Hash, kept.Document.Asked.By, kept.Document.IsIntact)
        );
        Assert.Equal(kept.Document, (await ReadAsync()).Document);
    }

    [Fact]
    public async Task A_payment_row_that_waits_for_a_person_is_where_to_look()
    {
        await GivenAHeldBillAsync();
        await world.ImportAsync(ImportKind.Payments, "P1,A1,1.00,check,D1,2020-01-10,");
        await world.ImportAsync(ImportKind.Payments, "P1,A9,4.00,check,D1,2020-01-10,");
        await world.ImportAsync(ImportKind.ControlTotals, "2020-01-10,check,D1,2,5.00,");

        var clue = Assert.Single(Assert.Single((await ReadAsync()).Differences).WhereToLook);

        Assert.Equal("Waiting P1 A9", $"{clue.Kind} {clue.Payment} {clue.Account}");
    }

    [Fact]
    public async Task What_was_counted_is_recorded_once_in_the_name_of_who_sent_it()
    {
        await world.ImportAsync(ImportKind.ControlTotals, Counted);
        await world.ImportAsync(ImportKind.ControlTotals, "", Counted);

        var row = Assert.Single(world.History);
        Assert.Equal(("clerk", true), (row.Authority.By, row.Change is TotalsCounted));
    }

    [Fact]
    public async Task Money_in_suspense_in_a_conflict_or_reversed_is_not_posted_and_is_where_to_look()
    {
        await GivenAHeldBillAsync();
        await world.ImportAsync(ImportKind.Accounts, "A2,1,west,on,cus_2,pm_2,,,");
        await world.ImportAsync(
            ImportKind.Payments,
            "P1,A1,1.00,check,D1,2020-01-10,",
            "P2,A9,2.00,check,D1,2020-01-10,",
            "P3,A2,3.00,check,D1,2020-01-10,"
        );
        await world.ImportAsync(ImportKind.Payments, "P1,A2,4.00,check,D1,2020-01-10,");
        await world.ImportAsync(ImportKind.PaymentReversals, "P3,A2,bounced");
        await world.ImportAsync(ImportKind.ControlTotals, "2020-01-10,check,D1,4,10.00,");

        var difference = Assert.Single((await ReadAsync()).Differences);

        Assert.Equal((1, 100L), (difference.Line.EnteredCount, difference.Line.Entered.Cents));
        Assert.Equal(
            ["Suspense P2 A9", "Conflict P1 A2", "Reversed P3 A2"],
            difference.WhereToLook.Select(clue => $"{clue.Kind} {clue.Payment} {clue.Account}")
        );
    }

    [Fact]
    public async Task A_later_file_replaces_the_total_of_its_key_and_an_older_one_does_not()
    {
        await world.ImportAsync(ImportKind.ControlTotals, Counted, "2020-01-10,check,D1,1,40.00,");
        var known = await world.ImportAsync(ImportKind.ControlTotals, Counted, "2020-01-10,check,D1,2,70.00,");
        Assert.Equal((1, 1), (known.Applied, known.Known));

        var totals = await world.Certificates.ReadTotalsAsync(CancellationToken.None);
        var replaced = totals.Single(total => total.Key.Cycle is null);
        Assert.Equal((2, 70_00L, known.Id), (replaced.Count, replaced.Amount.Cents, replaced.Import));
        var older = replaced with { Count = 9, Counted = replaced.Counted with { At = default } };
        Assert.Equal(0, await world.Totals.RunAsync([older], CancellationToken.None));
        Assert.Equal(
            totals.Order(ByKey),
            (await world.Certificates.ReadTotalsAsync(CancellationToken.None)).Order(ByKey)
        );
    }

    [Fact]
    public async Task R26_While_files_wait_totals_may_differ_and_are_looked_at_when_the_clear_takes_effect()
    {
        await GivenAHeldBillAsync();
        await world.ImportAsync(ImportKind.ControlTotals, Counted);
        var file = await world.SendAsync(ImportKind.Payments, Payment);
        Assert.Equal(CertificateState.Draft, (await ReadAsync()).State);

        await ClearAsync();
        Assert.NotNull(world.Backlog(1).Clearing);
        await world.ApplyAsync(file);

        Assert.True(world.Backlog(1).Cleared);
        Assert.NotNull(world.Backlog(1).Certificate);
    }

    [Fact]
    public async Task R26_A_clear_whose_totals_differ_when_its_files_are_applied_waits_for_a_person()
    {
        await GivenAHeldBillAsync();
        await world.ImportAsync(ImportKind.Payments, Payment);
        var file = await world.SendAsync(ImportKind.ControlTotals, Counted, "2020-01-10,check,D2,1,7.00,1");
        await ClearAsync();

        await world.ApplyAsync(file);

        Assert.False(world.Backlog(1).Cleared);
        Assert.Single(world.Controls.HoldsOn(world.Ledger("A1").Bills[0]));
        Assert.Contains(
            await world.Work.SumAsync(CancellationToken.None),
            total => (total.Kind, total.Count) == (WorkKind.Clearing, 1)
        );

        await world.ImportAsync(ImportKind.Payments, "P2,A1,7.00,check,D2,2020-01-10,");
        Assert.True(world.Backlog(1).Cleared);
    }

    [Fact]
    public async Task What_is_said_of_a_channel_is_refused_when_a_count_contradicts_it_even_while_files_wait()
    {
        await GivenAHeldBillAsync();
        await world.ImportAsync(ImportKind.ControlTotals, Counted);
        await world.ImportAsync(ImportKind.Payments, Payment);
        Assert.Single((await RefusedAsync(("cash", 10))).Contradictions);
        await world.SendAsync(ImportKind.Payments, "P2,A1,7.00,cash,D2,2020-01-10,");

        var refused = await RefusedAsync(("check", 9));

        Assert.Contains("a count of a later day", Assert.Single(refused.Contradictions), StringComparison.Ordinal);
        Assert.Null(world.Backlog(1).Clearing);
        await ClearAsync();
        Assert.NotNull(world.Backlog(1).Clearing);
    }

    [Fact]
    public async Task Reopening_keeps_the_certificate_and_another_clear_on_the_same_numbers_is_a_document_of_its_own()
    {
        await GivenAHeldBillAsync();
        await world.ImportAsync(ImportKind.ControlTotals, Counted);
        await world.ImportAsync(ImportKind.Payments, Payment);
        await ClearAsync();
        await world.ChangeAsync(new BacklogReopened([One]));

        Assert.Null(world.Backlog(1).Certificate);
        Assert.Equal(CertificateState.Agrees, (await ReadAsync()).State);
        Assert.Equal(
            CertificateState.Former,
            Assert.Single(await world.Certificate.ReadKeptAsync(One, CancellationToken.None)).State
        );

        await ClearAsync();
        var two = await world.Certificate.ReadKeptAsync(One, CancellationToken.None);
        Assert.Equal(["2 Cleared", "1 Former"], two.Select(it => $"{it.Version} {it.State}"));
        Assert.Equal(two[0].Certificate.Hash, two[1].Certificate.Hash);
        Assert.NotEqual(two[0].Document!.Asked.At, two[1].Document!.Asked.At);
        Assert.Equal(two[0].Document!.Hash, world.Backlog(1).Certificate);
        await world.ChangeAsync(new BacklogReopened([One]));
        await world.ImportAsync(ImportKind.ControlTotals, "2020-01-09,check,D1,0,0.00,1");
        await ClearAsync();

        Assert.Equal(
            ["3 Cleared", "2 Former", "1 Former"],
            (await world.Certificate.ReadKeptAsync(One, CancellationToken.None)).Select(it =>
                $"{it.Version} {it.State}"
            )
        );
    }

    private static Comparer<ControlTotal> ByKey { get; } =
        Comparer<ControlTotal>.Create((one, other) => one.Key.CompareTo(other.Key));

    private Task<Controls> ClearAsync() => ClearAsync(("check", 10), ("cash", 10));

    private async Task<Controls> ClearAsync(params (string Channel, int Day)[] through) =>
        (
            await world.Clear.RunAsync(
                new BacklogCleared([One], through.ToDictionary(it => it.Channel, it => new DateOnly(2020, 1, it.Day))),
                world.Later("finance"),
                CancellationToken.None
            )
        ).Controls;

    private Task<CertificateRefusedException> RefusedAsync(params (string Channel, int Day)[] through) =>
        Assert.ThrowsAsync<CertificateRefusedException>(() => ClearAsync(through));

    private Task<CertificateReading> ReadAsync() =>
        world.Certificate.RunAsync(One, live: false, default, CancellationToken.None);

    private async Task GivenAHeldBillAsync()
    {
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,");
        await world.ImportAsync(ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,90.00,0.00,90.00");
        await world.DeclareAsync("outage", 1, new DateOnly(2020, 1, 20), new DateOnly(2020, 1, 31));
    }
}
