namespace Autopay.Domain.Invariants;

/// <summary>Why work may be late without anybody having forgotten it (I16): each excuse has its end.</summary>
/// <param name="ReturnedAt">When the app came back after it had stood still, UTC; null when it did not.</param>
/// <param name="IsWorkedOff">Walks are under way: late work has its turn behind others.</param>
public sealed record LateWork(DateTimeOffset? ReturnedAt, bool IsWorkedOff)
{
    /// <summary>How long after a standstill its late work may take.</summary>
    private static readonly TimeSpan WorkedOffWithin = TimeSpan.FromMinutes(30);

    /// <summary>The largest due date at Stripe's test rate (docs/operating.md, Growing).</summary>
    private static readonly TimeSpan WalkedWithin = TimeSpan.FromHours(3);

    /// <summary>Whether what was due then (UTC) is late for a reason that goes away by itself.</summary>
    public bool Excuses(DateTimeOffset due, DateTimeOffset now) =>
        (ReturnedAt is { } back && now - back < WorkedOffWithin) || (IsWorkedOff && now - due < WalkedWithin);
}
