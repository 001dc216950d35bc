namespace Autopay.Domain.Releases;

/// <summary>
/// What people look at of planned debits without reading each: how many there are, the largest, and how many are of
/// each size. That of a plan is the sum of its buckets'.
/// </summary>
public sealed record PlanSketch
{
    /// <summary>So many of the largest are kept: what the first page of a list shows.</summary>
    public const int MostLines = 20;

    /// <summary>All lines, whatever becomes of them.</summary>
    public int Lines { get; init; }

    /// <summary>What is open of them, cents.</summary>
    public Money Open { get; init; }

    /// <summary>The largest first.</summary>
    public IReadOnlyList<PlanLine> Largest { get; init; } = [];

    /// <summary>Of those that go to the bank.</summary>
    public SizeSums Sizes { get; init; } = new();

    public static PlanSketch Of(IReadOnlyCollection<PlanLine> lines) =>
        new()
        {
            Lines = lines.Count,
            Open = lines.Sum(line => line.Open),
            Largest = LargestOf(lines),
            Sizes = SizeSums.Of([
                .. lines.Where(line => line.Outcome == PlanOutcome.ToBank).Select(line => (line.Open, line.Billed)),
            ]),
        };

    public static PlanSketch operator +(PlanSketch left, PlanSketch right) =>
        new()
        {
            Lines = left.Lines + right.Lines,
            Open = left.Open + right.Open,
            Largest = LargestOf(left.Largest.Concat(right.Largest)),
            Sizes = left.Sizes + right.Sizes,
        };

    private static IReadOnlyList<PlanLine> LargestOf(IEnumerable<PlanLine> lines) =>
        [
            .. lines
                .OrderByDescending(line => line.Open)
                .ThenBy(line => line.Debit.Account)
                .ThenBy(line => line.Debit)
                .Take(MostLines),
        ];
}

/// <summary>How many debits have each size, in whole dollars; smallest and largest to the cent.</summary>
public sealed record SizeSums
{
    private const long Dollar = 100;

    public Money Least { get; init; }

    public Money Most { get; init; }

    /// <summary>Debits by the whole dollars of what goes to the bank.</summary>
    public IReadOnlyDictionary<long, int> Now { get; init; } = new Dictionary<long, int>();

    /// <summary>The same debits by the whole dollars of what was billed.</summary>
    public IReadOnlyDictionary<long, int> Billed { get; init; } = new Dictionary<long, int>();

    public static SizeSums Of(IReadOnlyCollection<(Money Now, Money Billed)> debits) =>
        debits.Count == 0
            ? new SizeSums()
            : new SizeSums
            {
                Least = debits.Min(it => it.Now),
                Most = debits.Max(it => it.Now),
                Now = debits.CountBy(it => it.Now.Cents / Dollar).ToDictionary(),
                Billed = debits.CountBy(it => it.Billed.Cents / Dollar).ToDictionary(),
            };

    public static SizeSums operator +(SizeSums left, SizeSums right) =>
        left.Now.Count == 0 ? right
        : right.Now.Count == 0 ? left
        : new SizeSums
        {
            Least = left.Least < right.Least ? left.Least : right.Least,
            Most = left.Most > right.Most ? left.Most : right.Most,
            Now = Add(left.Now, right.Now),
            Billed = Add(left.Billed, right.Billed),
        };

    private static Dictionary<long, int> Add(
        IReadOnlyDictionary<long, int> left,
        IReadOnlyDictionary<long, int> right
    ) => left.Concat(right).GroupBy(it => it.Key, it => it.Value).ToDictionary(it => it.Key, it => it.Sum());
}
