using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Tests.App.Application;

namespace Autopay.Tests.App.Importing;

/// <summary>Rows that come too early wait, and apply themselves when what they name arrives (R33).</summary>
public sealed class R33EarlyRowsTests
{
    private const string Account = "A1,1,west,on,cus_1,pm_1,,,";
    private const string Bill = "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00";
    private const string Payment = "P1,A1,20.00,check,D1,2020-01-10,";
    private readonly ImportWorld world = new();

    [Fact]
    public async Task R33_A_bill_of_an_unknown_account_waits_silently_and_is_opened_when_the_account_arrives()
    {
        var early = await world.ImportAsync(ImportKind.Bills, Bill);
        Assert.Equal((1, 5_000, 0), (early.UnknownAccounts, early.UnknownTotal.Cents, early.Findings.Count));
        Assert.Empty(world.Waiting.Open);

        await world.ImportAsync(ImportKind.Accounts, Account);

        Assert.Equal(
            (5_000, new DateOnly(2020, 1, 22)),
            (Assert.Single(world.Ledger("A1").Bills).Open.Cents, Assert.Single(world.Ledger("A1").Debits).DueDate)
        );
        Assert.Equal(0, world.Waiting.Bills);
    }

    [Fact]
    public async Task R33_Only_bills_due_from_that_day_on_are_opened_in_order_of_due_date_and_the_others_are_dropped()
    {
        await world.ImportAsync(
            ImportKind.Bills,
            "B3,A1,1,2020-02-05,2020-02-19,2020-02-26,30.00,0.00,30.00",
            "B0,A1,1,2019-12-01,2020-01-12,2020-01-29,10.00,0.00,10.00",
            "B1,A1,1,2020-01-01,2020-01-13,2020-01-29,50.00,0.00,50.00"
        );

        await world.ImportAsync(ImportKind.Accounts, Account);

        Assert.Equal(["B1", "B3"], world.Ledger("A1").Bills.Select(bill => bill.Id.Value));
        Assert.Equal(0, world.Waiting.Bills);
    }

    [Fact]
    public async Task R33_A_bill_that_a_deferral_in_force_covers_is_opened_however_late_the_account_arrives()
    {
        await world.DeclareAsync("outage", 1, new DateOnly(2020, 1, 1), new DateOnly(2020, 1, 31));
        await world.ImportAsync(ImportKind.Bills, "B0,A1,1,2019-12-01,2020-01-08,2020-01-29,10.00,0.00,10.00");

        await world.ImportAsync(ImportKind.Accounts, Account);

        Assert.Equal(DebitState.Deferred, Assert.Single(world.Ledger("A1").Debits).State);
    }

    [Fact]
    public async Task R33_A_payment_in_suspense_pays_the_bills_that_are_opened_with_its_account()
    {
        await world.ImportAsync(ImportKind.Payments, Payment);
        await world.ImportAsync(ImportKind.Bills, Bill);

        await world.ImportAsync(ImportKind.Accounts, Account);

        Assert.Equal(
            (3_000, 2_000),
            (world.Ledger("A1").Bills[0].Open.Cents, world.Ledger("A1").Bills[0].PaidElsewhere.Cents)
        );
        Assert.Equal(
            (false, "A1"),
            (Assert.Single(world.Suspended).IsOpen, world.Suspended[0].AssignedTo!.Value.Value)
        );
    }

