namespace Autopay.Domain.Deciding.Charges;

/// <summary>What customers have to be told, and that they were (R44). Runs after every command.</summary>
internal static class Noticing
{
    /// <summary>What it takes to get another card into the system, where the city's reminders come later.</summary>
    private const int CardWarningDays = 10;

    /// <summary>Why the debit waits for its notice; null where it is told, or the city does not let it wait.</summary>
    public static string? WhyNot(AccountLedger ledger, Debit debit, Controls controls, DateOnly day) =>
        controls.Policies.NoticeClock == NoticeClockMode.Enforce
            ? NoticeClock.WhyNot(ledger, debit, controls, ledger.OpenOn(debit), day)
            : null;

    /// <summary>What is said with a charge that does not wait; empty where nothing is to be said.</summary>
    public static string WarningOf(AccountLedger ledger, Debit debit, Controls controls, DateOnly day) =>
        controls.Policies.NoticeClock == NoticeClockMode.Warn
        && NoticeClock.WhyNot(ledger, debit, controls, ledger.OpenOn(debit), day) is { } why
            ? $", without notice ({why})"
            : "";

    /// <summary>Whether its notice alone stands between the debit and the bank.</summary>
    public static bool Waits(AccountLedger ledger, Debit debit, Controls controls, DateOnly today) =>
        controls is { WhyNothingIsCharged: null, Policies.NoticeClock: NoticeClockMode.Enforce }
        && IsOnItsWay(ledger, debit, controls)
        && WhyNot(ledger, debit, controls, NextDay(debit, today)) is not null;

    /// <summary>
    /// What the customer has not been told for long enough before the day on which the debit would leave; null when
    /// nothing is missing. In <c>warn</c> it is only said.
    /// </summary>
    public static string? WhatIsMissing(AccountLedger ledger, Debit debit, Controls controls, DateOnly today) =>
        NoticeClock.WhyNot(ledger, debit, controls, ledger.OpenOn(debit), NextDay(debit, today));

    /// <summary>Why a debit that is let go leaves later, in words: its earliest day, or that nobody has been told; null
    /// where no notice stands in the way.</summary>
    public static string? WhyLater(AccountLedger ledger, Debit debit, Controls controls, DateOnly today) =>
        WhyNot(ledger, debit, controls, NextDay(debit, today)) is not { } why ? null
        : NoticeClock.EarliestDay(ledger, debit, controls, today) is { } day ? $"not before {day:yyyy-MM-dd}: {why}"
        : $"waits for its notice: {why}";

    // What a hold, a release or a person keeps back is not told of yet: its day and its amount are not known.
    internal static bool IsOnItsWay(AccountLedger ledger, Debit debit, Controls controls) =>
        debit.State == DebitState.Scheduled
        && ledger.OpenOn(debit) >= controls.Policies.MinimumCharge
        && Releasing.WhyNot(ledger, debit, controls) is null
        && Reviewing.ChecksOn(ledger, debit, controls.Policies).Count == 0;

    /// <summary>Asks for the notices that are missing, and drops those that have nothing to tell any more.</summary>
    public static void Ask(Draft draft)
    {
        foreach (var debit in draft.Ledger.Debits.ToList())
        {
            DropWhatIsOver(draft, debit);
            AskForChange(draft, debit);
            AskForCourtesies(draft, debit);
        }
    }

    private static void DropWhatIsOver(Draft draft, Debit debit)
    {
        foreach (var notice in debit.Notices.Where(notice => notice.IsWaiting))
        {
            if (NoticeContent.Of(draft.Ledger, debit, notice.Kind, draft.Controls, draft.Today) is null)
            {
                draft.Emit(new NoticeDropped(debit.Id, notice.Number, "There is nothing to tell any more"));
            }
        }
    }

