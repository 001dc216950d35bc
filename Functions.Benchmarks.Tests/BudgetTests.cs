using Autopay.Benchmarks.City;
using Autopay.Benchmarks.Report;

namespace Autopay.Benchmarks.Tests;

/// <summary>Operations are counted, so they may be asserted; times never are.</summary>
public sealed class BudgetTests(CountedCity city) : IClassFixture<CountedCity>
{
    [Fact]
    public void A_whole_cycle_stays_within_its_budgets()
    {
        var budgets = Budgets.OfCycle(city.Full).ToList();

        Assert.InRange(city.Full.Debits, 1_000, 2_000);
        Assert.Equal(15, budgets.Count(budget => budget.Limit is not null));
        var missed = budgets
            .Where(budget => budget.IsMissed)
            .Select(budget => FormattableString.Invariant($"{budget.What}: {budget.Measured:0.000}"));
        Assert.True(budgets.TrueForAll(budget => !budget.IsMissed), string.Join("; ", missed));
    }

    [Fact]
    public void A_debit_of_a_larger_city_needs_no_more_operations() =>
        Assert.False(Budgets.OfGrowth(city.Small, city.Full).IsMissed);

    [Fact]
    public void The_provider_is_called_twice_for_a_debit() => Assert.Equal(2, city.Full.CallsPerDebit);

    [Fact]
    public async Task Stripe_is_called_twice_for_a_debit()
    {
        var counts = await StripeRun.RunAsync(new CitySlice(50));

        Assert.Equal(50, counts.Debits);
        Assert.False(Budgets.OfStripe(counts).IsMissed);
        Assert.Equal(2, counts.PerDebit);
    }

    [Theory]
    [InlineData(0.16, 0.15, false, true)]
    [InlineData(0.15, 0.15, false, false)]
    [InlineData(0.16, null, false, false)]
    [InlineData(4, 5.0, true, false)]
    public void Only_a_count_over_its_limit_misses_a_budget(
        double measured,
        double? limit,
        bool isAim,
        bool isMissed
    ) => Assert.Equal(isMissed, new Budget("", "", measured, limit, isAim).IsMissed);
}
