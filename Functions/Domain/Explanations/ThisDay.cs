using Autopay.Domain.Deciding.Charges;

namespace Autopay.Domain.Explanations;

/// <summary>When a debit leaves, and why then.</summary>
internal static class ThisDay
{
    public static DebitDays DaysOf(AccountPast past, Debit debit, DebitStory story, Controls controls, Moment now)
    {
        var (heldFrom, heldTo) = HoldOn(past, debit);
        var submitted = debit.LastSubmitted?.SubmittedOn;
        var isToCome = story is DebitStory.ToCome or DebitStory.Retry;
        return new DebitDays(
            debit.DueDate,
            isToCome ? NextDay(past.Ledger, debit, controls, now) : submitted ?? debit.LivingAttempt?.LockedOn,
            heldFrom,
            heldTo,
            submitted,
            debit.LastSubmitted?.AnsweredOn,
            debit.IsRetry ? debit.RetryOn : null
        );
    }

    /// <param name="isReleased">Two people let it go.</param>
    public static IReadOnlyList<DayReason> Why(AccountPast past, Debit debit, DebitDays days, bool isReleased)
    {
        List<DayReason> why = [DueDateOf(debit.DueDate)];
        AddMerged(why, past, debit);
        if (debit.SplitFrom is not null)
        {
            why.Add(new DayReason(DayReasonKind.Part));
        }

        if (days.HeldFrom is { } from)
        {
            why.Add(new DayReason(DayReasonKind.Held, from, days.HeldTo));
        }

        if (past.Of<DebitApproved>(it => it.Debit == debit.Id).LastOrDefault() is { Event: not null } approved)
        {
            why.Add(new DayReason(DayReasonKind.Reviewed, approved.On));
        }

        if (isReleased)
        {
            why.Add(new DayReason(DayReasonKind.Released));
        }

        if (debit.FailedAttempts > 0 && LastNo(debit) is { } no)
        {
            why.Add(new DayReason(DayReasonKind.Retry, no));
        }

        if (why.Count == 1 && days.On > BankingCalendar.RollForward(debit.DueDate))
        {
            why.Add(new DayReason(DayReasonKind.Later, debit.DueDate, days.On));
        }

        return why;
    }

    // From the first hold to the end of the last one; the history tells both.
    private static (DateOnly? From, DateOnly? To) HoldOn(AccountPast past, Debit debit)
    {
        (DateOnly? From, DateOnly? To) hold = (debit.HeldBy.Count > 0 ? debit.DeferredOn : null, null);
        foreach (var (on, happened) in past.History)
        {
            hold = happened switch
            {
                DebitDeferred { HeldBy.Count: > 0 } it when it.Debit == debit.Id => (hold.From ?? on, null),
                DebitDeferred it when it.Debit == debit.Id => EndedOn(hold, on),
                DebitReleased it when it.Debit == debit.Id => EndedOn(hold, on),
                DebitMerged it when it.Debit == debit.Id => EndedOn(hold, on),
                DebitCancelled it when it.Debit == debit.Id => EndedOn(hold, on),
                _ => hold,
            };
        }

        return hold;
    }

    private static (DateOnly? From, DateOnly? To) EndedOn((DateOnly? From, DateOnly? To) hold, DateOnly on) =>
        (hold.From, hold.From is null ? null : hold.To ?? on);

    private static DayReason DueDateOf(DateOnly due) =>
        BankingCalendar.IsBankingDay(due)
            ? new DayReason(DayReasonKind.DueDate, due)
            : new DayReason(DayReasonKind.BankingDay, due, BankingCalendar.RollForward(due));

    private static void AddMerged(List<DayReason> why, AccountPast past, Debit debit)
    {
        List<DateOnly> joined =
        [
            .. debit
                .Lines.Where(line => line.Trail.Count > 0)
                .Select(line => past.DueDateOf(line.Bill))
                .OfType<DateOnly>()
                .Distinct()
                .Order(),
        ];
        if (joined.Count > 0)
        {
            why.Add(new DayReason(DayReasonKind.Merged) { Bills = joined });
        }
    }

    // Of a retry that was sent the "no" before it.
    private static DateOnly? LastNo(Debit debit) =>
        debit
            .Attempts.Where(attempt => attempt.Phase == AttemptPhase.Refused && attempt.Number < NumberOfThis(debit))
            .Select(attempt => attempt.AnsweredOn)
            .LastOrDefault();

    private static int NumberOfThis(Debit debit) =>
        debit.IsRetry ? int.MaxValue : BillSums.AttemptOf(debit)?.Number ?? int.MaxValue;

    // Where the customer has to be told first, the first day after that (R44).
    private static DateOnly NextDay(AccountLedger ledger, Debit debit, Controls controls, Moment now)
    {
        var own = DueDebits.DayOf(debit);
        var day = own >= now.Today ? own : BankingCalendar.RollForward(now.Today);
        return Noticing.Waits(ledger, debit, controls, now.Today)
            ? NoticeClock.EarliestDay(ledger, debit, controls, now.Today) ?? day
            : day;
    }
}
