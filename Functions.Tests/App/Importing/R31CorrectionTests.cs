using Autopay.Application.Ledgers;
using Autopay.Imports;
using Autopay.Tests.App.Application;

namespace Autopay.Tests.App.Importing;

/// <summary>
/// Corrections by re-export: both versions wait for a person, who takes the new numbers or keeps the old (R31).
/// </summary>
public sealed class R31CorrectionTests
{
    private readonly ImportWorld world = new();

    [Fact]
    public async Task R31_A_bill_that_comes_again_with_other_numbers_waits_with_both_versions()
    {
        await GivenAsync();
        var record = await world.ImportAsync(ImportKind.Bills, BillOf("80.00"));

        Assert.Equal((0, 1), (record.Applied, record.Conflicts));
        Assert.Equal((DebitState.NeedsReview, 10_000), (Debit.State, Bill.Open.Cents));
        Assert.Contains("charges 100.00", Debit.Reason, StringComparison.Ordinal);
        Assert.Contains("charges 80.00", Debit.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 8_000)]
    [InlineData(false, 10_000)]
    public async Task R31_What_the_person_decides_is_collected(bool take, long cents)
    {
        await GivenAsync();
        await world.ImportAsync(ImportKind.Bills, BillOf("80.00"));

        await DecideAsync(take, CorrectedItem.Bill, "B1");

        Assert.Equal((DebitState.Scheduled, cents), (Debit.State, Bill.Open.Cents));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task R31_What_was_decided_against_asks_nobody_again(bool take)
    {
        await GivenAsync();
        await world.ImportAsync(ImportKind.Bills, BillOf("80.00"));
        await DecideAsync(take, CorrectedItem.Bill, "B1");

        await world.ImportAsync(ImportKind.Bills, "", BillOf(take ? "100.00" : "80.00"));

        Assert.Equal((DebitState.Scheduled, 0), (Debit.State, world.Ledger("A1").Corrections.Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task R31_Of_another_version_than_the_person_saw_nothing_is_decided(bool take)
    {
        await GivenAsync();
        await world.ImportAsync(ImportKind.Bills, BillOf("80.00"));
        var seen = world.Ledger("A1").Operations;
        await world.ImportAsync(ImportKind.Bills, BillOf("70.00"));
        var now = world.Ledger("A1").Operations;

        var refused = await Assert.ThrowsAsync<ChangedMeanwhileException>(() =>
            DecideAsync(take, CorrectedItem.Bill, "B1", seen)
        );

        Assert.Equal((now, now), (refused.Version, world.Ledger("A1").Operations));
        await DecideAsync(take, CorrectedItem.Bill, "B1", now);
        Assert.Empty(world.Ledger("A1").Corrections);
    }

    [Fact]
    public async Task R31_The_newest_version_is_the_one_to_take()
    {
        await GivenAsync();
        await world.ImportAsync(ImportKind.Bills, BillOf("80.00"));
        await world.ImportAsync(ImportKind.Bills, BillOf("70.00"));

        await DecideAsync(true, CorrectedItem.Bill, "B1");

        Assert.Equal(7_000, Bill.Open.Cents);
    }

    [Fact]
    public async Task R31_A_new_due_date_moves_the_debit()
    {
        await GivenAsync();
        await world.ImportAsync(ImportKind.Bills, BillOf("100.00", due: "2020-02-05"));
        Assert.Equal(new DateOnly(2020, 1, 22), Debit.DueDate);

        await DecideAsync(true, CorrectedItem.Bill, "B1");

        var live = Assert.Single(world.Ledger("A1").Debits, debit => !debit.IsTerminal);
        Assert.Equal((new DateOnly(2020, 2, 5), DebitState.Scheduled), (live.DueDate, live.State));
    }

    [Fact]
    public async Task R31_Other_balances_before_the_bill_are_only_a_warning()
    {
        await GivenAsync();
        await world.ImportAsync(ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-02-29,100.00,5.00,105.00");

        Assert.Equal(
            (DebitState.Scheduled, 0, 1),
            (Debit.State, world.Ledger("A1").Corrections.Count, world.Ledger("A1").Warnings.Count)
        );
    }

    [Fact]
    public async Task R31_What_was_paid_and_is_too_much_for_the_new_numbers_becomes_credit()
    {
        await GivenAsync();
        await world.ImportAsync(ImportKind.Payments, "P1,A1,90.00,cash,,2020-01-10,B1");
        await world.ImportAsync(ImportKind.Bills, BillOf("80.00"));

        await DecideAsync(true, CorrectedItem.Bill, "B1");

        Assert.Equal((0, 1_000), (Bill.Open.Cents, world.Ledger("A1").Credit.Cents));
    }

    [Fact]
    public async Task R31_A_typing_error_in_the_due_date_is_cured_by_taking_the_right_one()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);
        await world.ImportAsync(
            ImportKind.Bills,
            BillOf("100.00", due: "2020-01-22", billed: "2018-01-08")
                .Replace("2020-01-22", "2018-02-22", StringComparison.Ordinal)
        );
        Assert.Equal([ReviewCheck.DueDate], Debit.Reviews);
        await world.ImportAsync(ImportKind.Bills, BillOf("100.00"));

        await DecideAsync(true, CorrectedItem.Bill, "B1");

        var live = Assert.Single(world.Ledger("A1").Debits, debit => !debit.IsTerminal);
        Assert.Equal(
            (new DateOnly(2020, 1, 22), DebitState.Scheduled, 0),
            (live.DueDate, live.State, Bill.Flags.Count)
        );
    }

    [Theory]
    [InlineData("P1,A1,100.00,cash,,2020-01-10,")]
    [InlineData("P1,A1,10.00,check,,2020-01-10,")]
    [InlineData("P1,A1,10.00,cash,D2,2020-01-10,")]
    [InlineData("P1,A1,10.00,cash,,2020-01-11,")]
    [InlineData("P1,A1,10.00,cash,,2020-01-10,B1")]
    public async Task R31_A_payment_that_comes_again_with_other_content_stops_every_debit_of_the_account(string again)
    {
        await GivenAsync();
        await world.ImportAsync(ImportKind.Bills, "B2,A1,1,2020-01-08,2020-02-19,2020-02-26,30.00,0.00,30.00");
        await world.ImportAsync(ImportKind.Payments, "P1,A1,10.00,cash,,2020-01-10,");

        var record = await world.ImportAsync(ImportKind.Payments, again);

        Assert.Equal((0, 1), (record.Applied, record.Conflicts));
        Assert.All(world.Ledger("A1").Debits, debit => Assert.Equal(DebitState.NeedsReview, debit.State));
    }

    [Theory]
    [InlineData(true, 0, 0)]
    [InlineData(false, 9_000, 0)]
    public async Task R31_The_payment_that_is_taken_is_posted_in_place_of_the_old_one(bool take, long open, long credit)
    {
        await GivenAsync();
        await world.ImportAsync(ImportKind.Payments, "P1,A1,10.00,cash,,2020-01-10,");
        await world.ImportAsync(ImportKind.Payments, "P1,A1,100.00,cash,,2020-01-10,");

        await DecideAsync(take, CorrectedItem.Payment, "P1");

        Assert.Equal(
            (open, credit, 1),
            (Bill.Open.Cents, world.Ledger("A1").Credit.Cents, world.Ledger("A1").Funds.Count)
        );
        Assert.Equal(DebitState.Scheduled, Debit.State);
    }

    [Fact]
    public async Task R31_A_lower_payment_opens_cents_again()
    {
        await GivenAsync();
        await world.ImportAsync(ImportKind.Payments, "P1,A1,100.00,cash,,2020-01-10,");
        await world.ImportAsync(ImportKind.Payments, "P1,A1,10.00,cash,,2020-01-10,");

        await DecideAsync(true, CorrectedItem.Payment, "P1");

        Assert.Equal((9_000, 0), (Bill.Open.Cents, world.Ledger("A1").Credit.Cents));
    }

    [Fact]
    public async Task R31_Nothing_that_waits_cannot_be_taken_or_kept()
    {
        await GivenAsync();
        await Assert.ThrowsAsync<RefusedException>(() => DecideAsync(true, CorrectedItem.Bill, "B1"));
        await Assert.ThrowsAsync<RefusedException>(() => DecideAsync(false, CorrectedItem.Payment, "P1"));
    }

    private const string Account = "A1,1,west,on,cus_1,pm_1,,,";

    private Bill Bill => world.Ledger("A1").Bills[0];

    private Debit Debit => world.Ledger("A1").Debits[0];

    private static string BillOf(string charges, string due = "2020-01-22", string billed = "2020-01-08") =>
        $"B1,A1,1,{billed},{due},2020-02-29,{charges},0.00,{charges}";

    private async Task GivenAsync()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);
        await world.ImportAsync(ImportKind.Bills, BillOf("100.00"));
    }

    private Task<AccountResult?> DecideAsync(bool take, CorrectedItem item, string id, long? seen = null)
    {
        var finance = new Authority("finance", "asked the billing clerk", default);
        return take
            ? world.Decide.TakeAsync(new AccountId("A1"), item, id, finance, CancellationToken.None, seen)
            : world.Decide.KeepAsync(new AccountId("A1"), item, id, finance, CancellationToken.None, seen);
    }
}
