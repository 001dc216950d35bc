namespace Autopay.Domain.Provider;

public enum ReceiptKind
{
    /// <summary>The bank paid.</summary>
    Collected,

    /// <summary>It came back after it was collected: a return or a dispute (R20).</summary>
    Returned,

    /// <summary>Given back by the utility; what a failed refund brought back is positive.</summary>
    Refunded,

    Reversed,
}

/// <summary>
/// One movement of money through the provider, for the billing system. Returns and refunds are negative.
/// </summary>
/// <param name="Bill">Null: the account's credit, an accepted previous balance, or money that no bill of ours asked
/// for.</param>
/// <param name="Amount">Cents, signed: what the billing system adds to what was paid.</param>
public sealed record Receipt(
    ReceiptKind Kind,
    DateOnly On,
    BillId? Bill,
    DebitId? Debit,
    Money Amount,
    string IntentId,
    string? Code = null
);

/// <summary>
/// What an event moved. Cents that change their place inside our books (credit applied, moved, kept) are no receipt.
/// </summary>
public static class Receipts
{
    /// <param name="ledger">As the event left it, or a later event of the same save: what a receipt tells does not
    /// change any more.</param>
    public static IReadOnlyList<Receipt> Of(LedgerEvent happened, AccountLedger ledger) =>
        happened switch
        {
            AttemptCollected e => Collected(ledger.DebitOf(e.Debit), e.On),
            FundsReceived { Funds: { Source: FundsSource.Recovered } funds } =>
            [
                new(ReceiptKind.Collected, funds.PostedOn, null, null, funds.Amount, funds.Id.Value),
            ],
            FundsReversed e
                when ledger.Funds.First(funds => funds.Id == e.Funds) is { Source: FundsSource.Recovered } funds =>
            [
                new(ReceiptKind.Returned, e.On, null, null, -e.Cents, funds.Id.Value),
            ],
            ReturnReceived e => Returned(e, e.IntentId, e.On),
            RefundSent e => Refunded(ledger.DebitOf(e.Debit), e.Number, e.On, sign: -1),
            RefundFailed e when ledger.DebitOf(e.Debit).RefundOf(e.Number).RefundId is not null => Refunded(
                ledger.DebitOf(e.Debit),
                e.Number,
                e.On,
                sign: 1
            ),
            _ => [],
        };

    private static IReadOnlyList<Receipt> Collected(Debit debit, DateOnly on) =>
        [
            .. debit.Attempted.Lines.Select(line => new Receipt(
                ReceiptKind.Collected,
                on,
                KnownTo(line.Bill),
                debit.Id,
                line.Cents,
                debit.Attempted.Intent
            )),
        ];

    private static IReadOnlyList<Receipt> Returned(ReturnReceived e, string intent, DateOnly on)
    {
        var lines = e.Lines.Select(line => new Receipt(
            ReceiptKind.Returned,
            on,
            KnownTo(line.Bill),
            e.Debit,
            -line.Cents,
            intent,
            e.Code
        ));
        return WithCredit(
            lines,
            new Receipt(
                ReceiptKind.Returned,
                on,
                null,
                e.Debit,
                -(e.Total + e.Lost - e.Lines.Sum(line => line.Cents)),
                intent,
                e.Code
            )
        );
    }

    private static IReadOnlyList<Receipt> Refunded(Debit debit, int number, DateOnly on, int sign)
    {
        var refund = debit.RefundOf(number);
        var kind = refund.Kind == RefundKind.Reversal ? ReceiptKind.Reversed : ReceiptKind.Refunded;
        var intent = debit.Attempted.Intent;
        var lines = refund.Lines.Select(line => new Receipt(
            kind,
            on,
            KnownTo(line.Bill),
            debit.Id,
            Signed(line.Cents, sign),
            intent,
            refund.RefundId
        ));
        return WithCredit(
            lines,
            new Receipt(
                kind,
                on,
                null,
                debit.Id,
                Signed(refund.Credit.Sum(part => part.Cents), sign),
                intent,
                refund.RefundId
            )
        );
    }

    // The billing system knows no parts (R45), and an accepted previous balance under no bill: that is posted to the
    // account (R46).
    private static BillId? KnownTo(BillId bill) => bill.Whole.IsPrevious ? null : bill.Whole;

    private static IReadOnlyList<Receipt> WithCredit(IEnumerable<Receipt> lines, Receipt credit) =>
        [.. lines, .. credit.Amount.IsZero ? (IReadOnlyList<Receipt>)[] : [credit]];

    private static Money Signed(Money amount, int sign) => sign < 0 ? -amount : amount;
}
