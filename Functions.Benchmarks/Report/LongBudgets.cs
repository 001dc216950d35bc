using Autopay.Application.Ledgers;
using Autopay.Benchmarks.City;
using Autopay.Benchmarks.World;

namespace Autopay.Benchmarks.Report;

/// <summary>What grows, or must not: a year of history, nightly runs, answers to people.</summary>
public static class LongBudgets
{
    private const double MostGrowth = 1.05;
    private const string Bytes = "bytes";

    /// <summary>A read a bucket, and what is beside the buckets.</summary>
    private static readonly int MostReads = Bucket.Count + 8;

    /// <summary>
    /// What a debit needs in the first month, after six and after twelve. Requests and rows must not grow any more;
    /// bytes do, because a ledger keeps what lately was closed, and are only told.
    /// </summary>
    public static IEnumerable<Budget> OfYear(CitySlice slice, IReadOnlyList<MonthCounts> months) =>
        from phase in months[0].Phases.Keys
        from figure in Figures
        where figure.Of(months[0].Phases[phase]) > 0
        from budget in OfFigure(slice, $"{figure.What} per debit: {phase}", PerDebit(months, phase, figure.Of))
        select budget;

    private static (string What, Func<Usage, double> Of)[] Figures { get; } =
    [
        ("storage requests", usage => usage.Requests),
        ("ledger rows", usage => usage.Rows),
        (Bytes, usage => usage.Bytes),
    ];

    private static double[] PerDebit(IReadOnlyList<MonthCounts> months, string phase, Func<Usage, double> figure) =>
        [.. months.Select(month => figure(month.Phases[phase]) / month.Debits)];

    private static IEnumerable<Budget> OfFigure(CitySlice slice, string what, double[] months) =>
        [
            new($"{what}, first month", slice.Name, months[0]),
            new($"{what}, after six", slice.Name, months[1]),
            new($"{what}, after twelve", slice.Name, months[2]),
            new(
                $"{what}, after twelve as a multiple of after six",
                slice.Name,
                months[2] / months[1],
                what.StartsWith(Bytes, StringComparison.Ordinal) ? null : MostGrowth
            ),
        ];

    public static IEnumerable<Budget> OfNights(CitySlice slice, IReadOnlyList<NightCounts> nights) =>
        nights.SelectMany(night =>
            new Budget[]
            {
                new($"{night.What}: storage requests", slice.Name, night.Requests),
                new(
                    $"{night.What}: times as many when it is killed half-way and gone on with",
                    slice.Name,
                    (double)night.Killed / night.Requests
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