    private static void AskForChange(Draft draft, Debit debit)
    {
        if (
            Waits(draft.Ledger, debit, draft.Controls, draft.Today)
            && NoticeClock.EarliestDay(draft.Ledger, debit, draft.Controls, draft.Today) is null
            && !debit.Notices.Any(notice => IsToldForLater(notice, draft.Ledger.OpenOn(debit), draft.Today))
        )
        {
            var why = WhyNot(draft.Ledger, debit, draft.Controls, NextDay(debit, draft.Today));
            AskFor(draft, debit, NoticeKind.Change, $"It waits: {why}");
        }
    }

    // However far away the day is that it named: nobody is told the same twice.
    private static bool IsToldForLater(Notice notice, Money open, DateOnly today) =>
        notice is { Kind: NoticeKind.Change, State: NoticeState.Sent, Amount: { } told, Day: { } day }
        && open <= told
        && day >= today;

    // By e-mail only, where the city sends them and the customer wants them.
    private static void AskForCourtesies(Draft draft, Debit debit)
    {
        if (draft.Ledger.Enrolment is not { Email.Length: > 0 })
        {
            return;
        }

        if (RemindOn(draft.Ledger, debit, draft.Controls, draft.Today) <= draft.Today)
        {
            AskFor(draft, debit, NoticeKind.Reminder, "It leaves in a few days");
        }

        if (WarnOfCardOn(draft.Ledger, debit, draft.Controls, draft.Today) <= draft.Today)
        {
            AskFor(draft, debit, NoticeKind.CardExpires, "The card expires before it leaves");
        }

        if (Tells(draft, NoticeKind.Collected, draft.Policies.TellCollected) && IsCollectedOn(debit, draft.Today))
        {
            AskFor(draft, debit, NoticeKind.Collected, "It was collected");
        }

        if (
            Tells(draft, NoticeKind.NotCollected, draft.Policies.TellNotCollected)
            && IsRefusedOn(debit, draft.Today)
            && NoticeContent.Of(draft.Ledger, debit, NoticeKind.NotCollected, draft.Controls, draft.Today) is not null
        )
        {
            AskFor(draft, debit, NoticeKind.NotCollected, "It was not collected");
        }
    }

    /// <summary>
    /// The civil day from which a reminder is asked for; null when none is, was, or can be in time any more.
    /// </summary>
    public static DateOnly? RemindOn(AccountLedger ledger, Debit debit, Controls controls, DateOnly today) =>
        controls is { Policies.RemindDaysBefore: > 0 and var days }
        && IsWantedBefore(ledger, debit, NoticeKind.Reminder, controls)
            ? LeavesAfter(ledger, debit, controls, today)?.AddDays(-days)
            : null;

    /// <summary>
    /// The civil day from which it is asked for a notice that the card expires before the debit's day; null when none
    /// is, was, or can be in time any more.
    /// </summary>
    public static DateOnly? WarnOfCardOn(AccountLedger ledger, Debit debit, Controls controls, DateOnly today) =>
        controls.Policies.TellCardExpires
        && ledger.Enrolment?.CardExpires is { } lastDay
        && IsWantedBefore(ledger, debit, NoticeKind.CardExpires, controls)
        && LeavesAfter(ledger, debit, controls, today) is { } day
        && lastDay < day
            ? day.AddDays(-Math.Max(controls.Policies.RemindDaysBefore, CardWarningDays))
            : null;

    /// <summary>The banking day after today on which the debit is to leave, where nothing but its day keeps it: where
    /// its notice does, the first lawful one, and none while nobody has been told (R44).</summary>
    internal static DateOnly? LeavesAfter(AccountLedger ledger, Debit debit, Controls controls, DateOnly today) =>
        IsOnItsWay(ledger, debit, controls)
        && (
            controls.Policies.NoticeClock == NoticeClockMode.Enforce
                ? NoticeClock.EarliestDay(ledger, debit, controls, today)
                : DueDebits.DayOf(debit)
        )
            is { } day
        && day > today
            ? day
            : null;

    private static bool IsWantedBefore(AccountLedger ledger, Debit debit, NoticeKind kind, Controls controls) =>
        controls.WhyNothingIsCharged is null
        && ledger.Enrolment is { Email.Length: > 0 }
        && !ledger.DeclinedNotices.Contains(kind)
        && debit.Notices.All(notice => notice.Kind != kind || notice.State == NoticeState.Dropped);

