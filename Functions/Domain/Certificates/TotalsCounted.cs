namespace Autopay.Domain.Certificates;

/// <summary>
/// The office has counted, or counted anew: nothing in force changes, and the record keeps what was said before.
/// </summary>
/// <param name="Totals">How many said something new.</param>
/// <param name="Receipts">Of these, in all.</param>
/// <param name="Sum">Of these, cents.</param>
/// <param name="Replaced">The totals that said something else before, in words; the first hundred of them.</param>
/// <param name="Import">The file that brought them; null when they were typed.</param>
public sealed record TotalsCounted(int Totals, int Receipts, Money Sum, IReadOnlyList<string> Replaced, string? Import)
    : ControlChange
{
    private const int MostReplaced = 100;

    public override bool ConcernsAccounts => false;

    /// <param name="news">Each with what was known under its key; null when nothing was.</param>
    public static TotalsCounted Of(IReadOnlyCollection<(ControlTotal Now, ControlTotal? Before)> news) =>
        new(
            news.Count,
            news.Sum(it => it.Now.Count),
            news.Sum(it => it.Now.Amount),
            [.. news.Where(it => it.Before is not null).Take(MostReplaced).Select(it => InWords(it.Now, it.Before!))],
            news.Select(it => it.Now.Import).FirstOrDefault()
        );

    private static string InWords(ControlTotal now, ControlTotal before) =>
        $"{now.Key}: {now.Count} of ${now.Amount}, before {before.Count} of ${before.Amount} by {before.Counted.By}";
}
