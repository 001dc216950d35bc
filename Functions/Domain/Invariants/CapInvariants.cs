namespace Autopay.Domain.Invariants;

/// <summary>The customer's cap, as it was when the bank was to be asked (R12).</summary>
internal static class CapInvariants
{
    public static IEnumerable<string> AttemptsKeepToTheCap(
        AccountLedger ledger,
        InvariantContext context,
        Action looked
    )
    {
        foreach (var attempt in OverCap(ledger))
        {
            looked();
            if (
                context.History is { } history
                && history.CapAtPreChargeCheck(attempt) is { } cap
                && attempt.Amount > cap
            )
            {
                yield return $"Attempt {attempt.Number} of {attempt.Debit} asks for {attempt.Amount}, the "
                    + $"customer's cap was {cap}";
            }
        }
    }

    /// <summary>
    /// Living attempts above the cap of today, which may be lower than it was then. Retries are not asked again, nor is
    /// what a restore took over.
    /// </summary>
    public static IEnumerable<Attempt> OverCap(AccountLedger ledger) =>
        ledger
            .Debits.Where(debit =>
                debit is { RetryOn: null, LivingAttempt: { ControlsVersion: not Attempt.NotLookedAt } attempt }
                && attempt.Amount > ledger.Enrolment?.MaxDebit
                && !debit.Waived.Contains(new WaivedCheck(ReviewCheck.OverCap, attempt.Amount))
            )
            .Select(debit => debit.Living);
}
