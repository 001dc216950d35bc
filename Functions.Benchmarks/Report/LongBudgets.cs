using Autopay.Application.Ledgers;
using Autopay.Benchmarks.City;
using Autopay.Benchmarks.World;

namespace Autopay.Benchmarks.Report;

/// <summary>What grows, or must not: a year of history, nightly runs, answers to people.</summary>
public static class LongBudgets
{
    private const double MostGrowth = 1.05;

    /// <summary>A read a bucket, and what is beside the buckets.</summary>
    private static readonly int MostReads = Bucket.Count + 8;

    private static readonly string[] Outages = ["first month", "after six", "after twelve"];
    private static readonly string[] Quiet = ["first month", "until six", "from six to twelve"];

    /// <summary>What a debit needs must not grow with what the city has lived through.</summary>
    public static IEnumerable<Budget> OfYear(CitySlice slice, YearCounts year) =>
        OfMonths(slice, year.Outages, Outages).Concat(OfMonths(slice, year.Quiet, Quiet));

    private static IEnumerable<Budget> OfMonths(CitySlice slice, IReadOnlyList<MonthCounts> months, string[] names) =>
        from phase in months[0].Phases.Keys
        from figure in Figures
        where figure.Of(months[0].Phases[phase]) > 0
        let perDebit = months.Select(month => figure.Of(month.Phases[phase]) / month.Debits).ToList()
        from budget in OfFigure(slice, $"{figure.What} per debit: {phase}", perDebit, names)
        select budget;

    private static (string What, Func<Usage, double> Of)[] Figures { get; } =
    [
        ("storage requests", usage => usage.Requests),
        ("ledger rows", usage => usage.Rows),
        ("bytes", usage => usage.Bytes),
    ];

    private static IEnumerable<Budget> OfFigure(CitySlice slice, string what, List<double> months, string[] names) =>
        [
            .. months.Zip(names, (month, name) => new Budget($"{what}, {name}", slice.Name, month)),
            new($"{what}, {names[^1]} as a multiple of {names[0]}", slice.Name, months[^1] / months[0], MostGrowth),
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
