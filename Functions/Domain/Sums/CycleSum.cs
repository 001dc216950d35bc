namespace Autopay.Domain.Sums;

/// <summary>Debits in one state: how many, and the open cents on their lines.</summary>
public sealed record StateCount(DebitState State, int Debits, long OpenCents);

/// <summary>The bills of one cycle that fall due on one day, and the debits that have lines of them.</summary>
public sealed record DueDateSum(
    DateOnly DueDate,
    int Bills,
    long OpenCents,
    long CollectedCents,
    IReadOnlyList<StateCount> States
)
{
    /// <summary>Where every cent of the bills is.</summary>
    public BillFlow Flow { get; init; } = new();
}

/// <summary>What the ledgers say of one cycle. A debit counts under the cycles and due dates of its bills.</summary>
/// <param name="Accounts">Enrolled in it now; their bills keep the cycle that they came with.</param>
/// <param name="States">A merged debit counts once here, and under each of its due dates.</param>
public sealed record CycleSum(
    CycleNumber Cycle,
    int Accounts,
    long OpenCents,
    long CollectedCents,
    IReadOnlyList<StateCount> States,
    IReadOnlyList<DueDateSum> DueDates
)
{
    /// <summary>Its scheduled debits that a release may have to let go, each once. Empty in sums that were kept before
    /// there were any.</summary>
    public IReadOnlyList<ScheduledSum> Scheduled { get; init; } = [];
}

/// <summary>
/// Scheduled debits that were let go alike, under the cycle of the first bill that they are for: of a part all that it
/// was split from (R45).
/// </summary>
/// <param name="DueDates">Of their bills, in order.</param>
/// <param name="Release">That has let them go, which may have been stopped since; null of none.</param>
/// <param name="OpenCents">On their own lines.</param>
public sealed record ScheduledSum(IReadOnlyList<DateOnly> DueDates, string? Release, int Debits, long OpenCents);
