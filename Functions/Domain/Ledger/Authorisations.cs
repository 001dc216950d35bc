namespace Autopay.Domain.Ledger;

/// <summary>
/// How long what a customer authorised is known. It is kept for as long as it counts, and for two years after its end;
/// whose bills and money they were, and what each debit was charged to, stays with those.
/// </summary>
public static class Authorisations
{
    extension(AccountLedger ledger)
    {
        /// <summary>Autopay ended long enough ago, and nothing of it is under way.</summary>
        public bool IsAuthorisationOver(DateOnly today, int keepDays) =>
            !ledger.AutopayIsOn
            && ledger.LastOff is { } off
            && today.DayNumber - off.On.DayNumber > keepDays
            && ledger.Debits.All(debit => debit.IsTerminal && !debit.Refunds.Any(refund => refund.IsOpen));

        /// <summary>Whether anything is left to forget.</summary>
        public bool KnowsMeans =>
            ledger.FormerMeans is not null
            || (ledger.Enrolment is { } enrolment && enrolment != enrolment.WithoutMeans());
    }
}
