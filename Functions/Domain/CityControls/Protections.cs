using System.Text.Json.Serialization;

namespace Autopay.Domain.CityControls;

/// <summary>
/// No penalty for bills whose due date and penalty date both fall into this pair of windows; ends are inclusive (R42).
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
    /// <summary>By the bill's own cycle; none named is every cycle.</summary>
    public IReadOnlyList<CycleNumber> Cycles { get; init; } = [];

    /// <summary>UTC; from then on it waives nothing, also of what it waived before.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    [JsonIgnore]
    public bool IsInForce => WithdrawnAt is null;

    public bool Waives(Bill bill) => IsInForce && IsAbout(bill);

    /// <summary>Whether it waives the bill's penalty, or did before it was withdrawn.</summary>
    public bool IsAbout(Bill bill) =>
        IsAbout(bill.Cycle, bill.DueDate) && bill.PenaltyDate >= PenaltyFrom && bill.PenaltyDate <= PenaltyTo;

    /// <summary>Whether bills of a cycle and due date are in its first window.</summary>
    public bool IsAbout(CycleNumber cycle, DateOnly dueDate) =>
        dueDate >= DueFrom && dueDate <= DueTo && (Cycles.Count == 0 || Cycles.Contains(cycle));
}

/// <summary>Dates on which nobody of some cycles is disconnected (R43).</summary>
public sealed record DisconnectShield(
    string Id,
    IReadOnlyList<DateOnly> Dates,
    string Reason,
    DateTimeOffset DeclaredAt
)
{
    /// <summary>None named is every cycle.</summary>
    public IReadOnlyList<CycleNumber> Cycles { get; init; } = [];

    /// <summary>UTC; a date before that day stays shielded, for it was.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    [JsonIgnore]
    public bool IsInForce => WithdrawnAt is null;

    public bool IsAbout(CycleNumber cycle) => Cycles.Count == 0 || Cycles.Contains(cycle);

    /// <summary>The dates that it shields a cycle on, those before its withdrawal included.</summary>
    public IEnumerable<DateOnly> DatesOf(CycleNumber cycle, CityCalendar city) =>
        !IsAbout(cycle) ? []
        : WithdrawnAt is { } at ? Dates.Where(date => date < city.At(at).Today)
        : Dates;
}

/// <summary>All charging is stopped (R24).</summary>
public sealed record Halt(string Reason, string By, DateTimeOffset Since)
{
    /// <summary>What the directory called this person, for reading only.</summary>
    public string? Name { get; init; }

    /// <summary>Who has halted it too since then, and why: whoever ends the halt ends all of them. Null when nobody
    /// has.</summary>
    public IReadOnlyList<Halt>? Further { get; init; }

    /// <summary>This one and the further ones, oldest first.</summary>
    [JsonIgnore]
    public IReadOnlyList<Halt> All => [this, .. Further ?? []];

    /// <summary>Every reason.</summary>
    [JsonIgnore]
    public string Reasons => string.Join("; ", All.Select(halt => halt.Reason));

    /// <summary>With another person's halt, or another reason of the same one; the same once more is known.</summary>
    public Halt And(Halt other) =>
        All.Any(known => (known.By, known.Reason) == (other.By, other.Reason))
            ? this
            : this with
            {
                Further = [.. Further ?? [], other],
            };
}

/// <summary>
/// Finance's word on one cycle: whether all back payments have been entered, and through which day by channel.
/// </summary>
public sealed record BacklogState
{
    public required CycleNumber Cycle { get; init; }

    public bool Cleared { get; init; }

    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Who changed it last; null of what nobody has changed.</summary>
    public string? By { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>A clear that waits for files; null when none does (R26).</summary>
    public Clearing? Clearing { get; init; }

    /// <summary>Watermarks: payments received through this day are entered, by channel.</summary>
    public IReadOnlyDictionary<string, DateOnly> ReceivedThrough { get; init; } = new Dictionary<string, DateOnly>();

    /// <summary>The hash of the certificate on which it was cleared; null without one, or while open.</summary>
    public string? Certificate { get; init; }

    /// <summary>What that certificate says; null without one.</summary>
    public string? Says { get; init; }

    /// <summary>The late receipts of this clear that two people have looked at; null when there are none.</summary>
    public LateAcceptance? LateAccepted { get; init; }
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
