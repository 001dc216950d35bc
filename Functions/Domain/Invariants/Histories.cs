namespace Autopay.Domain.Invariants;

/// <summary>What only an account's history can tell. An incomplete history reports no violation.</summary>
internal static class Histories
{
    /// <summary>Whether the bill came in, or got a debit, since autopay was switched on last.</summary>
    public static bool ScheduledSinceAutopay(this IReadOnlyList<LedgerEvent> history, BillId bill)
    {
        var since = history.Reverse().TakeWhile(happened => happened is not AutopaySwitched).ToList();
        var isWhole = since.Count < history.Count || history.Any(happened => happened is AccountEnrolled);
        return isWhole
            && since.Any(happened =>
                happened switch
                {
                    BillOpened e => e.Bill.Id == bill,
                    LineAdded e => e.Bill == bill,
                    DebitScheduled e => e.Debit.Names(bill),
                    _ => false,
                }
            );
    }

    /// <summary>What happened since the debit's last attempt was locked.</summary>
    public static IEnumerable<LedgerEvent> SinceLocked(this IReadOnlyList<LedgerEvent> history, DebitId debit) =>
        history.Reverse().TakeWhile(happened => happened is not AttemptLocked e || e.Debit != debit);

    /// <summary>
    /// The bill's current charges when the debit's last attempt was locked; null when the history does not reach back
    /// so far.
    /// </summary>
    public static Money? ChargesWhenLocked(this IReadOnlyList<LedgerEvent> history, DebitId debit, BillId bill) =>
        history
            .Reverse()
            .SkipWhile(happened => happened is not AttemptLocked e || e.Debit != debit)
            .Select(happened =>
                happened switch
                {
                    BillOpened e when e.Bill.Id == bill => e.Bill.CurrentCharges,
                    BillCorrected e when e.Bill.Id == bill => e.Bill.CurrentCharges,
                    _ => (Money?)null,
                }
            )
            .FirstOrDefault(charges => charges is not null);

    /// <summary>
    /// The cap when the attempt was locked, or planned if it is not locked yet; null when there was none.
    /// </summary>
    public static Money? CapAtPreChargeCheck(this IReadOnlyList<LedgerEvent> history, Attempt attempt)
    {
        var before = history.Reverse().SkipWhile(happened => !IsPreChargeCheck(happened, attempt));
        return before.OfType<AccountEnrolled>().FirstOrDefault()?.Enrolment.MaxDebit;
    }

    /// <summary>
    /// Whether the bill's line was taken out of a debit, or went back to one that it came from, since the part was
    /// merged.
    /// </summary>
    public static bool TookOutSinceMerged(this IReadOnlyList<LedgerEvent> history, Debit part, BillId bill)
    {
        var since = history
            .Reverse()
            .TakeWhile(happened => happened is not DebitMerged e || e.Debit != part.Id)
            .ToList();
        return since.Count == history.Count
            || since.Any(happened =>
                happened switch
                {
                    LineRemoved e => e.Bill == bill,
                    DebitUnmerged e => e.Lines.Any(line => line.Bill == bill) && e.Debit != part.MergedInto,
                    _ => false,
                }
            );
    }

    private static bool IsPreChargeCheck(LedgerEvent happened, Attempt attempt) =>
        happened switch
        {
            AttemptLocked e => e.Debit == attempt.Debit && attempt.Phase != AttemptPhase.Planned,
            AttemptPlanned e => e.Attempt.Debit == attempt.Debit && attempt.Phase == AttemptPhase.Planned,
            _ => false,
        };
}
