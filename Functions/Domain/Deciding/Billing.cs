namespace Autopay.Domain.Deciding;

/// <summary>Bills in, adjusted, and given a debit (R3, R5).</summary>
internal static class Billing
{
    /// <summary>R3, in this order: balance check, open the bill, apply credit, schedule.</summary>
    public static void Import(Draft draft, Bill bill)
    {
        if (draft.Ledger.FindBill(bill.Id) is { } known)
        {
            RefuseOtherContent(known, bill);
            return;
        }

        var unknownCredit = BalanceCheck.CheckPreviousBalance(draft, bill);
        draft.Emit(new BillOpened(bill, $"Bill of {bill.CurrentCharges} due {bill.DueDate:yyyy-MM-dd}"));
        if (unknownCredit is not null)
        {
            Reviewing.Flag(draft, bill.Id, ReviewCheck.Balance, unknownCredit);
        }

        MoneyIn.ApplyCredit(draft);
        if (draft.Ledger.AutopayIsOn)
        {
            Schedule(draft, bill.Id, "Bill imported");
        }
    }

    public static void Adjust(Draft draft, AdjustBill command)
    {
        if (draft.Ledger.AdjustmentIds.Contains(command.AdjustmentId))
        {
            return;
        }

        if (draft.Ledger.FindBill(command.Bill) is not { } bill)
        {
            throw new RefusedException($"Account {draft.Ledger.Id} has no bill {command.Bill} to adjust.");
        }

        if ((bill.Charges + command.Amount).Cents < 0)
        {
            throw new RefusedException($"Adjusting bill {bill.Id} by {command.Amount} would leave it below zero: its charges are {bill.Charges}.");
        }

        draft.Emit(new BillAdjusted(command.AdjustmentId, bill.Id, command.Amount, command.Why));
        MoneyIn.TurnExcessIntoCredit(draft, bill.Id);
        MoneyIn.ApplyCredit(draft);
        if (command.Amount.IsPositive)
        {
            ScheduleReopened(draft, bill.Id, $"Adjusted: {command.Why}");
        }
    }

    /// <summary>Cents that became open again on a bill without a live line get a debit on the bill's own due date (R5).</summary>
    public static void ScheduleReopened(Draft draft, BillId id, string why)
    {
        var bill = draft.Ledger.BillOf(id);
        if (bill is { Open.IsPositive: true, Skipped: false, Blocked: null } && draft.Ledger.AutopayIsOn && draft.Ledger.HomeOf(id) is null)
        {
            Schedule(draft, id, why);
        }
    }

    /// <summary>Adds a line to the account's unsent debit with the same due date, or schedules a new debit (R3).</summary>
    public static void Schedule(Draft draft, BillId id, string why)
    {
        var bill = draft.Ledger.BillOf(id);
        var sameDay = draft.Ledger.UnsentDebits().FirstOrDefault(debit => debit.DueDate == bill.DueDate && Holding.TakesPart(debit));
        if (sameDay is not null)
        {
            draft.Emit(new LineAdded(sameDay.Id, id, $"{why}: joins the debit due {bill.DueDate:yyyy-MM-dd}"));
            return;
        }

        ScheduleNew(draft, bill.DueDate, [id], bornOfRetry: false, $"{why}: due {bill.DueDate:yyyy-MM-dd}");
    }

    public static void ScheduleNew(Draft draft, DateOnly dueDate, IReadOnlyList<BillId> bills, bool bornOfRetry, string reason)
    {
        var id = new DebitId(draft.Ledger.Id, draft.Ledger.Generation, draft.Ledger.NextDebit);
        draft.Emit(new DebitScheduled(
            new Debit
            {
                Id = id, DueDate = dueDate, Lines = [.. bills.Select(bill => new DebitLine { Bill = bill })],
                BornOfRetry = bornOfRetry, Reason = reason, ScheduledOn = draft.Today, Trace = draft.Now.Trace,
            },
            reason));
    }

    private static void RefuseOtherContent(Bill known, Bill repeated)
    {
        var same = known.Cycle == repeated.Cycle && known.BillDate == repeated.BillDate && known.DueDate == repeated.DueDate
            && known.PenaltyDate == repeated.PenaltyDate && known.CurrentCharges == repeated.CurrentCharges
            && known.PreviousBalance == repeated.PreviousBalance && known.TotalDue == repeated.TotalDue;
        if (!same)
        {
            throw new RefusedException($"Bill {known.Id} was already imported with other content; the stored bill stays as it is.");
        }
    }
}
