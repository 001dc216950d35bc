namespace Autopay.Domain.Ledger;

/// <summary>Money by another channel for what a debit collected or is collecting, whenever it came in (R28).</summary>
/// <param name="Debit">The debit, as far as the ledger still has it.</param>
public sealed record PaidTwice(Funds Payment, Money Cents, DebitId? Debit);

public sealed partial record AccountLedger
{
    /// <summary>Listed until the money pays another bill, is given back, or is kept by finance's word.</summary>
    public IEnumerable<PaidTwice> PaidTwice() => Funds.Select(PaidTwiceOf).OfType<PaidTwice>();

    /// <summary>
    /// Credit that finance gives back or keeps: collected and no longer owed (R5), or a former payer's (R34).
    /// </summary>
    public IEnumerable<Funds> RefundList() =>
        Funds.Where(funds =>
            funds is { Left.IsPositive: true, Kept: false }
            && (funds.Source == FundsSource.OverCollected || IsOfFormerPayer(funds.Payer))
        );

    public bool WaitsForFinance(PaymentId id) =>
        PaidTwice().Any(twice => twice.Payment.Id == id) || RefundList().Any(funds => funds.Id == id);

    /// <summary>
    /// The debits that took what this payment was meant for, or that the bank has: of the bill that it names, else of
    /// any bill since it was received.
    /// </summary>
    public IEnumerable<DebitShare> SharesIn(Funds payment) =>
        from debit in Debits
        where IsInFlight(debit) || debit.State == DebitState.Collected
        let attempt = debit.LastAttempt!
        where
            payment.NamedBill is not null
            || debit.Id == payment.WhileInFlight
            || (attempt.SubmittedOn ?? payment.PostedOn) >= payment.ReceivedOn
        let cents = attempt
            .Lines.Where(line => payment.NamedBill is not { } named || named == line.Bill)
            .Sum(line => line.Cents)
        where cents.IsPositive
        select new DebitShare(debit.Id, cents);

    private PaidTwice? PaidTwiceOf(Funds payment)
    {
        if (payment is not { Source: FundsSource.BackPayment, Left.IsPositive: true, Kept: false })
        {
            return null;
        }

        var cents = Money.Min(payment.Left, TakenByDebits(payment));
        return cents.IsPositive ? new PaidTwice(payment, cents, DebitBeside(payment)) : null;
    }

    // Of a bill that it names the bill itself knows, however long ago its debit was archived.
    private Money TakenByDebits(Funds payment) =>
        payment.NamedBill is { } named && FindBill(named) is { } bill
            ? bill.Collected + bill.InFlight
            : (payment.AlsoTakenBy.Count == 0 ? FromBeforeSharesWereKept(payment) : payment.AlsoTakenBy).Sum(
                StillTaken
            );

    private DebitShare[] FromBeforeSharesWereKept(Funds payment) =>
        payment.WhileInFlight is { } id
            ? [new DebitShare(id, FindDebit(id)?.LastAttempt?.Amount ?? payment.Amount)]
            : [];

    private Money StillTaken(DebitShare share) =>
        FindDebit(share.Debit) switch
        {
            null => Money.Max(
                Money.Zero,
                share.Cents - LateReturns.Where(late => late.Debit == share.Debit).Sum(late => late.Total)
            ),
            { State: DebitState.Collected } debit => Money.Min(share.Cents, debit.Kept),
            var debit => IsInFlight(debit) ? share.Cents : Money.Zero,
        };

    private DebitId? DebitBeside(Funds payment) =>
        payment.NamedBill is null
            ? payment.AlsoTakenBy.FirstOrDefault(share => StillTaken(share).IsPositive)?.Debit ?? payment.WhileInFlight
            : SharesIn(payment).Concat(payment.AlsoTakenBy).LastOrDefault()?.Debit;

    private static bool IsInFlight(Debit debit) => debit.LivingAttempt is { Phase: not AttemptPhase.Planned };
}
