namespace Autopay.Domain.Deciding.Charges;

/// <summary>The steps of the charge protocol that the ledger takes (P2–P4).</summary>
internal static class Attempting
{
    public static void Lock(Draft draft, LockAttempt command)
    {
        if (Living(draft, command.Debit, command.Number) is not { Phase: AttemptPhase.Planned } attempt)
        {
            return;
        }

        var debit = draft.Ledger.DebitOf(command.Debit);
        if (WhyNotOurs(attempt, command.Intent) is { } odd)
        {
            Flag(draft, command.Debit, command.Number, odd);
        }
        else if (PreChargeCheck.WhyNotLock(draft.Ledger, attempt, draft.Controls, draft.Today) is null)
        {
            draft.Emit(
                new AttemptLocked(
                    debit.Id,
                    command.Intent.IntentId,
                    draft.Controls.Version,
                    draft.Now.Utc,
                    "The pre-charge check said yes"
                )
                {
                    On = draft.Today,
                }
            );
        }
    }

    /// <summary>
    /// Nothing when anything speaks against it: then its intent is cancelled and the debit decided anew (R27).
    /// </summary>
    public static void LockAgain(Draft draft, LockAttemptAgain command)
    {
        if (
            Living(draft, command.Debit, command.Number) is { Phase: AttemptPhase.Locked } attempt
            && PreChargeCheck.WhyNotLockAgain(draft.Ledger, attempt, draft.Controls, draft.Now) is null
        )
        {
            draft.Emit(
                new AttemptLockedAgain(
                    command.Debit,
                    draft.Controls.Version,
                    draft.Now.Utc,
                    "Not sent yet, and nothing has changed: the pre-charge check said yes again"
                )
            );
        }
    }

    public static void Abandon(Draft draft, AbandonAttempt command)
    {
        // Another worker may have locked it meanwhile: then only the end of that very intent makes it dead.
        if (
            Living(draft, command.Debit, command.Number)
                is { Phase: AttemptPhase.Planned or AttemptPhase.Locked or AttemptPhase.Unknown } attempt
            && (attempt.IntentId is null || attempt.IntentId == command.IntentId)
        )
        {
            draft.Emit(
                new AttemptAbandoned(command.Debit, command.Why)
                {
                    ConfirmRefused = command.Refusal is { OfTheMethod: false } refusal ? refusal.Why : null,
                }
            );
            CashApplication.ApplyCredit(draft);
            if (command.Refusal is { OfTheMethod: true, Why: var why })
            {
                EndUncollected.SuspendUnlessReplaced(draft, attempt, $"payment method cannot be used: {why}");
            }
        }
    }

    public static void Doubt(Draft draft, DoubtAttempt command)
    {
        if (Living(draft, command.Debit, command.Number) is { Phase: AttemptPhase.Locked })
        {
            draft.Emit(new AttemptInDoubt(command.Debit, draft.Now.Utc, command.Why));
        }
    }

    public static void Flag(Draft draft, DebitId debit, int number, string why, bool stop = false)
    {
        if (Living(draft, debit, number) is not null && draft.Ledger.DebitOf(debit).Discrepancy != why)
        {
            draft.Emit(new AttemptFlagged(debit, stop, why));
        }
    }

    /// <summary>Why this intent cannot be the attempt's, or null.</summary>
    public static string? WhyNotOurs(Attempt attempt, IntentReading intent) =>
        intent.Amount != attempt.Amount
            ? $"intent {intent.IntentId} is for {intent.Amount}, the attempt for {attempt.Amount}"
        : intent.Currency != attempt.Currency
            ? $"intent {intent.IntentId} is in {intent.Currency}, the attempt in {attempt.Currency}"
        : intent.Customer != attempt.Customer
            ? $"intent {intent.IntentId} is of customer {intent.Customer}, the attempt of {attempt.Customer}"
        : null;

    public static Attempt? Living(Draft draft, DebitId debit, int number) =>
        draft.Ledger.FindDebit(debit)?.LivingAttempt is { } attempt && attempt.Number == number ? attempt : null;
}
