using Autopay.Application.Ledgers;
using Autopay.Benchmarks.City;
using Autopay.Benchmarks.Report;

namespace Autopay.Benchmarks.Tests;

/// <summary>
/// What a bill costs to import, eight buckets at once over real storage; times and memory are not asserted.
/// </summary>
public sealed class ImportBudgetTests
{
    [Fact]
    public async Task Importing_a_bill_stays_within_its_budgets_and_every_bucket_is_done_once()
    {
        var imported = await ImportRun.RunAsync(new CitySlice(10_000, Only: 8));

        Assert.InRange(imported.Bills, 1_000, 2_000);
        Assert.Equal(imported.Bills, imported.Record.Applied);
        Assert.Equal(Bucket.All.Select(bucket => bucket.Number), imported.Record.DoneBuckets.Order());
        Assert.Null(imported.Record.Worker);
        Assert.Equal(4, imported.RowsPerBill);
        var missed = ImportBudgets
            .OfCounts(imported)
            .Where(budget => budget.IsMissed)
            .Select(budget => FormattableString.Invariant($"{budget.What}: {budget.Measured:0.000}"));
        Assert.Empty(missed);
    }
}
