namespace Autopay.Domain.Deciding.Bills;

/// <summary>Takes back, bill by bill, what a collected debit lost again (R20).</summary>
internal static class Reopening
{
    /// <param name="fresh">What was returned since the last time, cents.</param>
    /// <param name="most">What the books can still give up: what was given back before cannot come back too.</param>
    public static void Reopen(Draft draft, Debit debit, Money fresh, Money most, string code, string why)
    {
        var lines = new List<AttemptLine>();
        var alsoOpened = new List<BillId>();
        var left = most;
        foreach (var line in Enumerable.Reverse(LinesStillCollected(debit)))
        {
            var reversed = ReverseCredit(
                draft,
                debit.Id,
                line with
                {
                    Cents = Money.Min(left, line.Cents),
                },
                why,
                alsoOpened
            );
            var onBill = draft.Ledger.FindBill(line.Bill)?.Collected ?? line.Cents;
            var taken = Money.Min(Money.Min(left, line.Cents) - reversed, onBill);
            left -= reversed + taken;
            lines.Add(new AttemptLine(line.Bill, taken));
        }

        var (total, lost) = (most - left, fresh - (most - left));
        if (total.IsZero && lost.IsZero)
        {
            return;
        }

        lines.RemoveAll(line => !line.Cents.IsPositive);
        draft.Emit(
            new ReturnReceived(debit.Id, total, [.. lines], code, why)
            {
                On = draft.Today,
                Lost = lost,
                IntentId = debit.Attempted.Intent,
            }
        );
        BlockReopened(draft, lines.Select(line => line.Bill), why);
        CashApplication.ApplyCredit(draft);
        alsoOpened.ForEach(bill => Billing.Reopen(draft, bill, why));
    }

    private static void BlockReopened(Draft draft, IEnumerable<BillId> bills, string why)
    {
        foreach (
            var bill in bills
                .Select(draft.Ledger.FindBill)
                .OfType<Bill>()
                .Where(bill => bill.Open.IsPositive && bill.Blocked?.Reason != why)
        )
        {
            draft.Emit(new BillBlocked(bill.Id, draft.Today, why));
            BlockParts(draft, bill.Id, why);
        }
    }

    /// <summary>What of the bill's other parts has not left waits for the same word of finance (R20, R45).</summary>
    public static void BlockParts(Draft draft, BillId bill, string why)
    {
        foreach (
            var part in draft
                .Ledger.WithParts(bill)
                .Where(part => part is { Payable.IsPositive: true, Blocked: null, Skipped: false })
                .ToList()
        )
        {
            draft.Emit(new BillBlocked(part.Id, draft.Today, why));
        }
    }

    /// <summary>
    /// What was returned or refunded before was taken from the last lines first: the same order again, from where it
    /// stopped.
    /// </summary>
    public static List<AttemptLine> LinesStillCollected(Debit debit)
    {
        var gone =
            debit.ReturnedCents
            + debit.Refunds.Where(refund => refund.Counts).SelectMany(refund => refund.Lines).Sum(line => line.Cents);
        var still = new List<AttemptLine>();
        foreach (var line in debit.Attempted.Lines.Reverse())
        {
            var taken = Money.Min(gone, line.Cents);
            gone -= taken;
            still.Insert(0, line with { Cents = line.Cents - taken });
        }

        return still;
    }

    // The credit that this debit's money became goes first; that of the bill's other debits only when the bill itself
    // shows too little.
    private static Money ReverseCredit(
        Draft draft,
        DebitId debit,
        AttemptLine line,
        string why,
        List<BillId> alsoOpened
    )
    {
        var (bill, cents) = (line.Bill, line.Cents);
        var reversed = Money.Zero;
        var onBill = draft.Ledger.FindBill(bill)?.Collected ?? Money.Zero;
        var credits = draft.Ledger.Funds.Where(funds =>
            funds.Source == FundsSource.OverCollected && funds.NamedBill == bill
        );
        foreach (var funds in credits.OrderByDescending(funds => funds.CollectedBy == debit).ToList())
        {
            var wanted =
                funds.CollectedBy == debit ? cents - reversed : Money.Max(Money.Zero, cents - reversed - onBill);
            var part = Money.Min(wanted, funds.Amount - funds.Reversed - funds.Refunded);
            alsoOpened.AddRange(CashApplication.TakeBack(draft, funds, part, why));
            reversed += part;
        }

        return reversed;
    }
}
