namespace Autopay.Domain.Deciding.Payments;

/// <summary>
/// Money of a collected debit goes back to the customer: what it takes is set aside with the request, and returns when
/// nothing went out.
/// </summary>
internal static class Refunding
{
    private const int ReversalBankingDays = 5;

    public static void Request(Draft draft, RequestRefund command)
    {
        var debit = draft.Ledger.FindDebit(command.Debit) ?? throw WhyNotThere(draft.Ledger, command.Debit);
        if (debit.Refunds.FirstOrDefault(refund => refund.RequestId == command.RequestId) is { } known)
        {
            RefuseOtherContent(known, command);
            return;
        }

        if (Archiving.IsLongClosed(debit, draft.Today))
        {
            throw TooLate(debit.Id);
        }

        RefuseWhatIsNotKept(debit, command);
        if (command.Kind == RefundKind.Reversal)
        {
            RefuseLateReversal(draft, debit, command);
        }

        RefuseWhatTakesTwo(debit, command);
        SetAside(
            draft,
            debit,
            NewRefund(draft, debit, command.RequestId, command.Kind, command.Amount ?? debit.Kept) with
            {
                Why = command.Why,
            }
        );
    }

    public static void Delay(Draft draft, DelayRefund command)
    {
        if (FindOpen(draft, command.Debit, command.Number) is { State: RefundState.Requested or RefundState.Unknown })
        {
            draft.Emit(new RefundDelayed(command.Debit, command.Number, draft.Now.Utc, command.Why));
        }
    }

    public static void Fail(Draft draft, FailRefund command)
    {
        if (
            FindOpen(draft, command.Debit, command.Number) is
            { State: RefundState.Requested or RefundState.Unknown } refund
        )
        {
            PutBack(draft, refund, command.Why);
        }
    }

    public static Refund NewRefund(Draft draft, Debit debit, string requestId, RefundKind kind, Money amount) =>
        new()
        {
            Debit = debit.Id,
            Number = debit.Refunds.Count + 1,
            RequestId = requestId,
            Kind = kind,
            Amount = amount,
            Why = "",
            RequestedOn = draft.Today,
            KeyAt = draft.Now.Utc,
            TouchedAt = draft.Now.Utc,
        };

    /// <summary>
    /// Credit first, this debit's own over-collected money before other; then the debit's bills, the newest first,
    /// which reopen blocked.
    /// </summary>
    /// <exception cref="RefusedException">The debit's money pays other bills by now.</exception>
    public static void SetAside(Draft draft, Debit debit, Refund refund)
    {
        var credit = CreditFor(draft, debit, refund);
        var lines = LinesFor(draft, debit, refund.Amount - credit.Sum(part => part.Cents));
        if (credit.Sum(part => part.Cents) + lines.Sum(line => line.Cents) != refund.Amount)
        {
            throw new RefusedException(
                $"Only {credit.Sum(part => part.Cents) + lines.Sum(line => line.Cents)} of debit {debit.Id} is "
                    + "still where it was collected: the rest pays other bills."
            );
        }

        draft.Emit(new RefundRequested(refund with { Credit = credit, Lines = lines }, WhatItIs(refund)));
        foreach (
            var bill in lines
                .Select(line => draft.Ledger.BillOf(line.Bill))
                .Where(bill => bill.Open.IsPositive && bill.Blocked is null)
                .ToList()
        )
        {
            draft.Emit(new BillBlocked(bill.Id, draft.Today, WhatItIs(refund)));
        }

        CashApplication.ApplyCredit(draft);
    }

    public static void PutBack(Draft draft, Refund refund, string why)
    {
        draft.Emit(new RefundFailed(refund.Debit, refund.Number, draft.Today, $"Nothing was given back: {why}"));
        foreach (var bill in refund.Lines.Select(line => line.Bill))
        {
            CashApplication.TurnExcessIntoCredit(draft, bill);
            Unblock(draft, bill, refund);
        }

        CashApplication.ApplyCredit(draft);
        foreach (var bill in refund.Lines.Select(line => line.Bill))
        {
            Billing.Reopen(draft, bill, "Its refund failed");
        }

        ReopenWhatWasLost(draft, refund.Debit);
    }

    // The bank had taken the money back as well: now it is owed after all.
    private static void ReopenWhatWasLost(Draft draft, DebitId id)
    {
        if (draft.Ledger.DebitOf(id) is { Lost.IsPositive: true, BankReturn: { } comeback } debit)
        {
            var most = Money.Min(debit.Lost, debit.Attempted.Amount - debit.Refunded - debit.ReturnedCents);
            Reopening.Reopen(
                draft,
                debit,
                Money.Zero,
                most,
                comeback.Code,
                $"Came back after it was collected ({comeback.Code}), and its refund failed"
            );
        }
    }

