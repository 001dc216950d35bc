namespace Autopay.Domain.CityControls;

/// <summary>
/// No penalty for bills whose due date and penalty date both fall into this pair of windows; ends are inclusive.
/// </summary>
public sealed record PenaltyWaiver(
    string Id,
    DateOnly DueFrom,
    DateOnly DueTo,
    DateOnly PenaltyFrom,
    DateOnly PenaltyTo,
    string Reason,
    DateTimeOffset DeclaredAt
)
{
    public bool Waives(Bill bill) =>
        bill.DueDate >= DueFrom
        && bill.DueDate <= DueTo
        && bill.PenaltyDate >= PenaltyFrom
        && bill.PenaltyDate <= PenaltyTo;
}

/// <summary>Dates on which nobody is disconnected.</summary>
public sealed record DisconnectShield(
    string Id,
    IReadOnlyList<DateOnly> Dates,
    string Reason,
    DateTimeOffset DeclaredAt
);

/// <summary>All charging is stopped (R24).</summary>
public sealed record Halt(string Reason, string By, DateTimeOffset Since);

/// <summary>
/// Finance's word on one cycle: whether all back payments have been entered, and through which day by channel.
/// </summary>
public sealed record BacklogState
{
    public required CycleNumber Cycle { get; init; }

    public bool Cleared { get; init; }

    public DateTimeOffset? ChangedAt { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>A clear that waits for files; null when none does (R26).</summary>
    public Clearing? Clearing { get; init; }

    /// <summary>Watermarks: payments received through this day are entered, by channel.</summary>
    public IReadOnlyDictionary<string, DateOnly> ReceivedThrough { get; init; } = new Dictionary<string, DateOnly>();

    /// <summary>The hash of the certificate on which it was cleared; null without one, or while open.</summary>
    public string? Certificate { get; init; }
}

/// <summary>A clear that takes effect when every import that arrived before it is applied or set aside (R26).</summary>
/// <param name="AskedAt">UTC; a hold that is declared later is not cleared by it (R7).</param>
/// <param name="ReceivedThrough">Watermarks by channel.</param>
public sealed record Clearing(
    string By,
    string Reason,
    DateTimeOffset AskedAt,
    IReadOnlyDictionary<string, DateOnly> ReceivedThrough
)
{
    /// <summary>The differences that two people have decided to clear in spite of; null of an ordinary clear.</summary>
    public CertificateOverride? Override { get; init; }
}
