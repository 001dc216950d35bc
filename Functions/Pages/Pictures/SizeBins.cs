namespace Autopay.Pages.Pictures;

/// <summary>A bar: amounts from here, up to and without the end.</summary>
/// <param name="Now">Debits of the plan.</param>
/// <param name="Billed">The same debits by what was billed, before anything was paid.</param>
public sealed record SizeBin(Money From, Money To, int Now, int Billed);

/// <summary>The sizes of debits in at most twelve bars of round dollars, never on a logarithmic axis.</summary>
/// <param name="Median">Whole dollars that half of them are under.</param>
public sealed record SizeBins(IReadOnlyList<SizeBin> Bins, Money Least, Money Most, Money Median, int Debits)
{
    private const int MostBins = 12;
    private const long Dollar = 100;
    private static readonly long[] RoundDollars =
    [
        1,
        2,
        5,
        10,
        20,
        25,
        50,
        100,
        200,
        250,
        500,
        1_000,
        2_000,
        2_500,
        5_000,
        10_000,
        25_000,
        50_000,
        100_000,
    ];

    /// <returns>Null of nothing.</returns>
    public static SizeBins? Of(SizeSums sizes)
    {
        if (sizes.Now.Count == 0)
        {
            return null;
        }

        var dollars = sizes.Now.Keys.Concat(sizes.Billed.Keys).ToList();
        var (least, most) = (dollars.Min(), dollars.Max());
        var width = RoundDollars.First(step => most / step - least / step < MostBins || step == RoundDollars[^1]);
        var first = least / width;
        var bins = Enumerable
            .Range(0, (int)(most / width - first) + 1)
            .Select(at => (From: (first + at) * width, To: (first + at + 1) * width))
            .Select(bin => new SizeBin(
                new Money(bin.From * Dollar),
                new Money(bin.To * Dollar),
                Between(sizes.Now, bin.From, bin.To),
                Between(sizes.Billed, bin.From, bin.To)
            ));
        return new SizeBins([.. bins], sizes.Least, sizes.Most, MedianOf(sizes.Now), sizes.Now.Values.Sum());
    }

    private static int Between(IReadOnlyDictionary<long, int> sizes, long from, long to) =>
        sizes.Where(size => size.Key >= from && size.Key < to).Sum(size => size.Value);

    // Whole dollars that more than half of the debits are under.
    private static Money MedianOf(IReadOnlyDictionary<long, int> sizes)
    {
        var (under, half) = (0, sizes.Values.Sum() / 2);
        var middle = sizes.OrderBy(size => size.Key).First(size => (under += size.Value) > half);
        return new Money((middle.Key + 1) * Dollar);
    }
}
