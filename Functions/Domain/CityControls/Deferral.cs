using System.Text.Json.Serialization;

namespace Autopay.Domain.CityControls;

public enum DeferralAction
{
    /// <summary>Held until the cycle's backlog is cleared (R7).</summary>
    Hold,

    /// <summary>Folded into the account's next debit (R8).</summary>
    Merge,
}

/// <summary>
/// Finance's rule that holds or merges the debits of some cycles in a due-date window, with a reason. Coverage is per
/// (deferral, cycle) and by the bill's own cycle and due date (R6), unless finance has exempted the bill (R38).
/// </summary>
public sealed record Deferral
{
    public required DeferralId Id { get; init; }

    public required IReadOnlyList<CycleNumber> Cycles { get; init; }

    public required DateOnly DueFrom { get; init; }

    /// <summary>Inclusive.</summary>
    public required DateOnly DueTo { get; init; }

    public required DeferralAction Action { get; init; }

    public required string Reason { get; init; }

    /// <summary>Passing it raises an alarm and releases nothing (R7).</summary>
    public DateOnly? ExpectedClearBy { get; init; }

    public DateTimeOffset DeclaredAt { get; init; }

    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>The cycles for which this hold has been cleared; a reopened cycle leaves the list.</summary>
    public IReadOnlyList<CycleNumber> ClearedCycles { get; init; } = [];

    /// <summary>When this hold was last cleared, by cycle; kept when the cycle is reopened (R42).</summary>
    public IReadOnlyList<CycleClear> Clears { get; init; } = [];

    [JsonIgnore]
    public bool IsInForce => WithdrawnAt is null;

    public bool Covers(Bill bill) => IsInForce && IsAbout(bill);

    /// <summary>Whether it covers the bill, or did before it was withdrawn.</summary>
    public bool IsAbout(Bill bill) => IsAbout(bill.Cycle, bill.DueDate) && !bill.Exemptions.Contains(Id);

    /// <summary>The same of all bills of a cycle and due date, but for those that finance has exempted.</summary>
    public bool IsAbout(CycleNumber cycle, DateOnly dueDate) =>
        dueDate >= DueFrom && dueDate <= DueTo && Cycles.Contains(cycle);

    /// <summary>Whether this is a hold, not cleared for the bill's cycle, that covers the bill.</summary>
    public bool Holds(Bill bill) =>
        Action == DeferralAction.Hold && Covers(bill) && !ClearedCycles.Contains(bill.Cycle);
}

/// <summary>A hold was cleared for a cycle at this instant (UTC).</summary>
public sealed record CycleClear(CycleNumber Cycle, DateTimeOffset At);
