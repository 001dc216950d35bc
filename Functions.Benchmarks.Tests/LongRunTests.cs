using Autopay.Application.Runs;
using Autopay.Benchmarks.City;
using Autopay.Benchmarks.Report;

namespace Autopay.Benchmarks.Tests;

/// <summary>What must not grow, at a small size; the large ones are in docs/performance.md.</summary>
public sealed class LongRunTests
{
    private const int IntentsOfARound = 800;

    [Fact]
    public async Task After_twelve_months_a_debit_needs_what_it_needed_in_the_first()
    {
        var slice = new CitySlice(10_000, Only: 2);

        var year = await YearRun.RunAsync(slice);

        Assert.Equal([0, 6, 13], year.Outages.Select(month => month.Month));
        var growth = LongBudgets.OfYear(slice, year).ToList();
        Assert.InRange(growth.Count, 60, 90);
        Assert.Empty(growth.Where(budget => budget.IsMissed).Select(Told));
    }

    [Fact]
    public async Task A_nightly_run_that_is_killed_half_way_is_gone_on_with_and_does_little_twice()
    {
        var nights = await NightRun.RunAsync(new CitySlice(6_000));

        Assert.Equal(["reconcile", "invariants", "export"], nights.Select(night => night.What));
        // It keeps its place every ten seconds, and reconcile after a round of intents: no more is done again.
        var most = (RunTurn.KeepEvery / NightRun.RequestTakes + IntentsOfARound) * 1.1;
        Assert.All(nights, night => Assert.InRange(night.Killed - night.Requests, 0, most));
        Assert.True(nights[0].Requests > 2 * most, "It was over before there was something to keep.");
    }

    [Fact]
    public async Task An_answer_to_a_person_needs_few_reads()
    {
        var slice = new CitySlice(6_000);

        var pages = await PageRun.RunAsync(slice, emulated: false);

        Assert.Empty(LongBudgets.OfPages(slice, pages).Where(budget => budget.IsMissed).Select(Told));
    }

    [Fact]
    public async Task A_lost_account_comes_back_from_its_copies()
    {
        var lost = await DisasterRun.RunAsync(100);

        Assert.Equal(["export", "copy", "restore"], lost.Steps.Select(step => step.What));
        Assert.InRange(lost.Rows, 300, 500);
    }

    [Fact]
    public void A_line_of_the_history_has_a_place_for_each_ratio_and_counts_what_is_missed()
    {
        Budget[] budgets =
        [
            new("storage requests per debit: deferring", "10,000 accounts", 0.0561, 0.06),
            new("bytes written per debit: releasing and charging", "10,000 accounts", 8000, 7168),
        ];

        var line = History.LineOf(new DateTimeOffset(2026, 11, 30, 5, 0, 0, TimeSpan.Zero), "dc98556e", budgets);

        Assert.Equal("| 2026-11-30 | dc98556e | 0.056 |  |  | 8000 |  |  | 1 |\n", line);
        Assert.Equal(line.Count(letter => letter == '|'), History.Head.Split('\n')[0].Count(letter => letter == '|'));
    }

    private static string Told(Budget budget) => FormattableString.Invariant($"{budget.What}: {budget.Measured:0.000}");
}
