using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>Which returns count in the rates, and when a rate is over its ceiling.</summary>
public sealed class ReturnTallyTests
{
    private static readonly ReturnCeilings Any = new() { ReturnRateAtLeastDebits = 1 };

    private static Debit Collected() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysYes()
            .Debit(1);

    private static Debit ReturnedOn(string day, string code) =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysYes()
            .On(day)
            .MoneyComesBack(1, 5_000, code: code)
            .Debit(1);

    [Fact]
    public void A_rate_says_below_how_many_debits_it_says_nothing() =>
        Assert.All(
            new ReturnTally(new DateOnly(2020, 3, 2), new ReturnCeilings { ReturnRateAtLeastDebits = 7 }).Rates,
            rate => Assert.Equal(7, rate.AtLeastDebits)
        );

    // 3 of 25 are 12 %, four fifths of a ceiling of 15 %.
    [Theory]
    [InlineData(3, 25, 15, 25, 80)]
    [InlineData(3, 25, 15, 26, 0)]
    [InlineData(0, 0, 15, 0, 0)]
    [InlineData(3, 25, 0, 25, 0)]
    public void A_rate_is_told_as_a_part_of_its_ceiling_once_it_says_something(
        int returned,
        int sent,
        int ceiling,
        int atLeast,
        int part
    ) =>
        Assert.Equal(
            part,
            new ReturnRate(ReturnFamily.Overall, returned, sent, 0, ceiling, false)
            {
                AtLeastDebits = atLeast,
            }.PercentOfCeiling
        );

    [Theory]
    [InlineData("R10", 1, 0)]
    [InlineData("R03", 0, 1)]
    [InlineData("R01", 0, 0)]
    [InlineData("dispute", 0, 0)]
    public void What_comes_back_after_the_settlement_counts_in_the_family_of_its_code(
        string code,
        int unauthorized,
        int administrative
    ) => Assert.Equal([unauthorized, administrative, 1], Returned(Rates("2020-03-02", ReturnedOn("2020-03-02", code))));

    // Sent on January 22: the debit has left the window, and its return has not.
    [Theory]
    [InlineData("2020-04-30", 1)]
    [InlineData("2020-05-01", 0)]
    public void It_counts_for_60_days_from_the_day_it_came(string today, int counted)
    {
        var rates = Rates(today, ReturnedOn("2020-03-02", "R10"));

        Assert.Equal([counted, 0, counted], Returned(rates));
        Assert.All(rates, rate => Assert.Equal(0, rate.Sent));
    }

    [Fact]
    public void A_debit_that_was_refused_and_collected_by_its_retry_was_sent_twice_and_returned_once()
    {
        var retried = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .WhenTheRunComes("2020-02-04")
            .TheBankSaysYes();

        var overall = Rates("2020-02-10", retried.Debit(1))[^1];

        Assert.Equal((1, 2, 50m), (overall.Returned, overall.Sent, overall.Percent));
    }

    [Theory]
    [InlineData(25, false)]
    [InlineData(24.999, true)]
    public void Exactly_the_ceiling_is_not_over_it(double ceiling, bool over)
    {
        var ceilings = Any with { MaxUnauthorizedPercent = (decimal)ceiling };

        var rates = Rates(ceilings, [ReturnedOn("2020-02-03", "R10"), .. Enumerable.Repeat(Collected(), 3)]);

        Assert.Equal((25m, over), (rates[0].Percent, rates[0].IsOver));
    }

    // 251 of 50,197 are 0.50003 %, which people read as 0.5 %.
    [Fact]
    public void A_rate_that_only_rounding_brings_down_to_the_ceiling_is_over_it()
    {
        var returned = Enumerable.Repeat(ReturnedOn("2020-02-03", "R10"), 251);

        var rates = Rates(new ReturnCeilings(), [.. returned, .. Enumerable.Repeat(Collected(), 50_197 - 251)]);

        Assert.Equal((0.5m, true), (rates[0].Percent, rates[0].IsOver));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void A_rate_says_something_from_the_least_number_of_debits_on(int atLeast, bool over)
    {
        var ceilings = Any with { ReturnRateAtLeastDebits = atLeast };

        var rates = Rates(ceilings, [ReturnedOn("2020-02-03", "R10"), .. Enumerable.Repeat(Collected(), 3)]);

        Assert.Equal(over, rates[0].IsOver);
    }

    private static IReadOnlyList<int> Returned(IReadOnlyList<ReturnRate> rates) =>
        [.. rates.Select(rate => rate.Returned)];

    private static IReadOnlyList<ReturnRate> Rates(string today, params Debit[] debits) => Rates(Any, debits, today);

    private static IReadOnlyList<ReturnRate> Rates(ReturnCeilings ceilings, Debit[] debits, string today = "2020-02-10")
    {
        var tally = new ReturnTally(Day(today), ceilings);
        Array.ForEach(debits, tally.Add);
        return tally.Rates;
    }
}
