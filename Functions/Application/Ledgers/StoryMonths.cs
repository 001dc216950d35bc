namespace Autopay.Application.Ledgers;

/// <summary>Which months of an account's story are shown; both ends are included, null is open.</summary>
/// <param name="From">The first civil day of a month.</param>
/// <param name="To">The first civil day of a month.</param>
public sealed record StoryMonths(DateOnly? From, DateOnly? To)
{
    public static readonly StoryMonths All = new(null, null);

    public bool Has(DateOnly month) => month >= (From ?? month) && month <= (To ?? month);
}
