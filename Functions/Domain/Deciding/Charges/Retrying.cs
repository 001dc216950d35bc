namespace Autopay.Domain.Deciding.Charges;

/// <summary>A retry is the same debit with the same amount, or it is none (R17, R18).</summary>
internal static class Retrying
{
    /// <summary>Decides what a "no" that may be retried leads to.</summary>
    public static void ScheduleOrGiveUp(Draft draft, Debit debit, string code)
    {
        var failedAttempts = debit.FailedAttempts + 1;
        var spacing = draft.Policies.RetryAfterBankingDays;
        var why = $"{code}: {ReturnCodes.Meaning(code)}";
        if (failedAttempts > draft.Policies.MaxRetries || spacing.Count == 0)
        {
            EndUncollected.GiveUp(draft, debit.Id, $"{why}; no retries left");
            return;
        }

        var retryOn = BankingCalendar.AddBankingDays(draft.Today, spacing[Math.Min(failedAttempts, spacing.Count) - 1]);
        if (retryOn > LastRetryDay(debit, draft.Policies, draft.Today))
        {
            EndUncollected.GiveUp(
                draft,
                debit.Id,
                $"{why}; the next retry would be more than {draft.Policies.MaxRetryDays} "
                    + "days after the first submission"
            );
            return;
        }

        draft.Emit(new DebitToRetry(debit.Id, retryOn, $"{why}; retry {failedAttempts} on {retryOn:yyyy-MM-dd}"));
    }

    /// <summary>
    /// The last day on which a retry may go out, counted from the first submission, or from today when there was none.
    /// </summary>
    public static DateOnly LastRetryDay(Debit debit, Policies policies, DateOnly today) =>
        (debit.FirstSubmittedOn ?? today).AddDays(policies.MaxRetryDays);

    /// <summary>
    /// Money came in (or went out) before the retry: the amount is no longer the same, so the retry is refused and what
    /// is left is a new debit on the same date, with attempts, retries and days of its own (R18).
    /// </summary>
    public static void RefuseStale(Draft draft)
    {
        foreach (
            var debit in draft.Ledger.UnsentDebits().Where(debit => debit.IsRetry && debit.Lines.Count > 0).ToList()
        )
        {
            if (draft.Ledger.OpenOn(debit) != debit.Submission.Amount)
            {
                Refuse(draft, debit);
            }
            else if (draft.Today > LastRetryDay(debit, draft.Policies, draft.Today))
            {
                EndUncollected.GiveUp(
                    draft,
                    debit.Id,
                    $"Not retried within {draft.Policies.MaxRetryDays} days of the first submission"
                );
            }
        }
    }

    private static void Refuse(Draft draft, Debit debit)
    {
        draft.Emit(
            new DebitSuperseded(
                debit.Id,
                draft.Today,
                $"Retry refused: {draft.Ledger.OpenOn(debit)} is open, the bank was asked for {debit.Submission.Amount}"
            )
        );
        var left = debit
            .Lines.Select(line => line.Bill)
            .Where(bill => draft.Ledger.BillOf(bill).Open.IsPositive)
            .ToList();
        if (left.Count > 0 && draft.Ledger.AutopayIsOn)
        {
            var why = $"What is left of the refused retry of {debit.Id}";
            Billing.Schedule(draft, Billing.Debiting(draft, debit.RetryDay, left, why) with { BornOfRetry = true });
        }
    }
}
