namespace Autopay.Domain.Deciding.Payments;

/// <summary>Money from elsewhere and the credit it becomes (R13–R15, R5).</summary>
internal static class CashApplication
{
    public static void Post(Draft draft, Funds payment)
    {
        if (draft.Ledger.Funds.FirstOrDefault(funds => funds.Id == payment.Id) is { } known)
        {
            Correcting.PaymentAgain(draft, known, payment);
            return;
        }

        if (!payment.Amount.IsPositive)
        {
            throw new RefusedException(
                $"Payment {payment.Id} is of {payment.Amount}: only an amount above zero can be posted."
            );
        }

        if (payment.Source == FundsSource.BackPayment && payment.ReceivedOn > draft.Today)
        {
            throw new RefusedException(
                $"Payment {payment.Id} was received on {payment.ReceivedOn:yyyy-MM-dd}: that is after today."
            );
        }

        draft.Emit(
            new FundsReceived(
                Complete(draft, payment),
                $"Payment of {payment.Amount} by {payment.Channel}, received {payment.ReceivedOn:yyyy-MM-dd}"
            )
        );
        Spend(draft, payment.Id);
    }

    /// <summary>What our books add to what the file says of a payment.</summary>
    public static Funds Complete(Draft draft, Funds payment) =>
        payment with
        {
            WhileInFlight = InFlightFor(draft, payment),
            Payer = PayerFor(draft.Ledger, payment),
            Late = LateReceipt.Of(draft.Ledger, draft.Controls, payment, draft.Now),
        };

    /// <summary>A new payment goes to the bill that it names, the rest is credit (R13).</summary>
    public static void Spend(Draft draft, PaymentId id)
    {
        var payment = draft.Ledger.Funds.First(funds => funds.Id == id);
        foreach (var bill in NamedBills(draft.Ledger, payment).Where(bill => bill.Payable.IsPositive).ToList())
        {
            var left = draft.Ledger.Funds.First(funds => funds.Id == id).Left;
            if (left.IsPositive)
            {
                Apply(draft, id, bill, Money.Min(bill.Payable, left));
            }
        }

        ApplyCredit(draft);
        NoteWhoTookItToo(draft, id);
    }

    private static IEnumerable<Bill> NamedBills(AccountLedger ledger, Funds payment) =>
        payment.NamedBill is not { } named ? []
        : named.IsPart ? ledger.Bills.Where(bill => bill.Id == named)
        : ledger.WithParts(named);

    // What is credit after that may have been paid twice, by a debit of today or of weeks ago (R28).
    private static void NoteWhoTookItToo(Draft draft, PaymentId id)
    {
        var payment = draft.Ledger.Funds.First(funds => funds.Id == id);
        if (
            payment is { Source: FundsSource.BackPayment, Left.IsPositive: true }
            && draft.Ledger.SharesIn(payment).ToList() is { Count: > 0 } shares
        )
        {
            var debits = string.Join(", ", shares.Select(share => share.Debit));
            draft.Emit(
                new PaymentFoundTwice(
                    id,
                    shares,
                    $"Paid twice: {Money.Min(payment.Left, shares.Sum(share => share.Cents))} of payment {id} "
                        + $"came in for what debit {debits} took"
                )
            );
        }
    }

    // The money is for the bill that it names; else it is of whoever was the payer when it was received (R34).
    private static string? PayerFor(AccountLedger ledger, Funds payment) =>
        payment.NamedBill is { } named && ledger.FindBill(named) is { } bill
            ? bill.Payer
            : ledger.PayerOn(payment.ReceivedOn);

    // The bank was asked for the same bills already (R15).
    private static DebitId? InFlightFor(Draft draft, Funds payment) =>
        draft
            .Ledger.BillsOldestFirst()
            .Where(bill => bill.InFlight.IsPositive && (payment.NamedBill is not { } named || named == bill.Id.Whole))
            .Select(bill => draft.Ledger.LiveDebitOf(bill.Id)?.Id)
            .FirstOrDefault(id => id is not null);

    /// <summary>
    /// Credit pays open bills that are not in flight, oldest first (R14), and none that may be the same bill again
    /// (R41).
    /// </summary>
    public static void ApplyCredit(Draft draft)
    {
        foreach (
            var id in draft
                .Ledger.BillsInOrderOfPayment()
                .Where(bill => bill.TakesCredit)
                .Select(bill => bill.Id)
                .ToList()
        )
        {
            foreach (var source in draft.Ledger.Funds.Where(funds => funds.Left.IsPositive).ToList())
            {
                var bill = draft.Ledger.BillOf(id);
                if (bill.Payable.IsPositive && draft.Ledger.CanPay(source, bill))
                {
                    Apply(draft, source.Id, bill, Money.Min(bill.Payable, source.Left));
                }
            }
        }
    }

    /// <summary>A payment reversal changes what is open; unsent debits follow by themselves (R5).</summary>
    public static void Reverse(Draft draft, PaymentId id, string why)
    {
        var payment =
            draft.Ledger.Funds.FirstOrDefault(funds => funds.Id == id && funds.Source == FundsSource.BackPayment)
            ?? throw new NotYetKnownException($"Account {draft.Ledger.Id} has no payment {id} to reverse.");
        RefuseGivenBack(payment);
        var reopened = TakeBack(draft, payment, payment.Amount - payment.Reversed, $"Payment {id} reversed: {why}");
        ApplyCredit(draft);
        foreach (var bill in reopened)
        {
            Billing.Reopen(draft, bill, $"Payment {id} reversed: {why}");
        }
    }

