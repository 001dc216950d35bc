namespace Autopay.Domain.Deciding.Holds;

/// <summary>
/// Where every unsent debit belongs, given the controls as they are: cancelled, folded, deferred or scheduled (R6–R8,
/// R18, R19). Runs after every command, and goes on while charging is halted (R24).
/// </summary>
internal static class HoldMergeRelease
{
    public static void Apply(Draft draft)
    {
        TakeOutBlocked(draft);
        Splitting.TakeBack(draft);
        Retrying.RefuseStale(draft);
        Unmerging.Unmerge(draft);
        CancelEmptyReviews(draft);
        foreach (var id in draft.Ledger.UnsentDebits().Select(debit => debit.Id).ToList())
        {
            Place(draft, draft.Ledger.DebitOf(id));
        }
    }

    // A bill that was blocked while a debit waits for the rest of it: nothing of it is collected until finance speaks
    // (R20).
    private static void TakeOutBlocked(Draft draft)
    {
        foreach (
            var debit in draft
                .Ledger.Debits.Where(debit => debit.IsUnsent || debit.State == DebitState.NeedsReview)
                .ToList()
        )
        {
            foreach (var line in debit.Lines.Where(line => draft.Ledger.BillOf(line.Bill).Blocked is not null))
            {
                draft.Emit(new LineRemoved(debit.Id, line.Bill, "blocked from collection"));
            }
        }
    }

    // A debit without lines is cancelled, also one that waits for a person (R22).
    private static void CancelEmptyReviews(Draft draft)
    {
        foreach (
            var debit in draft
                .Ledger.Debits.Where(debit => debit is { State: DebitState.NeedsReview, Lines.Count: 0 })
                .ToList()
        )
        {
            draft.Emit(new DebitCancelled(debit.Id, draft.Today, "skipped"));
        }
    }

    /// <summary>
    /// Retries, debits born of a refused retry (R8) and parts of a split one (R45) neither fold nor are targets.
    /// </summary>
    public static bool CanMerge(Debit debit) =>
        debit.State is DebitState.Scheduled or DebitState.Deferred && IsOfAMerge(debit);

    /// <summary>Whether a merge can concern it at all, whatever its state.</summary>
    public static bool IsOfAMerge(Debit debit) => debit is { RetryOn: null, BornOfRetry: false, SplitFrom: null };

    /// <summary>
    /// The merge deferrals that cover the debit: any of its lines is covered and not yet folded by them.
    /// </summary>
    public static IEnumerable<Deferral> MergesCovering(AccountLedger ledger, Controls controls, Debit debit) =>
        controls.Deferrals.Where(deferral =>
            deferral.Action == DeferralAction.Merge && IsCovered(ledger, debit, deferral)
        );

    /// <summary>Every hold on any of the debit's lines (R7); of a part on any of what it was split from (R45).
    /// </summary>
    public static IReadOnlyList<Deferral> HoldsOn(AccountLedger ledger, Controls controls, Debit debit) =>
        [.. controls.Deferrals.Where(deferral => SplitBills.Of(ledger, debit).Any(deferral.Holds))];

    /// <summary>
    /// The account's earliest unsent debit due later than this one (R8, R11), of the same payer (R34). What looks like
    /// another bill stays alone (R41).
    /// </summary>
    public static Debit? NextAfter(AccountLedger ledger, Debit debit, Func<Debit, bool> fits) =>
        ledger
            .UnsentDebits()
            .FirstOrDefault(other =>
                other.DueDate > debit.DueDate
                && CanMerge(other)
                && PayersOf(ledger, other).SetEquals(PayersOf(ledger, debit))
                && !ledger.BillsOf(other).Concat(ledger.BillsOf(debit)).Any(bill => bill.LooksLikeAnother)
                && fits(other)
            );

    private static HashSet<string?> PayersOf(AccountLedger ledger, Debit debit) =>
        [.. ledger.BillsOf(debit).Select(bill => ledger.PayerOf(bill.Payer))];

    private static void Place(Draft draft, Debit debit)
    {
        if (debit.Lines.Count == 0)
        {
            draft.Emit(new DebitCancelled(debit.Id, draft.Today, "skipped"));
        }
        else if (!draft.Ledger.AutopayIsOn)
        {
            draft.Emit(new DebitCancelled(debit.Id, draft.Today, "Autopay is off") { AutopayOff = true });
        }
        else if (!Fold(draft, debit))
        {
            DeferOrRelease(draft, debit);
        }
    }

    private static bool Fold(Draft draft, Debit debit)
    {
        foreach (var merge in FoldingDeferrals(draft, debit))
        {
            if (NextAfter(draft.Ledger, debit, other => !IsCovered(draft.Ledger, other, merge)) is { } target)
            {
                draft.Emit(
                    new DebitMerged(
                        debit.Id,
                        target.Id,
                        merge.Id,
                        $"Merged into the debit due {target.DueDate:yyyy-MM-dd}: {merge.Reason}"
                    )
                );
                return true;
            }
        }

        return false;
    }

    private static void DeferOrRelease(Draft draft, Debit debit)
    {
        var holds = HoldsOn(draft.Ledger, draft.Controls, debit);
        var reason = WhyDeferred(draft, debit, holds);
        if (reason is not null)
        {
            var heldBy = holds.Select(hold => hold.Id).ToList();
            if (debit.State != DebitState.Deferred || debit.Reason != reason || !debit.HeldBy.SequenceEqual(heldBy))
            {
                draft.Emit(new DebitDeferred(debit.Id, heldBy, draft.Today, reason));
            }
        }
        else if (debit.State == DebitState.Deferred)
        {
            var waits = Releasing.WhyNot(draft.Ledger, debit, draft.Controls);
            draft.Emit(
                new DebitReleased(
                    debit.Id,
                    waits is null ? "Released: nothing defers it any more" : $"No hold is left: {waits}"
                )
            );
        }
    }

    private static string? WhyDeferred(Draft draft, Debit debit, IReadOnlyList<Deferral> holds)
    {
        List<string> reasons = [.. holds.Select(hold => $"held by '{hold.Id}': {hold.Reason}")];
        if (draft.Ledger.Suspension is { } suspension)
        {
            reasons.Add($"account suspended: {suspension.Reason}");
        }

        reasons.AddRange(
            FoldingDeferrals(draft, debit).Select(merge => $"no next bill to merge into ('{merge.Id}': {merge.Reason})")
        );
        return reasons.Count == 0 ? null : string.Join("; ", reasons);
    }

    private static IEnumerable<Deferral> FoldingDeferrals(Draft draft, Debit debit) =>
        CanMerge(debit) ? MergesCovering(draft.Ledger, draft.Controls, debit) : [];

    private static bool IsCovered(AccountLedger ledger, Debit debit, Deferral deferral) =>
        debit.Lines.Any(line => deferral.Covers(ledger.BillOf(line.Bill)) && !line.WasFoldedBy(deferral.Id));
}
