using Autopay.Imports;

namespace Autopay.Tests.Rules.Cases;

/// <summary>Money by another channel for what a debit took (R28): it was credit that nobody saw.</summary>
public sealed class R28LateDrawerCaseTests
{
    [Fact]
    public async Task R28_A_drawer_that_is_found_after_the_debit_is_listed_as_paid_twice()
    {
        using var drill = CaseDrill.Of("late-drawer");
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 100_00, "2020-02-20")], played.Debits());
        Assert.Equal((100_00, 0, 0, 0), played.Money());
        Assert.Equal((100_00, 100_00), (played.Report.Totals.PaidTwiceCents, played.Report.Totals.CreditCents));
        Assert.StartsWith(
            "100.00 of payment P1 came in for what debit A1-1-0001 took",
            Assert.Single(played.Twice()),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("100.00", "30.00", 30_00)]
    [InlineData("2020-01-31,B1", "2020-02-25,B1", 100_00)]
    [InlineData("2020-01-31,B1", "2020-01-31,", 100_00)]
    [InlineData("2020-01-31,B1", "2020-02-20,", 100_00)]
    [InlineData("2020-01-31,B1", "2020-02-21,", 0)]
    public async Task R28_Money_that_names_the_bill_counts_and_money_that_names_none_if_it_came_before_the_debit(
        string from,
        string to,
        long twice
    )
    {
        using var drill = CaseDrill.Of("late-drawer").Change("p.csv", from, to);
        var played = await drill.PlayAsync();
        Assert.Equal((100_00, twice), (played.Report.Totals.CollectedCents, played.Report.Totals.PaidTwiceCents));
    }

    [Fact]
    public async Task R28_It_does_not_matter_that_the_drawer_is_found_while_the_debit_is_in_flight()
    {
        using var drill = CaseDrill.Of("late-drawer").Move("p.csv", "2020-02-24T08:05");
        Assert.Equal(100_00, (await drill.PlayAsync()).Report.Totals.PaidTwiceCents);
    }

    [Fact]
    public async Task R28_It_leaves_the_list_as_far_as_the_next_bill_uses_it()
    {
        using var drill = CaseDrill
            .Of("late-drawer")
            .Import(
                "2020-03-05T08:00",
                ImportKind.Bills,
                "B2,A1,1,2020-03-04,2020-03-18,2020-03-25,60.00,-100.00,-40.00"
            );
        var played = await drill.PlayAsync();
        Assert.Equal(("Satisfied", 0, null), played.Debits()[1]);
        Assert.Equal((100_00, 40_00), (played.Report.Totals.CollectedCents, played.Report.Totals.PaidTwiceCents));
    }
}
