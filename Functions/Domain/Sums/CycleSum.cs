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
);
