using Autopay.Imports;

namespace Autopay.Tests.Rules.Cases;

/// <summary>
/// The same bill or payment on two accounts (R29, R30): both customers were debited, or both were credited.
/// </summary>
public sealed class R29WhoseBillCaseTests
{
    private const string Zeros = "01-leading-zeros-lost";

    [Fact]
    public async Task R29_The_second_row_is_not_taken_and_the_first_account_s_debit_waits_for_a_person()
    {
        using var drill = CaseDrill.Of("same-bill-two-accounts");
        var played = await drill.PlayAsync();
        Assert.Equal([("NeedsReview", 0, null)], played.Debits());
        Assert.Equal((0, 0, 100_00, 1), played.Money());
        Assert.Empty(played.Of("A2").Bills);
        Assert.Contains(
            "the same bill B1 came for account A2",
            Assert.Single(played.LedgerOf("A1").Debits).Reason,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("take", "A2")]
    [InlineData("keep", "A1")]
    public async Task R29_Finance_says_whose_it_is_and_one_customer_is_debited(string verb, string account)
    {
        using var drill = CaseDrill
            .Of("same-bill-two-accounts")
            .Then("2020-01-15T09:00", verb, ("bill", "B1"), ("reason", "The customer moved to the flat above"));
        var played = await drill.PlayAsync();
        Assert.Equal([($"cus_{account}", 100_00)], played.Asked());
        Assert.Equal((100_00, 0, 0, 0), played.Money());
        Assert.Equal(("Collected", 100_00, "2020-01-22"), played.Debits(account)[^1]);
    }

    [Fact]
    public async Task R29_What_was_paid_for_a_bill_that_moves_stays_with_its_payer_as_credit()
    {
        using var drill = CaseDrill
            .Of("same-bill-two-accounts")
            .Import("2020-01-13T09:00", ImportKind.Payments, "P1,A1,30.00,cash,D1,2020-01-10,B1")
            .Then("2020-01-15T09:00", "take", ("bill", "B1"), ("reason", "The customer moved to the flat above"));
        var played = await drill.PlayAsync();
        Assert.Equal([("cus_A2", 100_00)], played.Asked());
        Assert.Equal((30_00, 0), (played.Of("A1").CreditCents, played.Of("A2").CreditCents));
    }

    [Fact]
    public async Task R29_A_bill_that_was_collected_and_moves_is_on_the_refund_list_of_its_payer()
    {
        using var drill = CaseDrill
            .Of("same-bill-two-accounts")
            .Move("b2.csv", "2020-02-03T08:00")
            .Then("2020-02-04T09:00", "take", ("bill", "B1"), ("reason", "The customer moved to the flat above"));
        var played = await drill.PlayAsync();
        Assert.Equal([("cus_A1", 100_00)], played.Asked());
        Assert.Equal(100_00, Assert.Single(played.LedgerOf("A1").RefundList()).Left.Cents);
        Assert.Equal(100_00, Assert.Single(played.Of("A2").Bills).OpenCents);
    }

    [Fact]
    public async Task R29_In_one_file_the_first_row_counts()
    {
        using var drill = CaseDrill
            .Of("same-bill-two-accounts")
            .Change("b.csv", "100.00\n", "100.00\nB1,A2,1,2020-01-08,2020-01-22,2020-01-29,100.00,0.00,100.00\n")
            .Change("b2.csv", "B1,A2", "B9,A2");
        var played = await drill.PlayAsync();
        Assert.Equal([("NeedsReview", 0, null)], played.Debits());
        Assert.Equal("B9", Assert.Single(played.Of("A2").Bills).Bill);
        Assert.Equal([("cus_A2", 100_00)], played.Asked());
    }

    [Theory]
    [InlineData(null, 90_00, 0)]
    [InlineData("keep", 90_00, 70_00)]
    [InlineData("take", 100_00, 60_00)]
    public async Task R29_A_payment_of_two_accounts_is_posted_once_and_the_second_one_is_not_debited_meanwhile(
        string? verb,
        long first,
        long second
    )
    {
        using var drill = CaseDrill
            .Of("same-bill-two-accounts")
            .Change(
                "b2.csv",
                "B1,A2,1,2020-01-08,2020-01-22,2020-01-29,100.00,0.00,100.00",
                "B2,A2,1,2020-01-08,2020-01-22,2020-01-29,70.00,0.00,70.00"
            )
            .Import("2020-01-15T08:00", ImportKind.Payments, "P1,A1,10.00,check,D1,2020-01-14,")
            .Import("2020-01-16T08:00", ImportKind.Payments, "P1,A2,10.00,check,D1,2020-01-14,");
        if (verb is not null)
        {
            drill.Then("2020-01-17T09:00", verb, ("payment", "P1"), ("reason", "The stub says so"));
        }

        var played = await drill.PlayAsync();
        Assert.Equal(("Collected", first, "2020-01-22"), played.Debits()[^1]);
        Assert.Equal(
            second == 0 ? ("NeedsReview", 0, null) : ("Collected", second, "2020-01-22"),
            played.Debits("A2")[^1]
        );
        Assert.Equal(
            (10_00, verb is null ? 1 : 0),
            (played.Report.Totals.PaidElsewhereCents, played.Report.Counts.NeedsReview)
        );
    }

    [Fact]
    public async Task R29_R30_After_Excel_ate_the_zeros_nobody_is_debited_twice_and_no_second_account_is_opened()
    {
        using var drill = CaseDrill.Of(Zeros);
        var played = await drill.PlayAsync();
        Assert.Equal([("NeedsReview", 0, null)], played.Debits("0012345"));
        Assert.Equal((0, 0, 80_00, 1), played.Money());
        Assert.Equal("0012345", Assert.Single(played.Report.Accounts).Account);
        Assert.Contains("resembles 0012345", Assert.Single(played.Report.Waiting), StringComparison.Ordinal);
    }

    [Fact]
    public async Task R29_R30_Finance_keeps_the_bill_where_it_is_and_it_is_debited_once()
    {
        using var drill = CaseDrill
            .Of(Zeros)
            .Then("2026-06-17T09:00", "keep", ("bill", "0012345-2026-06"), ("reason", "Excel ate the zeros"));
        var played = await drill.PlayAsync();
        Assert.Equal([("cus_zero", 80_00)], played.Asked());
        Assert.Equal([("Collected", 80_00, "2026-06-24")], played.Debits("0012345"));
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("012345")]
    [InlineData("00012345")]
    public async Task R30_The_bills_may_come_before_the_accounts(string id)
    {
        using var drill = CaseDrill
            .Of(Zeros)
            .Change("accounts-saved-by-excel.csv", "\n12345,", $"\n{id},")
            .Change("bills-saved-by-excel.csv", ",12345,", $",{id},")
            .Move("accounts-saved-by-excel.csv", "2026-06-16T09:00");
        var played = await drill.PlayAsync();
        Assert.Equal((0, 0, 80_00, 1), played.Money());
        Assert.Equal("0012345", Assert.Single(played.Report.Accounts).Account);
    }
}