    private static bool Tells(Draft draft, NoticeKind kind, bool sends) =>
        sends && !draft.Ledger.DeclinedNotices.Contains(kind);

    private static bool IsCollectedOn(Debit debit, DateOnly day) =>
        debit.State == DebitState.Collected
        && debit.ClosedOn == day
        && debit.Notices.All(notice => notice.Kind != NoticeKind.Collected);

    // One a "no": a retry that the bank refuses too is told of again, and so is what it returned after its yes (R20).
    private static bool IsRefusedOn(Debit debit, DateOnly day) =>
        (debit.BankReturn?.On ?? RefusedOn(debit)) == day
        && debit.Notices.Count(notice => notice.Kind == NoticeKind.NotCollected)
            < debit.Attempts.Count(attempt => attempt.Phase == AttemptPhase.Refused)
                + (debit.BankReturn is null ? 0 : 1);

    private static DateOnly? RefusedOn(Debit debit) =>
        debit.LastAttempt is { Phase: AttemptPhase.Refused, AnsweredOn: { } answered } ? answered : null;

    /// <summary>Once: what waits to be sent already is not asked for again.</summary>
    private static void AskFor(Draft draft, Debit debit, NoticeKind kind, string why)
    {
        if (!debit.Notices.Any(notice => notice.Kind == kind && notice.IsWaiting))
        {
            draft.Emit(new NoticeAsked(debit.Id, kind, draft.Today, why));
        }
    }

    /// <summary>The day on which it would leave if nothing but the clock stood in the way.</summary>
    private static DateOnly NextDay(Debit debit, DateOnly today)
    {
        var own = DueDebits.DayOf(debit);
        return own >= today ? own : BankingCalendar.RollForward(today);
    }

    public static void RecordSent(Draft draft, RecordNoticeSent command)
    {
        if (Find(draft, command.Debit, command.Number) is { State: NoticeState.Waiting } notice)
        {
            draft.Emit(
                new NoticeSent(
                    command.Debit,
                    notice.Number,
                    command.Channel,
                    command.SentOn,
                    command.Amount,
                    command.Day,
                    command.Proof,
                    $"Told by {command.Channel.ToString().ToLowerInvariant()} on {command.SentOn:yyyy-MM-dd}: up to "
                        + $"{command.Amount} from {command.Day:yyyy-MM-dd} on"
                )
            );
        }
    }

    public static void RecordFailed(Draft draft, RecordNoticeFailed command)
    {
        var notice = Find(draft, command.Debit, command.Number);
        if (command.IsBounce && notice is null or { State: NoticeState.Dropped })
        {
            throw new RefusedException(
                notice is null
                    ? $"Debit {command.Debit} has no notice {command.Number}."
                    : $"Notice {notice.Number} of debit {command.Debit} was dropped and never sent: it cannot bounce."
            );
        }

        if (notice is { State: NoticeState.Waiting or NoticeState.Sent })
        {
            draft.Emit(new NoticeFailed(command.Debit, notice.Number, command.Why));
        }
    }

    public static void Drop(Draft draft, DropNotice command)
    {
        if (Find(draft, command.Debit, command.Number) is { State: NoticeState.Waiting } notice)
        {
            draft.Emit(new NoticeDropped(command.Debit, notice.Number, command.Why));
        }
    }

    public static void Decline(Draft draft, DeclineNotices command)
    {
        if (command.Kinds.Contains(NoticeKind.Change))
        {
            throw new RefusedException(
                "A notice of a changed amount or date is the customer's right: it is always sent."
            );
        }

        var kinds = command.Kinds.Distinct().Order().ToList();
        if (!kinds.SequenceEqual(draft.Ledger.DeclinedNotices))
        {
            draft.Emit(new NoticesDeclined(kinds, command.Why));
        }
    }

    private static Notice? Find(Draft draft, DebitId debit, int number) =>
        draft.Ledger.FindDebit(debit)?.Notices.FirstOrDefault(notice => notice.Number == number);
}