    // Only the block of this refund falls, and only when no other refund has taken cents of the bill as well.
    private static void Unblock(Draft draft, BillId bill, Refund failed)
    {
        var givenBack = draft
            .Ledger.Debits.SelectMany(debit => debit.Refunds)
            .FirstOrDefault(refund => refund.Counts && refund.Lines.Any(line => line.Bill == bill));
        if (draft.Ledger.BillOf(bill).Blocked?.Reason == WhatItIs(failed))
        {
            draft.Emit(
                givenBack is null
                    ? new BillUnblocked(bill, "Its refund failed: nothing of it was given back")
                    : new BillBlocked(bill, draft.Today, WhatItIs(givenBack))
            );
        }
    }

    private static string WhatItIs(Refund refund) => $"{refund.Kind} of {refund.Amount}: {refund.Why}";

    private static List<CreditPart> CreditFor(Draft draft, Debit debit, Refund refund)
    {
        var left = refund.Amount;
        var parts = new List<CreditPart>();
        var usable = draft.Ledger.Funds.Where(funds =>
            funds.Left.IsPositive && (refund.Kind == RefundKind.Refund || funds.CollectedBy == debit.Id)
        );
        foreach (var funds in usable.OrderByDescending(funds => funds.CollectedBy == debit.Id))
        {
            var cents = Money.Min(left, funds.Left);
            left -= cents;
            parts.Add(new CreditPart(funds.Id, cents));
        }

        return [.. parts.Where(part => part.Cents.IsPositive)];
    }

    private static List<AttemptLine> LinesFor(Draft draft, Debit debit, Money amount)
    {
        var left = amount;
        var lines = new List<AttemptLine>();
        foreach (var line in Enumerable.Reverse(Reopening.LinesStillCollected(debit)))
        {
            var cents = Money.Min(
                left,
                Money.Min(line.Cents, draft.Ledger.FindBill(line.Bill)?.Collected ?? Money.Zero)
            );
            left -= cents;
            lines.Add(line with { Cents = cents });
        }

        return [.. lines.Where(line => line.Cents.IsPositive)];
    }

    private static void RefuseWhatIsNotKept(Debit debit, RequestRefund command)
    {
        if (debit.State != DebitState.Collected)
        {
            throw new RefusedException(
                $"Debit {debit.Id} is {debit.State}: only what was collected can be given back."
            );
        }

        var amount = command.Amount ?? debit.Kept;
        if (!amount.IsPositive || amount > debit.Kept)
        {
            throw new RefusedException(
                $"{amount} cannot be given back of debit {debit.Id}: {debit.Kept} of it is left."
            );
        }
    }

    // Whoever asks looks at the limit first. Here it stops two small refunds that pass each other by.
    private static void RefuseWhatTakesTwo(Debit debit, RequestRefund command)
    {
        if (debit.Refunded + (command.Amount ?? debit.Kept) > command.MostAlone)
        {
            throw new RefusedException(
                $"More than {command.MostAlone} of debit {debit.Id} would be given back: that needs a second person. "
                    + "Ask again."
            );
        }
    }

    private static void RefuseLateReversal(Draft draft, Debit debit, RequestRefund command)
    {
        if (command.Amount is { } part && part != debit.Attempted.Amount)
        {
            throw new RefusedException(
                $"A reversal takes the whole debit back ({debit.Attempted.Amount}); give part of it back as a refund."
            );
        }

        if (debit.Kept != debit.Attempted.Amount)
        {
            throw new RefusedException(
                $"Part of debit {debit.Id} is gone already; what is left of it can be refunded."
            );
        }

        if (
            debit.ClosedOn is not { } closed
            || BankingCalendar.AddBankingDays(closed, ReversalBankingDays) < draft.Today
        )
        {
            throw new RefusedException(
                $"Debit {debit.Id} was collected on {debit.ClosedOn:yyyy-MM-dd}: the {ReversalBankingDays} "
                    + "banking days of a reversal are over; refund it."
            );
        }
    }

    private static void RefuseOtherContent(Refund known, RequestRefund repeated)
    {
        if (known.Kind != repeated.Kind || (repeated.Amount is { } amount && amount != known.Amount))
        {
            throw new RefusedException(
                $"Refund '{known.RequestId}' was already requested with other content: {known.Kind} of {known.Amount}."
            );
        }
    }

    private static Refund? FindOpen(Draft draft, DebitId debit, int number) =>
        draft.Ledger.FindDebit(debit)?.Refunds.FirstOrDefault(refund => refund.Number == number && refund.IsOpen);

    private static RefusedException WhyNotThere(AccountLedger ledger, DebitId debit) =>
        ledger.EverHad(debit) ? TooLate(debit) : new NotYetKnownException($"Account {ledger.Id} has no debit {debit}.");

    private static RefusedException TooLate(DebitId debit) =>
        new($"Debit {debit} was closed too long ago to be given back through the bank.");
}
