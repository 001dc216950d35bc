using Autopay.Imports;
using Autopay.Tests.App.Application;

namespace Autopay.Tests.App.Importing;

/// <summary>
/// Bills and payments that a person has moved, or wants to move, to another account: each counts at one account,
/// whatever comes later (R29).
/// </summary>
public sealed class R29MovedTests
{
    private const string Payment = "P1,A1,20.00,cash,,2020-01-10,";
    private readonly ImportWorld world = new();

    [Fact]
    public async Task R29_A_moved_bill_that_comes_again_for_its_first_account_with_other_numbers_waits_where_the_bill_is()
    {
        await GivenAMovedBillAsync();

        await world.ImportAsync(ImportKind.Bills, BillOf("A1", "80.00"));

        Assert.Equal((0, 0), (world.Ledger("A1").Corrections.Count, world.Ledger("A1").Credit.Cents));
        Assert.Equal("A1", Assert.Single(world.Ledger("A2").Corrections).Other!.Value.Value);
        Assert.Equal(DebitState.NeedsReview, world.Ledger("A2").Debits.Single(debit => !debit.IsTerminal).State);
    }

    [Fact]
    public async Task R29_A_moved_bill_can_be_moved_back_and_is_collected_there_once()
    {
        await GivenAMovedBillAsync();
        await world.ImportAsync(ImportKind.Bills, BillOf("A1", "80.00"));

        await world.Decide.TakeAsync(new AccountId("A2"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None);

        Assert.Equal((8_000, 0), (Open("A1"), Open("A2")));
        Assert.Equal(
            8_000,
            world.Ledger("A1").Debits.Where(debit => !debit.IsTerminal).Sum(world.Ledger("A1").OpenOn).Cents
        );
        Assert.Equal((0, 0), (world.Ledger("A1").Credit.Cents, world.Ledger("A2").Credit.Cents));
    }

    [Fact]
    public async Task R29_A_moved_bill_that_comes_again_for_its_first_account_can_be_kept_where_it_is()
    {
        await GivenAMovedBillAsync();
        await world.ImportAsync(ImportKind.Bills, BillOf("A1", "80.00"));

        await world.Decide.KeepAsync(new AccountId("A2"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None);

        Assert.Equal((0, 10_000, 0), (Open("A1"), Open("A2"), world.Ledger("A2").Corrections.Count));
    }

    [Fact]
    public async Task R29_A_moved_payment_that_comes_again_for_its_first_account_with_other_content_counts_once()
    {
        await GivenAMovedPaymentAsync();

        await world.ImportAsync(ImportKind.Payments, "P1,A1,25.00,cash,,2020-01-10,");
        await world.Decide.TakeAsync(new AccountId("A1"), CorrectedItem.Payment, "P1", Finance, CancellationToken.None);

        Assert.Equal((7_500, 10_000), (Open("A1"), Open("A2")));
    }

    [Fact]
    public async Task R29_Of_two_accounts_that_want_one_payment_the_second_takes_it_from_the_first()
    {
        await GivenAccountsAsync();
        await world.ImportAsync(ImportKind.Payments, "P1,A3,20.00,cash,,2020-01-10,");
        await world.ImportAsync(ImportKind.Payments, Payment);
        await world.ImportAsync(ImportKind.Payments, Payment.Replace("A1", "A2", StringComparison.Ordinal));

        await world.Decide.TakeAsync(new AccountId("A1"), CorrectedItem.Payment, "P1", Finance, CancellationToken.None);
        await world.Decide.TakeAsync(new AccountId("A2"), CorrectedItem.Payment, "P1", Finance, CancellationToken.None);

        Assert.Equal((10_000, 8_000), (Open("A1"), Open("A2")));
    }

    [Theory]
    [InlineData(true, 8_000)]
    [InlineData(false, 10_000)]
    public async Task R29_A_payment_that_was_reversed_before_the_other_account_named_it_can_be_taken_or_left(
        bool take,
        long open
    )
    {
        await GivenAccountsAsync();
        await world.ImportAsync(ImportKind.Payments, Payment);
        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A1,keyed to the wrong account");
        await world.ImportAsync(ImportKind.Payments, Payment.Replace("A1", "A2", StringComparison.Ordinal));

        await (
            take
                ? world.Decide.TakeAsync(
                    new AccountId("A2"),
                    CorrectedItem.Payment,
                    "P1",
                    Finance,
                    CancellationToken.None
                )
                : world.Decide.KeepAsync(
                    new AccountId("A2"),
                    CorrectedItem.Payment,
                    "P1",
                    Finance,
                    CancellationToken.None
                )
        );

        Assert.Equal((10_000, open, 0), (Open("A1"), Open("A2"), world.Ledger("A2").Corrections.Count));
    }

    [Fact]
    public async Task R29_A_move_of_a_payment_that_died_half_way_can_only_go_on()
    {
        await GivenAccountsAsync();
        await world.ImportAsync(ImportKind.Payments, Payment);
        await world.ImportAsync(ImportKind.Payments, Payment.Replace("A1", "A2", StringComparison.Ordinal));
        world.Fuse.BlowAfter(1);
        await Assert.ThrowsAsync<KilledException>(() =>
            world.Decide.TakeAsync(new AccountId("A2"), CorrectedItem.Payment, "P1", Finance, CancellationToken.None)
        );
        world.Fuse.Mend();

        await Assert.ThrowsAsync<RefusedException>(() =>
            world.Decide.KeepAsync(new AccountId("A2"), CorrectedItem.Payment, "P1", Finance, CancellationToken.None)
        );
        await world.Decide.TakeAsync(new AccountId("A2"), CorrectedItem.Payment, "P1", Finance, CancellationToken.None);

        Assert.Equal((10_000, 8_000), (Open("A1"), Open("A2")));
    }

    [Theory]
    [InlineData(ImportKind.Payments, "P1,A2,20.00,cash,,2020-01-10,", "P1,A1,20.00,cash,,2020-01-10,")]
    [InlineData(
        ImportKind.Bills,
        "B9,A2,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00",
        "B9,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00"
    )]
    public async Task R29_A_file_that_was_set_aside_before_it_was_applied_keeps_no_id_from_the_right_file(
        ImportKind kind,
        string wrong,
        string right
    )
    {
        await GivenAccountsAsync();
        await world.ImportAsync(ImportKind.Payments, "P0,A2,1.00,cash,,2020-01-10,");
        var broken = await world.SendAsync(kind, wrong);
        // The turn, the lease, and by then the ids of the file are claimed.
        world.Fuse.BlowBefore(3);
        await Assert.ThrowsAsync<KilledException>(() => world.ApplyAsync(broken));
        world.Fuse.Mend();
        await world.Aside.RunAsync(broken, Finance, CancellationToken.None);
        Assert.Equal(("P0", 1), (Assert.Single(world.Ledger("A2").Funds).Id.Value, world.Ledger("A2").Bills.Count));

        var record = await world.ImportAsync(kind, right);

        Assert.Equal((1, 0), (record.Applied, record.Conflicts));
    }

    [Fact]
    public async Task R29_A_bill_that_left_the_ledger_long_ago_is_still_its_accounts()
    {
        await GivenAccountsAsync();
        await world.ForgetAsync("A1", new BillId("B1"));

        var record = await world.ImportAsync(ImportKind.Bills, BillOf("A2", "100.00"));

        Assert.Equal((0, 1), (record.Applied, record.Conflicts));
    }

    [Fact]
    public async Task R29_A_moved_payment_that_bounces_is_reversed_where_it_is()
    {
        await GivenAMovedPaymentAsync();

        var record = await world.ImportAsync(ImportKind.PaymentReversals, "P1,A1,bounced");

        Assert.Equal((1, 10_000, 10_000), (record.Applied, Open("A1"), Open("A2")));
    }

    [Fact]
    public async Task R29_A_moved_bill_is_not_adjusted_where_it_was()
    {
        await GivenAMovedBillAsync();

        var record = await world.ImportAsync(ImportKind.BillAdjustments, "J1,A1,B1,-15.00,leak allowance");

        Assert.Equal((0, 1, 0), (record.Applied, record.Conflicts, world.Ledger("A1").Credit.Cents));
        Assert.Contains("was moved", Assert.Single(record.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R29_Two_accounts_that_wait_for_one_bill_get_it_once()
    {
        await GivenAccountsAsync();
        await world.ForgetAsync("A1", new BillId("B1"));
        await world.ImportAsync(ImportKind.Bills, BillOf("A2", "100.00"), BillOf("A3", "100.00"));

        await world.Decide.TakeAsync(new AccountId("A2"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None);
        await Assert.ThrowsAsync<RefusedException>(() =>
            world.Decide.TakeAsync(new AccountId("A3"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None)
        );
        await world.Decide.KeepAsync(new AccountId("A3"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None);

        Assert.Equal((20_000, 0), (Open("A2"), Open("A3")));
    }

    [Fact]
    public async Task R29_A_credit_bill_that_is_moved_takes_its_credit_along()
    {
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,", "A2,1,west,on,cus_2,pm_2,,,");
        await world.ImportAsync(ImportKind.Bills, BillOf("A1", "-50.00"));
        await world.ImportAsync(ImportKind.Bills, BillOf("A2", "-50.00"));

        await world.Decide.TakeAsync(new AccountId("A1"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None);

        Assert.Equal((0, 0), (Open("A1"), world.Ledger("A1").Credit.Cents));
        Assert.Equal((0, 5_000), (Open("A2"), world.Ledger("A2").Credit.Cents));
    }

    [Fact]
    public async Task R29_A_move_of_a_payment_that_died_before_its_first_save_can_only_go_on()
    {
        await GivenAccountsAsync();
        await world.ImportAsync(ImportKind.Payments, Payment);
        await world.ImportAsync(ImportKind.Payments, Payment.Replace("A1", "A2", StringComparison.Ordinal));
        world.Fuse.BlowBefore(1);
        await Assert.ThrowsAsync<KilledException>(() =>
            world.Decide.TakeAsync(new AccountId("A2"), CorrectedItem.Payment, "P1", Finance, CancellationToken.None)
        );
        world.Fuse.Mend();
        await Assert.ThrowsAsync<RefusedException>(() =>
            world.Decide.KeepAsync(new AccountId("A2"), CorrectedItem.Payment, "P1", Finance, CancellationToken.None)
        );

        await world.Decide.TakeAsync(new AccountId("A2"), CorrectedItem.Payment, "P1", Finance, CancellationToken.None);

        Assert.Equal((10_000, 8_000), (Open("A1"), Open("A2")));
    }

    [Fact]
    public async Task R29_A_bill_that_waited_for_nobody_and_comes_for_two_accounts_at_once_is_taken_once()
    {
        await GivenAccountsAsync();
        await world.ImportAsync(ImportKind.Bills, BillOf("A9", "100.00", "B9"));

        var record = await world.ImportAsync(
            ImportKind.Bills,
            BillOf("A1", "100.00", "B9"),
            BillOf("A2", "100.00", "B9")
        );

        Assert.Equal((1, 1), (record.Applied, record.Conflicts));
        Assert.Equal((20_000, 10_000), (Open("A1"), Open("A2")));
        Assert.Equal("A2", Assert.Single(world.Ledger("A1").Corrections).Other!.Value.Value);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task R29_A_conflict_of_an_account_that_has_just_opened_is_told_wherever_its_import_died(int write)
    {
        await world.ImportAsync(ImportKind.Bills, BillOf("A2", "100.00"));
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,");
        await world.ImportAsync(ImportKind.Bills, BillOf("A1", "100.00"));
        var accounts = await world.SendAsync(ImportKind.Accounts, "A2,1,west,on,cus_2,pm_2,,,");
        world.Fuse.BlowAfter(write);
        await Record.ExceptionAsync(() => world.ApplyAsync(accounts));
        world.Fuse.Mend();
        await world.ApplyAsync(accounts);
        Assert.Empty(world.Ledger("A2").Bills);
        Assert.Equal("A2", Assert.Single(world.Ledger("A1").Corrections).Other!.Value.Value);
    }

    [Fact]
    public async Task R33_What_has_waited_for_a_bill_is_applied_when_a_person_takes_the_bill()
    {
        await GivenAccountsAsync();
        await world.ForgetAsync("A1", new BillId("B1"));
        await world.ImportAsync(ImportKind.BillAdjustments, "J1,A3,B1,-15.00,leak allowance");
        await world.ImportAsync(ImportKind.Bills, BillOf("A3", "100.00"));

        await world.Decide.TakeAsync(new AccountId("A3"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None);

        Assert.Equal((8_500, 0), (Open("A3"), world.Waiting.Open.Count()));
    }

    private static Authority Finance => new("finance", "looked at it", default);

    private static string BillOf(string account, string charges, string id = "B1") =>
        $"{id},{account},1,2020-01-08,2020-01-22,2020-01-29,{charges},0.00,{charges}";

    private long Open(string account) => world.Ledger(account).Bills.Sum(bill => bill.Open).Cents;

    private async Task GivenAccountsAsync()
    {
        await world.ImportAsync(
            ImportKind.Accounts,
            "A1,1,west,on,cus_1,pm_1,,,",
            "A2,1,west,on,cus_2,pm_2,,,",
            "A3,1,west,on,cus_3,pm_3,,,"
        );
        await world.ImportAsync(ImportKind.Bills, BillOf("A1", "100.00"), BillOf("A2", "100.00", "B2"));
    }

    private async Task GivenAMovedBillAsync()
    {
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,", "A2,1,west,on,cus_2,pm_2,,,");
        await world.ImportAsync(ImportKind.Bills, BillOf("A1", "100.00"));
        await world.ImportAsync(ImportKind.Bills, BillOf("A2", "100.00"));
        await world.Decide.TakeAsync(new AccountId("A1"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None);
        Assert.Equal((0, 10_000), (Open("A1"), Open("A2")));
    }

    private async Task GivenAMovedPaymentAsync()
    {
        await GivenAccountsAsync();
        await world.ImportAsync(ImportKind.Payments, Payment);
        await world.ImportAsync(ImportKind.Payments, Payment.Replace("A1", "A2", StringComparison.Ordinal));
        await world.Decide.TakeAsync(new AccountId("A2"), CorrectedItem.Payment, "P1", Finance, CancellationToken.None);
        Assert.Equal((10_000, 8_000), (Open("A1"), Open("A2")));
    }
}
