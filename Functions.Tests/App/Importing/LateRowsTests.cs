using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Tests.App.Application;
using Autopay.Tests.App.Imports;

namespace Autopay.Tests.App.Importing;

/// <summary>
/// Rows that were set aside, waited or were in suspense, and what has happened since (R29, R31, R33, R40).
/// </summary>
public sealed class LateRowsTests
{
    private const string On = "A1,1,west,on,cus_1,pm_1,,,";
    private readonly ImportWorld world = new();

    [Fact]
    public async Task R40_An_accounts_row_that_is_applied_late_changes_nothing_that_a_later_file_has_changed()
    {
        await world.ImportAsync(ImportKind.Accounts, On);
        var row = await SetAsideAsync(ImportKind.Accounts, On, "A1,1,west,on,cus_1,pm_2,,,");
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,off,cus_1,pm_1,,,");

        await Assert.ThrowsAsync<RefusedException>(() => ApplyAsync(row));

        Assert.False(world.Ledger("A1").AutopayIsOn);
        Assert.Single(world.Waiting.Open);
    }

    [Fact]
    public async Task R40_Another_bad_row_of_an_account_waits_though_the_first_was_discarded()
    {
        await world.ImportAsync(ImportKind.Accounts, On);
        var first = await SetAsideAsync(ImportKind.Accounts, On, "A1,1,west,on,cus_1,pm_2,,,");
        await world.DecideRow.DiscardAsync(first.Id, Finance, CancellationToken.None);

        var second = await SetAsideAsync(ImportKind.Accounts, On, "A1,1,west,on,cus_1,pm_3,,,");

        Assert.Equal("pm_3", second.Content.Enrolment!.PaymentMethod);
    }

    [Fact]
    public async Task R29_A_payment_row_that_waits_is_not_applied_while_another_account_has_the_payment()
    {
        await GivenTwoAccountsAsync();
        await world.ImportAsync(ImportKind.Payments, "P1,A2,20.00,cash,,2020-01-10,");
        await world.ImportAsync(ImportKind.Payments, "P1,A9,20.00,cash,,2020-01-10,");

        await Assert.ThrowsAsync<RefusedException>(() => ApplyAsync(world.Waiting.Open.Single(), "A1"));

        Assert.Empty(world.Ledger("A1").Funds);
        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A2,keyed to the wrong account");
        await ApplyAsync(world.Waiting.Open.Single(), "A1");
        Assert.Equal(
            (2_000, 0),
            (
                world.Ledger("A1").Funds.Sum(funds => funds.Amount - funds.Reversed).Cents,
                world.Ledger("A2").Funds.Sum(funds => funds.Amount - funds.Reversed).Cents
            )
        );
    }

