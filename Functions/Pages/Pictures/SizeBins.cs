namespace Autopay.Pages.Pictures;

/// <summary>A bar: amounts from here, up to and without the end.</summary>
/// <param name="Now">Debits of the plan.</param>
/// <param name="Billed">The same debits by what was billed, before anything was paid.</param>
public sealed record SizeBin(Money From, Money To, int Now, int Billed);

/// <summary>The sizes of debits in at most twelve bars of round dollars, never on a logarithmic axis.</summary>
public sealed record SizeBins(IReadOnlyList<SizeBin> Bins, Money Least, Money Most, Money Median, int Debits)
{
    private const int MostBins = 12;
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
    public static SizeBins? Of(IReadOnlyCollection<(Money Now, Money Billed)> debits)
    {
        if (debits.Count == 0)
        {
            return null;
        }

        List<Money> sizes = [.. debits.Select(it => it.Now).Order()];
        var (least, most) = (
            Math.Min(sizes[0].Cents, debits.Min(it => it.Billed.Cents)),
            Math.Max(sizes[^1].Cents, debits.Max(it => it.Billed.Cents))
        );
        var width =
            100
            * RoundDollars.First(step => Slot(most, step) - Slot(least, step) < MostBins || step == RoundDollars[^1]);
        var first = least / width;
        var bins = Enumerable
            .Range(0, (int)(most / width - first) + 1)
            .Select(at => (From: (first + at) * width, To: (first + at + 1) * width))
            .Select(bin => new SizeBin(
                new Money(bin.From),
                new Money(bin.To),
                debits.Count(it => it.Now.Cents >= bin.From && it.Now.Cents < bin.To),
                debits.Count(it => it.Billed.Cents >= bin.From && it.Billed.Cents < bin.To)
            ));
        return new SizeBins([.. bins], sizes[0], sizes[^1], sizes[sizes.Count / 2], sizes.Count);
    }

    private static long Slot(long cents, long dollars) => cents / (100 * dollars);
}
