namespace Autopay.Domain.Deciding.Bills;

/// <summary>Bills in, adjusted, and given a debit (R3, R5).</summary>
internal static class Billing
{
    /// <summary>R3, in this order: balance check, open the bill, apply credit, schedule.</summary>
    /// <remarks>
    /// A bill that looks like another one says what was open before that one: it is not compared (R41).
    /// </remarks>
    public static void Import(Draft draft, Bill bill)
    {
        if (draft.Ledger.FindBill(bill.Id) is { } known)
        {
            Correcting.BillAgain(draft, known, bill);
            return;
        }

        var twin = TwinBills.WhyTwin(draft, bill);
        var unknownCredit = twin is null ? BalanceCheck.CheckPreviousBalance(draft, bill) : null;
        draft.Emit(new BillOpened(bill, $"Bill of {bill.CurrentCharges} due {bill.DueDate:yyyy-MM-dd}"));
        var oddDate = FarDueDates.WhyFarFromArrival(draft, bill, draft.Today);
        unknownCredit ??= PreviousBalances.WhyAccepted(draft.Ledger, bill);
        Flag(draft, bill.Id, ReviewCheck.Balance, unknownCredit);
        Flag(draft, bill.Id, ReviewCheck.DueDate, oddDate);
        if (twin is not null)
        {
            TwinBills.Flag(draft, bill, twin);
        }

        CashApplication.TurnExcessIntoCredit(draft, bill.Id);
        CashApplication.ApplyCredit(draft);
        if (draft.Ledger.AutopayIsOn && bill.CurrentCharges >= Money.Zero)
        {
            Schedule(draft, bill.Id, "Bill imported");
        }

        SendToReview(draft, bill.Id, ReviewCheck.DueDate, oddDate);
        SendToReview(draft, bill.Id, ReviewCheck.Twin, twin);
    }

    private static void SendToReview(Draft draft, BillId bill, ReviewCheck check, string? reason)
    {
        if (
            reason is not null
            && draft.Ledger.BillOf(bill).Open.IsPositive
            && draft.Ledger.LiveDebitOf(bill) is { } debit
            && (debit.IsUnsent || debit.State == DebitState.NeedsReview)
        )
        {
            Reviewing.SendToReview(draft, debit.Id, check, reason);
        }
    }

    private static void Flag(Draft draft, BillId bill, ReviewCheck check, string? reason)
    {
        if (reason is not null)
        {
            Reviewing.Flag(draft, bill, check, reason);
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
            throw new NotYetKnownException($"Account {draft.Ledger.Id} has no bill {command.Bill} to adjust.");
        }

        if (draft.Ledger.HasMovedAway(bill.Id))
        {
            throw new RefusedException(
                $"Bill {bill.Id} was moved from account {draft.Ledger.Id} to another one: adjust it there."
            );
        }

        draft.Emit(new BillAdjusted(command.AdjustmentId, bill.Id, command.Amount, command.Why));
        CashApplication.TakeBackBilledCredit(draft, bill.Id, command.Amount);
        CashApplication.TurnExcessIntoCredit(draft, bill.Id);
        CashApplication.ApplyCredit(draft);
        if (command.Amount.IsPositive)
        {
            Reopen(draft, bill.Id, $"Adjusted: {command.Why}");
        }
    }

    /// <summary>
    /// Cents that became open again on a bill without a live line get a debit on the bill's own due date. When that
    /// day's run is past they wait for finance: a corrected ledger must not debit hundreds of people within the minute
    /// (R5).
    /// </summary>
    public static void Reopen(Draft draft, BillId id, string why)
    {
        var bill = draft.Ledger.BillOf(id);
        if (!DueDebits.RunIsPast(bill.DueDate, draft.Now, draft.Policies))
        {
            ScheduleAgain(draft, id, why);
        }
        else if (IsLeftOut(draft.Ledger, bill))
        {
            draft.Emit(
                new BillBlocked(id, draft.Today, $"opened again after its due date: {why}")
                {
                    Source = bill.ReopenedBy ?? draft.Source,
                }
            );
        }
    }

    /// <summary>
    /// A bill with open cents and without a live line gets a debit on its own due date, however long ago that was.
    /// </summary>
    public static void ScheduleAgain(Draft draft, BillId id, string why)
    {
        if (IsLeftOut(draft.Ledger, draft.Ledger.BillOf(id)))
        {
            Schedule(draft, id, why);
        }
    }

    /// <summary>
    /// What a retry was to ask for is not asked for earlier: a new debit on that date (R17, R23).
    /// </summary>
    public static void ScheduleOn(Draft draft, DateOnly day, IReadOnlyList<BillId> bills, string why)
    {
        if (bills.Where(bill => IsLeftOut(draft.Ledger, draft.Ledger.BillOf(bill))).ToList() is { Count: > 0 } open)
        {
            var reason = $"{why}: due {day:yyyy-MM-dd}, as its retry was";
            Schedule(draft, Debiting(draft, day, open, reason) with { BornOfRetry = true });
        }
    }

    private static bool IsLeftOut(AccountLedger ledger, Bill bill) =>
        bill is { Open.IsPositive: true, Skipped: false, Blocked: null }
        && ledger.AutopayIsOn
        && ledger.LiveDebitOf(bill.Id) is null;

    /// <summary>
    /// Adds a line to the account's unsent debit with the same due date, or schedules a new debit (R3).
    /// </summary>
    public static void Schedule(Draft draft, BillId id, string why)
    {
        var bill = draft.Ledger.BillOf(id);
        if (bill.Part is { } part)
        {
            SchedulePart(draft, id, part, why);
            return;
        }

        var sameDay = draft
            .Ledger.UnsentDebits()
            .FirstOrDefault(debit =>
                debit.DueDate == bill.DueDate
                && HoldMergeRelease.CanMerge(debit)
                && draft.Ledger.BillsOf(debit).All(other => draft.Ledger.GoTogether(bill, other))
            );
        if (sameDay is not null)
        {
            draft.Emit(new LineAdded(sameDay.Id, id, $"{why}: joins the debit due {bill.DueDate:yyyy-MM-dd}"));
            return;
        }

        Schedule(draft, Debiting(draft, bill.DueDate, [id], $"{why}: due {bill.DueDate:yyyy-MM-dd}"));
    }

    // On its own day, beside what else is asked for with that part (R45).
    private static void SchedulePart(Draft draft, BillId id, BillPart part, string why)
    {
        var reason = $"{why}: a part, due {part.Day:yyyy-MM-dd}";
        if (
            draft.Ledger.UnsentDebits().FirstOrDefault(it => it.SplitFrom == part.From && it.DueDate == part.Day) is
            { } beside
        )
        {
            draft.Emit(new LineAdded(beside.Id, id, reason));
        }
        else
        {
            Schedule(draft, Debiting(draft, part.Day, [id], reason) with { SplitFrom = part.From });
        }
    }

    /// <summary>A debit of these bills on that day, with the account's next number.</summary>
    public static Debit Debiting(Draft draft, DateOnly dueDate, IEnumerable<BillId> bills, string reason) =>
        new()
        {
            Id = new DebitId(draft.Ledger.Id, draft.Ledger.Generation, draft.Ledger.NextDebit),
            DueDate = dueDate,
            Lines = [.. bills.Select(bill => new DebitLine { Bill = bill })],
            Reason = reason,
            ScheduledOn = draft.Today,
            Trace = draft.Now.Trace,
        };

    public static void Schedule(Draft draft, Debit debit) => draft.Emit(new DebitScheduled(debit, debit.Reason));
}
