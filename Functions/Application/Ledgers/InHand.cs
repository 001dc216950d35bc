namespace Autopay.Application.Ledgers;

public static class InHand
{
    /// <summary>
    /// Whether a walk has a charge of the account in hand, or had when it was cut: planned or locked, and nobody knows
    /// what the provider made of it.
    /// </summary>
    public static bool HasChargeInHand(this AccountLedger ledger) =>
        ledger.Debits.Any(debit => debit.LivingAttempt?.Phase is AttemptPhase.Planned or AttemptPhase.Locked);
}