    /// <exception cref="RefusedException">Part of it went back to the customer already.</exception>
    public static void RefuseGivenBack(Funds payment)
    {
        if (payment.Refunded.IsPositive)
        {
            throw new RefusedException(
                $"{payment.Refunded} of payment {payment.Id} were given back to the customer already: its "
                    + $"reversal must open them on a bill, by a bill adjustment of {payment.Refunded}."
            );
        }
    }

    /// <summary>Takes cents out of funds: what is left of them first, then what they paid, newest bill first.</summary>
    public static IReadOnlyList<BillId> TakeBack(Draft draft, Funds funds, Money cents, string reason)
    {
        var missing = Money.Max(Money.Zero, cents - funds.Left);
        var reopened = new List<BillId>();
        foreach (var bill in draft.Ledger.BillsOldestFirst().Reverse().Select(bill => bill.Id).ToList())
        {
            var taken = Money.Min(missing, funds.AppliedTo(bill));
            if (taken.IsPositive)
            {
                draft.Emit(new FundsUnapplied(funds.Id, bill, taken, reason));
                reopened.Add(bill);
                missing -= taken;
            }
        }

        if (cents.IsPositive)
        {
            draft.Emit(new FundsReversed(funds.Id, cents, reason) { On = draft.Today });
        }

        return reopened;
    }

    /// <summary>
    /// What was paid or collected above the bill's charges becomes credit; collected money goes on the refund list
    /// (R5).
    /// </summary>
    public static void TurnExcessIntoCredit(Draft draft, BillId id)
    {
        TakeExcessFromParts(draft, id);
        foreach (var funds in draft.Ledger.Funds.Reverse().ToList())
        {
            var excess = -draft.Ledger.BillOf(id).Open;
            var returned = Money.Min(excess, funds.AppliedTo(id));
            if (returned.IsPositive)
            {
                draft.Emit(
                    new FundsUnapplied(
                        funds.Id,
                        id,
                        returned,
                        $"More was paid on bill {id} than it now asks for: credit"
                    )
                );
            }
        }

        CreditOverCollected(draft, draft.Ledger.BillOf(id));
        CreditBelowZero(draft, draft.Ledger.BillOf(id));
    }

    // What the bill asks for less than nothing its parts ask for less, the last one first (R45).
    private static void TakeExcessFromParts(Draft draft, BillId id)
    {
        foreach (var part in draft.Ledger.WithParts(id).Where(it => it.Id.IsPart && !id.IsPart).ToList())
        {
            var cents = Money.Min(-draft.Ledger.BillOf(id).Open, part.Charges - part.InFlight);
            if (cents.IsPositive)
            {
                draft.Emit(new PartTakenBack(part.Id, cents, $"Bill {id} asks for {cents} less"));
                TurnExcessIntoCredit(draft, part.Id);
            }
        }
    }

    /// <summary>What is left of the credit that the bill gave pays for its adjustment upwards first (R5).</summary>
    public static void TakeBackBilledCredit(Draft draft, BillId id, Money adjustment)
    {
        var left = draft.Ledger.BillOf(id).InFlight.IsPositive ? Money.Zero : adjustment;
        foreach (
            var funds in draft
                .Ledger.Funds.Where(funds => funds.Source == FundsSource.BilledCredit && funds.NamedBill == id)
                .Reverse()
                .ToList()
        )
        {
            var cents = Money.Min(left, funds.Left);
            if (cents.IsPositive)
            {
                draft.Emit(new BillCreditTakenBack(id, funds.Id, cents, $"Bill {id} gives {cents} less credit"));
                left -= cents;
            }
        }
    }

    private static void CreditOverCollected(Draft draft, Bill bill)
    {
        var amount = Money.Min(-bill.Open, bill.Collected);
        if (!amount.IsPositive)
        {
            return;
        }

        var collectedBy = draft.Ledger.Debits.LastOrDefault(debit =>
            debit.State == DebitState.Collected && debit.Attempted.Lines.Any(line => line.Bill == bill.Id)
        );
        var number = draft.Ledger.Funds.Count(funds => funds.Source == FundsSource.OverCollected) + 1;
        var funds = NewCredit(draft, bill, FundsSource.OverCollected, amount) with
        {
            Id = new PaymentId($"over-collected-{bill.Id}-{number}"),
            CollectedBy = collectedBy?.Id,
        };
        draft.Emit(
            new OverCollected(
                bill.Id,
                funds,
                $"Collected {funds.Amount} more than bill {bill.Id} now asks for: credit, and on the refund list"
            )
        );
    }

    // A credit bill, or an adjustment below zero.
    private static void CreditBelowZero(Draft draft, Bill bill)
    {
        if (bill.Open < Money.Zero)
        {
            var number =
                draft.Ledger.Funds.Count(funds =>
                    funds.Source == FundsSource.BilledCredit && funds.NamedBill == bill.Id
                ) + 1;
            var funds = NewCredit(draft, bill, FundsSource.BilledCredit, -bill.Open) with
            {
                Id = new PaymentId($"credit-{bill.Id}-{number}"),
            };
            draft.Emit(new BillCredited(bill.Id, funds, $"Bill {bill.Id} is below zero: {funds.Amount} is credit"));
        }
    }

    private static Funds NewCredit(Draft draft, Bill bill, FundsSource source, Money amount) =>
        new()
        {
            Id = default,
            Source = source,
            Amount = amount,
            ReceivedOn = draft.Today,
            PostedOn = draft.Today,
            NamedBill = bill.Id,
            Payer = bill.Payer,
        };

    private static void Apply(Draft draft, PaymentId source, Bill bill, Money cents) =>
        draft.Emit(new FundsApplied(source, bill.Id, cents, $"{cents} pays bill {bill.Id}"));
}
