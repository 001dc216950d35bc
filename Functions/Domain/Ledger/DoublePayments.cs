namespace Autopay.Domain.Ledger;

/// <summary>Money by another channel for what a debit collected or is collecting, whenever it came in (R28).</summary>
/// <param name="Debit">The debit, as far as the ledger still has it.</param>
public sealed record PaidTwice(Funds Payment, Money Cents, DebitId? Debit);

/// <summary>
/// Money that came in for what a debit takes too, and credit that finance decides about (R28, R5, R34).
/// </summary>
public static class DoublePayments
{
    extension(AccountLedger ledger)
    {
        /// <summary>Listed until the money pays another bill, is given back, or is kept by finance's word.</summary>
        public IEnumerable<PaidTwice> PaidTwice() => ledger.Funds.Select(ledger.PaidTwiceOf).OfType<PaidTwice>();

        /// <summary>
        /// Credit that finance gives back or keeps: collected and no longer owed (R5), or a former payer's (R34).
        /// </summary>
        public IEnumerable<Funds> RefundList() =>
            ledger.Funds.Where(funds =>
                funds is { Left.IsPositive: true, Kept: false }
                && (funds.Source == FundsSource.OverCollected || ledger.IsOfFormerPayer(funds.Payer))
            );

        public bool WaitsForFinance(PaymentId id) =>
            ledger.PaidTwice().Any(twice => twice.Payment.Id == id) || ledger.RefundList().Any(funds => funds.Id == id);

        /// <summary>
        /// The debits that took what this payment was meant for, or that the bank has: of the bill that it names, else
        /// of any bill since it was received.
        /// </summary>
        public IEnumerable<DebitShare> SharesIn(Funds payment) =>
            from debit in ledger.Debits
            where IsInFlight(debit) || debit.State == DebitState.Collected
            let attempt = debit.Attempted
            where
                payment.NamedBill is not null
                || debit.Id == payment.WhileInFlight
                || (attempt.SubmittedOn ?? payment.PostedOn) >= payment.ReceivedOn
            let cents = attempt
                .Lines.Where(line => payment.NamedBill is not { } named || named == line.Bill.Whole)
                .Sum(line => line.Cents)
            where cents.IsPositive
            select new DebitShare(debit.Id, cents);

        private PaidTwice? PaidTwiceOf(Funds payment)
        {
            if (payment is not { Source: FundsSource.BackPayment, Left.IsPositive: true, Kept: false })
            {
                return null;
            }

            var cents = Money.Min(payment.Left, ledger.TakenByDebits(payment));
            return cents.IsPositive ? new PaidTwice(payment, cents, ledger.DebitBeside(payment)) : null;
        }

        // Of a bill that it names the bill itself knows, however long ago its debit was archived.
        private Money TakenByDebits(Funds payment) =>
            payment.NamedBill is { } named && ledger.FindBill(named) is not null
                ? ledger.WithParts(named).Sum(bill => bill.Collected + bill.InFlight)
                : payment.AlsoTakenBy.Sum(ledger.StillTaken);

        private Money StillTaken(DebitShare share) =>
            ledger.FindDebit(share.Debit) switch
            {
                null => Money.Max(
                    Money.Zero,
                    share.Cents - ledger.LateReturns.Where(late => late.Debit == share.Debit).Sum(late => late.Total)
                ),
                { State: DebitState.Collected } debit => Money.Min(share.Cents, debit.Kept),
                var debit => IsInFlight(debit) ? share.Cents : Money.Zero,
            };

        private DebitId? DebitBeside(Funds payment) =>
            payment.NamedBill is null
                ? payment.AlsoTakenBy.First(share => ledger.StillTaken(share).IsPositive).Debit
                : ledger.SharesIn(payment).Concat(payment.AlsoTakenBy).LastOrDefault()?.Debit;
    }

    private static bool IsInFlight(Debit debit) => debit.LivingAttempt is { Phase: not AttemptPhase.Planned };
}
