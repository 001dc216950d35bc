namespace Autopay.Domain.Deciding.Charges;

/// <summary>Steps 5 to 9 of evaluate: what is due is satisfied, carried, reviewed or charged (R10–R12, R24).</summary>
internal static class DueDebits
{
    public static void ChargeWhatIsDue(Draft draft, Evaluate command)
    {
        if (draft.Controls.WhyNothingIsCharged is not null)
        {
            return;
        }

        Releasing.Lapse(draft);
        Releasing.Grant(draft, command.Grants);

        foreach (var id in draft.Ledger.UnsentDebits().Select(debit => debit.Id).ToList())
        {
            PartDistance.Keep(draft);
            var debit = draft.Ledger.DebitOf(id);
            if (
                debit.State is DebitState.Scheduled or DebitState.RetryScheduled
                && IsDue(debit, draft.Now, draft.Policies)
            )
            {
                DecideDueDebit(draft, debit);
            }
        }

        PartDistance.Keep(draft);
    }

    /// <summary>
    /// From the hour of the due-date run on the debit's day, rolled forward to a banking day; when that day is past, on
    /// the day that it is looked at if that is a banking day (R10).
    /// </summary>
    public static bool IsDue(Debit debit, Moment now, Policies policies)
    {
        var day = DayOf(debit);
        return now.Today == day
            ? now.TimeOfDay >= policies.DueDateRunAt
            : now.Today > day && BankingCalendar.IsBankingDay(now.Today);
    }

    /// <summary>Whether the due-date run that a bill of this due date would have met has begun (R10).</summary>
    public static bool RunIsPast(DateOnly dueDate, Moment now, Policies policies)
    {
        var day = BankingCalendar.RollForward(dueDate);
        return now.Today > day || (now.Today == day && now.TimeOfDay >= policies.DueDateRunAt);
    }

    /// <summary>The banking day on which the debit is due, or its retry.</summary>
    public static DateOnly DayOf(Debit debit) => BankingCalendar.RollForward(debit.RetryOn ?? debit.DueDate);

    private static void DecideDueDebit(Draft draft, Debit debit)
    {
        var open = draft.Ledger.OpenOn(debit);
        if (open.IsZero)
        {
            draft.Emit(new DebitSatisfied(debit.Id, draft.Today, "Nothing is left to collect"));
        }
        else if (open < draft.Policies.MinimumCharge)
        {
            Carry(draft, debit, open);
        }
        else if (FindingsOn(draft, debit) is { Count: > 0 } found)
        {
            draft.Emit(
                new DebitSentToReview(
                    debit.Id,
                    [.. found.Select(finding => finding.Check)],
                    string.Join("; ", found.Select(finding => finding.Reason))
                )
            );
        }
        else if (
            Releasing.WhyNot(draft.Ledger, debit, draft.Controls) is null
            && Noticing.WhyNot(draft.Ledger, debit, draft.Controls, draft.Today) is null
        )
        {
            Splitting.Split(draft, debit, draft.Today);
            Plan(draft, draft.Ledger.DebitOf(debit.Id), draft.Ledger.OpenOn(debit));
        }
    }

    private static IReadOnlyList<BillFlag> FindingsOn(Draft draft, Debit debit) =>
        Releasing.WhyDrifted(draft.Ledger, debit, draft.Controls) is { } drift
            ? [.. Reviewing.FindingsOn(draft.Ledger, debit, draft.Policies), new BillFlag(ReviewCheck.Drift, drift)]
            : Reviewing.FindingsOn(draft.Ledger, debit, draft.Policies);

    // Without a later debit the remainder stays scheduled and is looked at again (R11).
    private static void Carry(Draft draft, Debit debit, Money open)
    {
        if (HoldMergeRelease.NextAfter(draft.Ledger, debit, _ => true) is { } target)
        {
            draft.Emit(
                new DebitMerged(
                    debit.Id,
                    target.Id,
                    null,
                    $"carried: {open} is under the minimum charge; joins the debit due {target.DueDate:yyyy-MM-dd}"
                )
            );
        }
    }

    private static void Plan(Draft draft, Debit debit, Money open)
    {
        var enrolment = draft.Ledger.Enrolled;
        var number = (debit.LastAttempt?.Number ?? 0) + 1;
        draft.Emit(
            new AttemptPlanned(
                new Attempt
                {
                    Debit = debit.Id,
                    Number = number,
                    Amount = open,
                    Lines = LinesOf(draft.Ledger, debit),
                    Customer = enrolment.Customer,
                    PaymentMethod = enrolment.PaymentMethod,
                    Mandate = enrolment.Mandate,
                    Grant = Releasing.GrantOf(draft, debit),
                    KeyAt = draft.Now.Utc,
                    TouchedAt = draft.Now.Utc,
                },
                $"Charging {open}, attempt {number}"
                    + Noticing.WarningOf(draft.Ledger, debit, draft.Controls, draft.Today)
            )
        );
    }

    private static AttemptLine[] LinesOf(AccountLedger ledger, Debit debit) =>
        [
            .. ledger
                .BillsOf(debit)
                .Where(bill => bill.Open.IsPositive)
                .Select(bill => new AttemptLine(bill.Id, bill.Open)),
        ];
}
