using Autopay.Application.Ledgers;
using Autopay.Benchmarks.City;
using Autopay.Benchmarks.World;

namespace Autopay.Benchmarks.Report;

/// <summary>What grows, or must not: a year of history, nightly runs, answers to people.</summary>
public static class LongBudgets
{
    private const double MostGrowth = 1.05;
    private const double MostDoneAgain = 1.1;

    /// <summary>A read a bucket, and what is beside the buckets.</summary>
    private static readonly int MostReads = Bucket.Count + 8;

    /// <summary>The month after a year against the one before it.</summary>
    public static IEnumerable<Budget> OfYear(CitySlice slice, IReadOnlyList<MonthCounts> months) =>
        months[0]
            .Phases.Keys.SelectMany(phase =>
                new (string What, Func<Usage, double> Of)[]
                {
                    ("storage requests", usage => usage.Requests),
                    ("ledger rows", usage => usage.Rows),
                    ("bytes", usage => usage.Bytes),
                }
                    .Where(figure => figure.Of(months[0].Phases[phase]) > 0)
                    .Select(figure => new Budget(
                        $"{figure.What} after twelve months, as a multiple of those before: {phase}",
                        slice.Name,
                        figure.Of(months[^1].Phases[phase]) / figure.Of(months[0].Phases[phase]),
                        MostGrowth
                    ))
            );

    public static IEnumerable<Budget> OfNights(CitySlice slice, IReadOnlyList<NightCounts> nights) =>
        nights.SelectMany(night =>
            new Budget[]
            {
                new($"{night.What}: storage requests", slice.Name, night.Requests),
                new(
                    $"{night.What}: times as many when it is killed half-way and gone on with",
                    slice.Name,
                    (double)night.Killed / night.Requests,
                    MostDoneAgain
                ),
                new($"{night.What}: seconds of processor time, of app and storage", slice.Name, night.Cpu.TotalSeconds),
                new($"{night.What}: megabytes of memory, the most", slice.Name, night.Grown / 1e6),
            }
        );

    public static IEnumerable<Budget> OfPages(CitySlice slice, IReadOnlyList<PageCounts> pages) =>
        pages.SelectMany(page =>
            new Budget[]
            {
                new($"storage reads of an answer: {page.What}", slice.Name, page.Usage.Requests, MostReads),
                new($"milliseconds of it: {page.What}", slice.Name, page.Usage.Took.TotalMilliseconds),
            }
        );
}
