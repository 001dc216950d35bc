namespace Autopay.Domain.Deciding.Bills;

/// <summary>What a bill prints as previous balance and our books lack, taken over by a person's word (R46).</summary>
internal static class PreviousBalances
{
    /// <exception cref="RefusedException">Nothing of the sort is lacking, it is less, it was accepted already with
    /// another amount, or the bill's due date is past.</exception>
    public static void Accept(Draft draft, AcceptPreviousBalance command)
    {
        var bill =
            draft.Ledger.FindBill(command.Bill)
            ?? throw new RefusedException($"Account {draft.Ledger.Id} has no bill {command.Bill}.");
        if (draft.Ledger.FindBill(bill.Id.ToPrevious()) is { } accepted)
        {
            RefuseOtherAmount(accepted, command.Amount);
            return;
        }

        RefuseUnlessLacking(draft.Ledger, command);
        if (DueDebits.RunIsPast(bill.DueDate, draft.Now, draft.Policies))
        {
            throw new RefusedException(
                $"Bill {bill.Id} was due {bill.DueDate:yyyy-MM-dd}: what is older is accepted with the next bill that "
                    + "prints it, so that nobody is debited without a bill."
            );
        }

        Open(draft, LineOf(bill, command.Amount), command.Why);
        draft.Emit(new WarningsDismissed(bill.Id, $"Previous balance accepted: {command.Why}"));
    }

    private static void RefuseOtherAmount(Bill accepted, Money amount)
    {
        if (accepted.CurrentCharges != amount)
        {
            throw new RefusedException(
                $"{accepted.CurrentCharges} was accepted already as {accepted.Id}: a previous balance is accepted "
                    + "once. Correct it with an adjustment of that line."
            );
        }
    }

    private static void RefuseUnlessLacking(AccountLedger ledger, AcceptPreviousBalance command)
    {
        var lacking = Lacking(ledger, ledger.BillOf(command.Bill));
        if (lacking is not { } most)
        {
            throw new RefusedException(
                $"Our books lack nothing of what bill {command.Bill} prints as previous balance: there is nothing to "
                    + "accept."
            );
        }

        if (!command.Amount.IsPositive || command.Amount > most)
        {
            throw new RefusedException(
                $"Our books lack {most} of what bill {command.Bill} prints: between $0.01 and that can be accepted, "
                    + $"not {command.Amount}."
            );
        }
    }

    // What was lacking when the bill came may have come since, with a late bill or another acceptance.
    private static Money? Lacking(AccountLedger ledger, Bill bill)
    {
        var then = ledger
            .Warnings.Where(warning => warning.Bill == bill.Id)
            .Select(warning => warning.Lacking)
            .FirstOrDefault(lacking => lacking is not null);
        var now =
            bill.PreviousBalance
            - ledger.Bills.Where(other => other.Id.Whole != bill.Id && other.IsEarlierThan(bill)).Sum(it => it.Open);
        return then is { } most && now.IsPositive ? Money.Min(most, now) : null;
    }

    /// <summary>Why the arriving bill may have been accepted already, as a later one's previous balance; null when no
    /// later one has such a line.</summary>
    public static string? WhyAccepted(AccountLedger ledger, Bill arriving) =>
        ledger.Bills.FirstOrDefault(line =>
            line.Id.IsPrevious && !line.Charges.IsZero && line.Id != arriving.Id && arriving.IsEarlierThan(line)
        )
            is { } accepted
            ? $"it may be in the previous balance that was accepted as {accepted.Id}"
            : null;

    // It is held, merged, waived and exempted as the bill that prints it.
    private static Bill LineOf(Bill bill, Money amount) =>
        new()
        {
            Id = bill.Id.ToPrevious(),
            Cycle = bill.Cycle,
            BillDate = bill.BillDate,
            DueDate = bill.DueDate,
            PenaltyDate = bill.PenaltyDate,
            CurrentCharges = amount,
            PreviousBalance = Money.Zero,
            TotalDue = amount,
            Payer = bill.Payer,
            Exemptions = bill.Exemptions,
        };

    private static void Open(Draft draft, Bill line, string why)
    {
        draft.Emit(new BillOpened(line, $"Previous balance of {line.CurrentCharges} accepted: {why}"));
        CashApplication.ApplyCredit(draft);
        Billing.ScheduleAgain(draft, line.Id, "Previous balance accepted");
    }
}
