namespace Autopay.Domain.Ledger;

public sealed partial record AccountLedger
{
    private AccountLedger ApplyToRefunds(LedgerEvent happened) =>
        happened switch
        {
            RefundRequested e => SetAside(e.Refund),
            RefundDelayed e => WithRefund(
                e.Debit,
                e.Number,
                refund => refund with { State = RefundState.Unknown, TouchedAt = e.At }
            ),
            RefundSent e => WithRefund(
                e.Debit,
                e.Number,
                refund => refund with { State = RefundState.Sent, RefundId = e.RefundId, TouchedAt = e.At }
            ),
            RefundPaid e => WithRefund(
                e.Debit,
                e.Number,
                refund => refund with { State = RefundState.Paid, AnsweredOn = e.On }
            ),
            RefundFailed e => PutBack(e),
            _ => throw Impossible(happened),
        };

    private AccountLedger SetAside(Refund refund) =>
        MoveCents(refund, sign: 1)
            .WithDebit(refund.Debit, debit => debit with { Refunds = [.. debit.Refunds, refund] });

    private AccountLedger PutBack(RefundFailed e) =>
        MoveCents(DebitOf(e.Debit).Refunds.First(refund => refund.Number == e.Number), sign: -1)
            .WithRefund(e.Debit, e.Number, refund => refund with { State = RefundState.Failed, AnsweredOn = e.On });

    private AccountLedger MoveCents(Refund refund, int sign)
    {
        var fromCredit = refund.Credit.Aggregate(
            this,
            (ledger, part) =>
                ledger.WithFunds(
                    part.Funds,
                    funds => funds with { Refunded = funds.Refunded + new Money(sign * part.Cents.Cents) }
                )
        );
        return refund.Lines.Aggregate(
            fromCredit,
            (ledger, line) =>
                ledger.WithBill(
                    line.Bill,
                    bill => bill with { Collected = bill.Collected - new Money(sign * line.Cents.Cents) }
                )
        );
    }

    private AccountLedger WithRefund(DebitId id, int number, Func<Refund, Refund> change) =>
        WithDebit(
            id,
            debit =>
                debit with
                {
                    Refunds = [.. debit.Refunds.Select(refund => refund.Number == number ? change(refund) : refund)],
                }
        );
}
