namespace Autopay.Payments.Rates;

/// <summary>What an instance holds of one pool, and how much of it it uses.</summary>
internal sealed class RatePool(int most)
{
    private int used;
    private int mostWaiting;
    private TimeSpan usedAt = -RateTerms.Idle;

    public PacedTokens Tokens { get; } = new();

    public void Use(TimeSpan now)
    {
        Tokens.Use(now);
        used++;
        usedAt = now;
    }

    public void Saw(int waiting, TimeSpan now)
    {
        mostWaiting = Math.Max(mostWaiting, waiting);
        usedAt = waiting > 0 ? now : usedAt;
    }

    /// <summary>
    /// More than was used when calls had to wait, as it is now when none did, nothing when it was idle.
    /// </summary>
    /// <param name="span">Since the last measurement.</param>
    public int Wanted(TimeSpan now, TimeSpan span)
    {
        var aSecond = (int)Math.Ceiling(used / Math.Max(1, span.TotalSeconds));
        return mostWaiting > 0 ? Math.Min(most, 2 * (aSecond + mostWaiting))
            : now - usedAt >= RateTerms.Idle ? 0
            : Math.Min(most, aSecond + 1);
    }

    public void Measure(int waiting) => (used, mostWaiting) = (0, waiting);
}