    [Fact]
    public async Task R29_A_bill_row_that_waits_is_not_applied_while_another_account_has_the_bill()
    {
        await GivenTwoAccountsAsync();
        var row = await SetAsideAsync(ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,55.00");
        await world.ImportAsync(ImportKind.Bills, "B1,A2,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00");

        await Assert.ThrowsAsync<RefusedException>(() => ApplyAsync(row));

        Assert.Empty(world.Ledger("A1").Bills);
        await world.ImportAsync(ImportKind.BillAdjustments, "J1,A2,B1,-50.00,keyed to the wrong account");
        await ApplyAsync(row);
        Assert.Equal(
            (5_000, 0),
            (Assert.Single(world.Ledger("A1").Bills).Open.Cents, Assert.Single(world.Ledger("A2").Bills).Open.Cents)
        );
    }

    [Fact]
    public async Task R33_What_has_waited_for_a_row_that_was_set_aside_is_applied_with_it()
    {
        await GivenTwoAccountsAsync();
        var row = await SetAsideAsync(ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,55.00");
        await world.ImportAsync(ImportKind.BillAdjustments, "J1,A1,B1,-15.00,leak allowance");

        await ApplyAsync(row);

        Assert.Equal(3_500, Assert.Single(world.Ledger("A1").Bills).Open.Cents);
        Assert.Empty(world.Waiting.Open);
    }

    [Theory]
    [InlineData("A1")]
    [InlineData("A2")]
    public async Task R31_A_payment_that_was_in_suspense_and_comes_again_with_other_content_waits_for_a_person(
        string account
    )
    {
        await world.ImportAsync(ImportKind.Payments, "P1,A1,20.00,cash,D1,2020-01-10,");
        await GivenTwoAccountsAsync(account == "A1");
        if (account == "A2")
        {
            await world.AssignAsync("P1", "A2");
        }

        var record = await world.ImportAsync(ImportKind.Payments, "P1,A1,25.00,cash,D1,2020-01-10,");

        Assert.Equal(1, record.Conflicts);
        Assert.Equal(2_500, Assert.Single(world.Ledger(account).Corrections).Amount.Cents);
        await world.Decide.TakeAsync(
            new AccountId(account),
            CorrectedItem.Payment,
            "P1",
            Finance,
            CancellationToken.None
        );
        Assert.Equal(2_500, world.Ledger(account).Credit.Cents);
    }

    [Fact]
    public async Task R33_A_reversal_that_has_waited_for_a_payment_follows_its_assignment()
    {
        await GivenTwoAccountsAsync();
        await world.ImportAsync(ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00");
        await world.ImportAsync(ImportKind.Payments, "P1,A9,50.00,check,D1,2020-01-10,");
        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A1,bounced");

        await world.AssignAsync("P1", "A1");

        Assert.Equal((5_000, 0), (world.Ledger("A1").Bills[0].Open.Cents, world.Waiting.Open.Count()));
    }

    [Fact]
    public async Task R31_Two_corrections_of_one_bill_are_decided_one_after_the_other()
    {
        await GivenTwoAccountsAsync();
        await world.ImportAsync(ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00");
        await world.ImportAsync(ImportKind.Bills, "B1,A2,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00");
        await world.ImportAsync(ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,60.00,0.00,60.00");

        var listed = Assert.Single(world.Ledger("A1").Work());
        Assert.Contains("account A2", listed.Reason, StringComparison.Ordinal);
        Assert.Contains("charges 60.00", listed.Reason, StringComparison.Ordinal);
        await KeepAsync("A1", "B1");
        Assert.Equal(DebitState.NeedsReview, Assert.Single(world.Ledger("A1").Debits).State);
        await world.Decide.TakeAsync(new AccountId("A1"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None);

        Assert.Equal((6_000, 0), (world.Ledger("A1").Bills[0].Open.Cents, world.Ledger("A1").Corrections.Count));
        Assert.Equal(DebitState.Scheduled, Assert.Single(world.Ledger("A1").Debits).State);
    }

    [Fact]
    public async Task R31_A_bill_that_is_moved_takes_its_other_corrections_off_the_list()
    {
        await GivenTwoAccountsAsync();
        await world.ImportAsync(ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00");
        await world.ImportAsync(ImportKind.Bills, "B1,A2,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00");
        await world.ImportAsync(ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,60.00,0.00,60.00");

        await world.Decide.TakeAsync(new AccountId("A1"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None);

        Assert.Equal(
            (0, 0, 0),
            (
                world.Ledger("A1").Bills[0].Open.Cents,
                world.Ledger("A1").Corrections.Count,
                world.Ledger("A1").Credit.Cents
            )
        );
        Assert.Equal(5_000, world.Ledger("A2").Bills[0].Open.Cents);
    }

    [Fact]
    public async Task R30_An_account_resembles_only_what_is_known()
    {
        var broken = await world.SendAsync(ImportKind.Accounts, "12,1,west,on,cus_1,pm_1,,,");
        world.Fuse.BlowBefore(3);
        await Assert.ThrowsAsync<KilledException>(() => world.ApplyAsync(broken));
        world.Fuse.Mend();
        await world.Aside.RunAsync(broken, Finance, CancellationToken.None);

        var record = await world.ImportAsync(ImportKind.Accounts, "0012,1,west,on,cus_1,pm_1,,,");

        Assert.Equal((1, 0), (record.Applied, record.SetAside));
        Assert.Equal(
            (0, 1),
            await world.ImportAsync(ImportKind.Accounts, "12,1,west,on,cus_1,pm_2,,,") is { } later
                ? (later.Applied, later.SetAside)
                : default
        );
    }

    [Fact]
    public async Task R30_Of_many_spellings_of_one_account_in_a_file_the_first_is_opened()
    {
        var record = await world.ImportAsync(
            ImportKind.Accounts,
            "12,1,west,on,cus_1,pm_1,,,",
            "012,1,west,on,cus_1,pm_1,,,",
            "0012,1,west,on,cus_1,pm_1,,,"
        );

        Assert.Equal((1, 2), (record.Applied, record.SetAside));
        Assert.Equal(1, world.Ledger("12").Enrolment!.Cycle.Value);
    }

    [Theory]
    [InlineData("A2")]
    [InlineData("12")]
    public async Task R39_A_complete_file_misses_the_accounts_that_are_known_and_nobody_else(string missing)
    {
        await GivenTwoAccountsAsync();
        await world.ImportAsync(ImportKind.Accounts, "012,1,west,on,cus_3,pm_3,,,");
        await world.ImportAsync(ImportKind.Accounts, "12,1,west,on,cus_4,pm_4,,,");
        await ApplyAsync(world.Waiting.Open.Single());
        string[] all = [On, "A2,1,west,on,cus_2,pm_2,,,", "012,1,west,on,cus_3,pm_3,,,", "12,1,west,on,cus_4,pm_4,,,"];

        var text = Csv.File(
            ImportKind.Accounts,
            [.. all.Where(row => !row.StartsWith($"{missing},", StringComparison.Ordinal))]
        );
        var receipt = await world.ReceiveAsync(ImportKind.Accounts, text, new ImportOptions { IsComplete = true });
        await world.ApplyAsync(receipt.Import!.Id);

        var record = await world.RecordAsync(receipt.Import.Id);
        Assert.Equal((1, missing), (record.Missing, Assert.Single(record.Findings).Account));
    }

    private static Authority Finance => new("finance", "looked at it", default);

    private Task<AccountResult?> ApplyAsync(WaitingRow row, string? to = null) =>
        world.DecideRow.ApplyAsync(row.Id, to is null ? null : new AccountId(to), Finance, CancellationToken.None);

    private Task KeepAsync(string account, string bill) =>
        world.Decide.KeepAsync(new AccountId(account), CorrectedItem.Bill, bill, Finance, CancellationToken.None);

    private async Task<WaitingRow> SetAsideAsync(ImportKind kind, params string[] rows)
    {
        var before = world.Waiting.Open.Select(it => it.Id).ToHashSet();
        var receipt = await world.ReceiveAsync(kind, Csv.File(kind, rows), new ImportOptions { SetsAside = true });
        Assert.Empty(receipt.Check.Problems);
        Assert.True(await world.ApplyAsync(receipt.Import!.Id));
        return Assert.Single(world.Waiting.Open, it => !before.Contains(it.Id));
    }

    private async Task GivenTwoAccountsAsync(bool both = true) =>
        await world.ImportAsync(
            ImportKind.Accounts,
            [.. both ? (IEnumerable<string>)[On] : [], "A2,1,west,on,cus_2,pm_2,,,"]
        );
}
