namespace Autopay.Domain.Invariants;

/// <summary>Every debit is somewhere, and every bill in one place.</summary>
internal static class DebitInvariants
{
    /// <summary>Two sweeps.</summary>
    private static readonly TimeSpan SoonLookedAt = TimeSpan.FromMinutes(10);

    public static IEnumerable<string> EveryDebitHasANextStep(
        AccountLedger ledger,
        InvariantContext context,
        Action looked
    )
    {
        var isInHand = ledger.Debits.Any(debit => IsInHand(context, debit));
        foreach (var debit in ledger.Debits.Where(debit => !debit.IsTerminal && debit.State != DebitState.Merged))
        {
            looked();
            if (
                !Waits(ledger, context, debit)
                || (
                    !IsLookedAt(
                        context,
                        NextEvaluation.Of(
                            debit,
                            ledger,
                            context.Controls,
                            context.City,
                            context.Now,
                            context.RecoverAfter
                        )
                    )
                    && !MayWaitForItsNotice(context, debit)
                    && !isInHand
                )
            )
            {
                yield return $"Debit {debit.Id} is {debit.State} ({debit.Reason}) and nobody will look at it again";
            }
        }

        foreach (var refund in ledger.Debits.SelectMany(debit => debit.Refunds).Where(refund => refund.IsOpen))
        {
            looked();
            if (
                !IsLookedAt(
                    context,
                    NextEvaluation.Of(refund, context.Controls, context.City, context.Now, context.RecoverAfter)
                ) && !isInHand
            )
            {
                yield return $"Refund {refund.Number} of {refund.Debit} is {refund.State} "
                    + "and nobody will look at it again";
            }
        }
    }

    private static bool Waits(AccountLedger ledger, InvariantContext context, Debit debit) =>
        debit.State switch
        {
            DebitState.NeedsReview => debit.Reviews.Count > 0,
            DebitState.Deferred => debit.Reason.Length > 0
                && (
                    !context.ControlsSeen
                    || context.NextEvaluation <= context.Now.Utc
                    || IsDeferred(ledger, context.Controls, debit)
                ),
            DebitState.Charging or DebitState.Unknown or DebitState.Submitted => debit.LivingAttempt is not null
                && (!debit.Stopped || debit.Discrepancy is not null),
            _ => true,
        };

    // Held, suspended, or to be merged into a debit that is not there yet.
    private static bool IsDeferred(AccountLedger ledger, Controls controls, Debit debit) =>
        ledger.Suspension is not null
        || HoldMergeRelease.HoldsOn(ledger, controls, debit).Count > 0
        || (
            HoldMergeRelease.CanMerge(debit)
            && HoldMergeRelease
                .MergesCovering(ledger, controls, debit)
                .Any(merge =>
                    HoldMergeRelease.NextAfter(
                        ledger,
                        debit,
                        other => HoldMergeRelease.MergesCovering(ledger, controls, other).All(it => it.Id != merge.Id)
                    )
                        is null
                )
        );

    // Under older controls nobody may have been told yet; whoever sees the newer ones looks at once.
    private static bool MayWaitForItsNotice(InvariantContext context, Debit debit) =>
        !context.ControlsSeen
        && debit.State == DebitState.Scheduled
        && context.Controls.Policies.NoticeClock == NoticeClockMode.Enforce;

    // Whoever drives it keeps the bucket awake, and asks for the account's look when it leaves it.
    private static bool IsInHand(InvariantContext context, Debit debit) =>
        debit.LivingAttempt is { Phase: AttemptPhase.Planned or AttemptPhase.Locked } attempt
        && (context.IsWalked || context.Now.Utc < attempt.TouchedAt + context.RecoverAfter);

    // The account's look is the earliest of all: one that is later than this debit's own is another's. Older controls
    // may have wanted another day.
    private static bool IsLookedAt(InvariantContext context, DateTimeOffset? wanted) =>
        wanted is null
        || (
            context.ControlsSeen
                ? context.NextEvaluation <= wanted.Value.AddMinutes(1)
                : context.NextEvaluation is not null
        );

    public static IEnumerable<string> TerminalStatesAreClosed(
        AccountLedger ledger,
        InvariantContext context,
        Action looked
    )
    {
        foreach (var debit in ledger.Debits)
        {
            looked();
            if (debit.IsTerminal != debit.ClosedOn is not null)
            {
                yield return $"Debit {debit.Id} is {debit.State} and "
                    + $"{(debit.ClosedOn is null ? "has no closing day" : "was closed before")}";
            }
        }
    }

    public static IEnumerable<string> WorkIsAskedFor(AccountLedger ledger, InvariantContext context, Action looked)
    {
        looked();
        if (context.NextEvaluation is { } look && IsOverdue(look, context))
        {
            var due = context.City.At(look);
            yield return $"Nobody has looked at account {ledger.Id} since {due.Today:yyyy-MM-dd} "
                + $"{due.TimeOfDay:HH:mm}, when something was due";
        }
    }

    private static bool IsOverdue(DateTimeOffset look, InvariantContext context) =>
        look + SoonLookedAt < context.Now.Utc && context.Late?.Excuses(look, context.Now.Utc) != true;
}
