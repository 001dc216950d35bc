namespace Autopay.Payments.Rates;

/// <summary>How long things last in the sharing of the rate; each instance measures with its own clock.</summary>
internal static class RateTerms
{
    /// <summary>
    /// A token allows one call a second: after a call it rests a second, and a little, since no two clocks run alike.
    /// </summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(1_005);

    /// <summary>
    /// In which the tokens of an instance are used once, evenly spaced. What is between it and the rest makes up for
    /// timers that are late: 98 % of the rate is used.
    /// </summary>
    public static readonly TimeSpan Round = TimeSpan.FromMilliseconds(1_020);

    /// <summary>For so long after it began to write the row an instance may use what it holds in it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>So long after its lease an instance that cannot reach the row goes on with its small share.</summary>
    public static readonly TimeSpan Fallback = TimeSpan.FromSeconds(60);

    /// <summary>Between two looks at the row.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>The same for who waits for what another one has to give back.</summary>
    public static readonly TimeSpan Hurry = TimeSpan.FromSeconds(1);

    /// <summary>The row is written so often, though nothing changes.</summary>
    public static readonly TimeSpan Renew = TimeSpan.FromSeconds(4);

    /// <summary>What was not used for so long is given back.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(4);

    /// <summary>The storage has so long to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    // Another instance is silent when its entry stays the same for so long since it was first seen: its lease began
    // before, so that it ended before, and its last call had its second of rest.
    private const double Margin = 1.15;

    public static readonly TimeSpan Silent = Lease * Margin;

    public static readonly TimeSpan Gone = (Lease + Fallback) * Margin;
}