    [Fact]
    public async Task R33_A_reversal_of_an_unknown_payment_is_listed_and_applies_itself_when_the_payment_comes()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);
        await world.ImportAsync(ImportKind.Bills, Bill);
        var reversal = await world.ImportAsync(ImportKind.PaymentReversals, "P1,A1,bounced");
        Assert.Equal((1, 0, 0), (reversal.Waiting, reversal.Applied, reversal.Conflicts));
        Assert.Equal(
            (WaitingFor.Payment, "P1"),
            (Assert.Single(world.Waiting.Open).For, world.Waiting.Open.Single().RowId)
        );

        var payment = await world.ImportAsync(ImportKind.Payments, Payment);

        Assert.Equal(1, payment.Applied);
        Assert.Equal(
            (5_000, 2_000),
            (world.Ledger("A1").Bills[0].Open.Cents, world.Ledger("A1").Funds[0].Reversed.Cents)
        );
        Assert.Empty(world.Waiting.Open);
    }

    [Fact]
    public async Task R33_Each_row_that_waits_says_what_it_waits_for_itself()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);

        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A1,bounced", "P2,A1,bounced");

        Assert.All(
            world.Waiting.Open,
            row => Assert.Contains($"no payment {row.RowId} ", row.Reason, StringComparison.Ordinal)
        );
        Assert.Equal(2, world.Waiting.Open.Count());
    }

    [Fact]
    public async Task R33_An_adjustment_of_an_unknown_bill_applies_itself_when_the_bill_comes()
    {
        await world.ImportAsync(ImportKind.BillAdjustments, "J1,A1,B1,-5.00,leak");
        await world.ImportAsync(ImportKind.Accounts, Account);
        Assert.Equal(WaitingFor.Bill, Assert.Single(world.Waiting.Open).For);

        await world.ImportAsync(ImportKind.Bills, Bill);

        Assert.Equal(4_500, world.Ledger("A1").Bills[0].Open.Cents);
        Assert.Empty(world.Waiting.Open);
    }

    [Fact]
    public async Task R33_A_bounced_check_of_an_account_that_never_comes_is_nobodys_money_although_its_reversal_came_first()
    {
        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A1,bounced");
        await world.ImportAsync(ImportKind.Payments, Payment);

        Assert.Equal("bounced", Assert.Single(world.Suspended).ReversedBy!.Why);
        Assert.Empty(world.Waiting.Open);
    }

    [Fact]
    public async Task R33_More_waiting_bills_than_one_transaction_holds_are_all_opened()
    {
        await world.ImportAsync(
            ImportKind.Bills,
            [
                .. Enumerable
                    .Range(1, 130)
                    .Select(number => $"B{number},A1,1,2020-01-08,2020-01-22,2020-01-29,1.00,0.00,1.00"),
            ]
        );

        await world.ImportAsync(ImportKind.Accounts, Account);

        Assert.Equal(
            (130, 13_000),
            (world.Ledger("A1").Bills.Count, world.Ledger("A1").Bills.Sum(bill => bill.Open.Cents))
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task R33_What_waited_is_opened_whole_although_the_import_is_killed_while_it_opens_the_account(
        int write
    )
    {
        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A1,bounced");
        await world.ImportAsync(ImportKind.Payments, "P2,A1,4.00,check,D1,2020-01-10,");
        await world.ImportAsync(
            ImportKind.Bills,
            [
                .. Enumerable
                    .Range(1, 130)
                    .Select(number => $"B{number},A1,1,2020-01-08,2020-01-22,2020-01-29,{number}.00,0.00,{number}.00"),
            ]
        );
        var accounts = await world.SendAsync(ImportKind.Accounts, Account);
        world.Fuse.BlowAfter(write + 1);
        await Assert.ThrowsAsync<KilledException>(() => world.ApplyAsync(accounts));
        world.Fuse.Mend();

        await world.ApplyAsync(accounts);
        await world.Assign.FinishAllAsync(CancellationToken.None);

        Assert.Equal(
            (130, 851_100, 0),
            (world.Ledger("A1").Bills.Count, world.Ledger("A1").Bills.Sum(bill => bill.Open.Cents), world.Waiting.Bills)
        );
        Assert.False(Assert.Single(world.Suspended).IsOpen);
    }

    [Fact]
    public async Task R33_A_person_may_discard_a_waiting_row_and_the_same_row_does_not_come_back()
    {
        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A1,bounced");

        Assert.True(
            await world.DecideRow.DiscardAsync(world.Waiting.Open.Single().Id, Finance, CancellationToken.None)
        );

        Assert.Empty(world.Waiting.Open);
        await world.ImportAsync(ImportKind.PaymentReversals, "", "P1,A1,bounced");
        Assert.Empty(world.Waiting.Open);
    }

    [Fact]
    public async Task R33_A_person_may_apply_a_waiting_row_to_another_account()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);
        await world.ImportAsync(ImportKind.Payments, Payment);
        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A9,bounced");
        var row = world.Waiting.Open.Single();

        Assert.Null(await world.DecideRow.ApplyAsync(row.Id, null, Finance, CancellationToken.None));
        Assert.NotNull(await world.DecideRow.ApplyAsync(row.Id, new AccountId("A1"), Finance, CancellationToken.None));

        Assert.Equal(2_000, world.Ledger("A1").Funds[0].Reversed.Cents);
        await Assert.ThrowsAsync<RefusedException>(() =>
            world.DecideRow.DiscardAsync(row.Id, Finance, CancellationToken.None)
        );
    }

    [Fact]
    public async Task R33_Whatever_the_order_of_the_files_each_account_owes_the_same()
    {
        var files = ImportRows.Files.Where(file => file.Kind != ImportKind.Balances).ToList();
        var expected = await OwedAsync(files);
        foreach (var order in Assert.Some(Orders(files)))
        {
            Assert.Equal(expected, await OwedAsync(order));
        }
    }

    private static async Task<string> OwedAsync(IEnumerable<(ImportKind Kind, string[] Rows)> files)
    {
        var world = new ImportWorld();
        foreach (var (kind, rows) in files)
        {
            await world.ImportAsync(kind, rows);
        }

        return string.Join(
                '\n',
                Enumerable
                    .Range(1, ImportRows.Accounts)
                    .Select(number => world.Ledger($"A{number}"))
                    .Select(ledger =>
                        $"{ledger.Id}: {ledger.Bills.Sum(bill => bill.Charges)} asked, "
                        + $"{ledger.Bills.Sum(bill => bill.Open) - ledger.Credit} owed, autopay {ledger.AutopayIsOn}"
                    )
            )
            + $"\n{world.Waiting.Open.Count()} rows wait, "
            + $"{world.Suspended.Count(payment => payment.IsOpen)} in suspense";
    }

    private static IEnumerable<List<(ImportKind Kind, string[] Rows)>> Orders(
        List<(ImportKind Kind, string[] Rows)> files
    ) =>
        files.Count == 0
            ?
            [
                [],
            ]
            : files.SelectMany(first =>
                Orders([.. files.Where(file => file != first)])
                    .Select(rest => (List<(ImportKind, string[])>)[first, .. rest])
            );

    private static Authority Finance => new("finance", "looked at it", default);
}
