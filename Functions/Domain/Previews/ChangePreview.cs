namespace Autopay.Domain.Previews;

/// <summary>Debits, and the cents that are open on them: one that is paid up counts with none.</summary>
public readonly record struct DebitCount(int Debits, long Cents)
{
    public static DebitCount operator +(DebitCount left, DebitCount right) =>
        checked(new DebitCount(left.Debits + right.Debits, left.Cents + right.Cents));
}

/// <summary>The part of it that is about the bills of one cycle and due date.</summary>
public sealed record PreviewDay(CycleNumber Cycle, DateOnly DueDate, int Debits, long Cents);

/// <summary>What a change of the controls would do, were it made now.</summary>
/// <param name="Moved">Debits that it holds, merges, or lets loose.</param>
/// <param name="Accounts">Whose they are; null where sums were taken, which do not know.</param>
/// <param name="ByDueDate">A debit of two due dates counts under each of them.</param>
/// <param name="AlreadyHeld">What it is about and is held with it and without it, such as by another hold.</param>
/// <param name="InFlight">What it is about and is with the bank already: no change reaches it any more (R9).</param>
/// <param name="FirstDue">The first instant (UTC) at which one of the moved debits would leave: without a change that
/// keeps them, with one that lets them loose. Null when none leaves by itself.</param>
public sealed record ChangePreview(
    DebitCount Moved,
    int? Accounts,
    IReadOnlyList<PreviewDay> ByDueDate,
    DebitCount AlreadyHeld,
    DebitCount InFlight,
    DateTimeOffset? FirstDue
);
