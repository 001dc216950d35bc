using Autopay.Domain.Deciding.Charges;
using Autopay.Domain.Deciding.Holds;

namespace Autopay.Domain.Explanations;

/// <summary>Explains a debit out of what the audit has: ledger, history and controls.</summary>
public static class Explain
{
    /// <param name="city">For the day of an approval.</param>
    /// <returns>Null when the account never had the debit.</returns>
    public static Explanation? Debit(DebitId id, AccountPast past, Controls controls, CityCalendar city, Moment now)
    {
        if (past.Find(id) is not { } debit)
        {
            return null;
        }

        var whole = past.WholeOf(debit);
        var isWhole = whole.Id == id;
        var own = debit.Lines.Select(line => line.Bill).ToHashSet();
        var bills = BillSums.Of(past, whole).Where(sum => isWhole || own.Contains(sum.Bill)).ToList();
        var story = StoryOf(past, debit, controls, now);
        var storyOfWhole = StoryOf(past, whole, controls, now);
        var days = ThisDay.DaysOf(past, whole, storyOfWhole, controls, now);
        var release = ReleaseOf(GrantOf(whole, controls), controls, city);
        var told = ToldFirst.Of(past, whole, controls, days);
        return new Explanation(
            id,
            whole.Id,
            story,
            bills.Sum(sum => sum.Takes),
            bills,
            days,
            told.Of(ThisDay.Why(past, whole, days, release is not null), release, days),
            now.Today
        )
        {
            Outcome = OutcomeOf(whole),
            ByCard = IsByCard(past.Ledger.Enrolment, whole),
            Code = whole.BankReturn?.Code ?? whole.LastAttempt?.Code,
            Reviews = debit.State == DebitState.NeedsReview ? debit.Reviews : [],
            HeldBy = debit.HeldBy,
            TakenOut = TakenOutOf(past, debit),
            Release = release,
            Refunds = isWhole ? [.. whole.Refunds.Where(refund => refund.Counts)] : [],
            Returned = isWhole ? whole.ReturnedCents + whole.Lost : Money.Zero,
            ReturnedOn = whole.BankReturn?.On ?? ReturnedOn(past, id),
            Parts =
            [
                .. SplitParts.Of(past, whole, storyOfWhole == DebitStory.ToCome ? days.On : null, controls.Policies),
            ],
            ToldPublicly = told.Publicly,
            Told = [.. whole.Notices.Where(it => it is { Kind: NoticeKind.Change, State: NoticeState.Sent })],
            PaidTwice = [.. past.Ledger.PaidTwice().Where(twice => twice.Debit == whole.Id)],
        };
    }

    private static DebitStory StoryOf(AccountPast past, Debit debit, Controls controls, Moment now) =>
        debit.State switch
        {
            DebitState.Scheduled or DebitState.RetryScheduled => StoryOfUnsent(past.Ledger, debit, controls, now.Today),
            DebitState.Deferred => debit.HeldBy.Count > 0 ? DebitStory.Held
            : past.Ledger.Suspension is not null ? DebitStory.Suspended
            : DebitStory.NoNextBill,
            DebitState.NeedsReview => DebitStory.InReview,
            DebitState.Merged => IsCarried(past, debit) ? DebitStory.Carried : DebitStory.Merged,
            DebitState.Charging => DebitStory.BeingSent,
            DebitState.Unknown => DebitStory.Unknown,
            DebitState.Submitted => DebitStory.Asked,
            DebitState.Collected => debit.ReturnedCents.IsPositive || debit.Lost.IsPositive
                ? DebitStory.Returned
                : DebitStory.Collected,
            DebitState.Satisfied => DebitStory.Satisfied,
            DebitState.Superseded => DebitStory.Superseded,
            DebitState.Uncollected => DebitStory.NotPaid,
            DebitState.Declined => DebitStory.Declined,
            DebitState.Cancelled => WhyCancelled(past, debit),
            _ => throw new InvalidOperationException($"Debit {debit.Id} is in the unknown state {debit.State}."),
        };

    // Finance may have spoken since the account was evaluated last: what the pre-charge check would say counts.
    private static DebitStory StoryOfUnsent(AccountLedger ledger, Debit debit, Controls controls, DateOnly today)
    {
        var open = ledger.OpenOn(debit);
        return HoldMergeRelease.HoldsOn(ledger, controls, debit).Count > 0 ? DebitStory.Held
            : ledger.Suspension is not null ? DebitStory.Suspended
            : controls.WhyNothingIsCharged is not null ? DebitStory.Halted
            : open.IsZero ? DebitStory.PaidUp
            : open < controls.Policies.MinimumCharge ? DebitStory.TooLittle
            : Releasing.WhyNot(ledger, debit, controls) is not null ? DebitStory.WaitsForRelease
            : debit.RetryOn is not null ? DebitStory.Retry
            : Noticing.Waits(ledger, debit, controls, today)
            && NoticeClock.EarliestDay(ledger, debit, controls, today) is null
                ? DebitStory.WaitsForNotice
            : DebitStory.ToCome;
    }

    // Of a debit that had left the row when it came back the history alone tells.
    private static DateOnly? ReturnedOn(AccountPast past, DebitId id) =>
        past.Of<ReturnReceived>(it => it.Debit == id).Select(it => (DateOnly?)it.On).LastOrDefault();

    private static bool IsCarried(AccountPast past, Debit part) =>
        part.MergedInto is { } into
        && past.Find(into) is { } parent
        && parent.Lines.Any(line => line.Trail.Any(hop => hop.From == part.Id && hop.Deferral is null));

    private static DebitStory WhyCancelled(AccountPast past, Debit debit) =>
        debit.Lines.Count == 0 ? DebitStory.LeftOut
        : past.Of<DebitCancelled>(it => it.Debit == debit.Id && it.AutopayOff).Any() ? DebitStory.AutopayOff
        : DebitStory.Cancelled;

    // Only the means of today are known as a card or not: what was sent by another one before was a bank account.
    private static bool IsByCard(Enrolment? enrolment, Debit debit) =>
        enrolment is { CardExpires: not null, PaymentMethod: var now }
        && (debit.LastAttempt?.PaymentMethod ?? now) == now;

    private static DebitOutcome? OutcomeOf(Debit debit) =>
        debit.State switch
        {
            DebitState.Collected => debit.ReturnedCents.IsPositive || debit.Lost.IsPositive
                ? DebitOutcome.Returned
                : DebitOutcome.Collected,
            DebitState.Uncollected or DebitState.Superseded or DebitState.RetryScheduled => DebitOutcome.Returned,
            DebitState.Declined => DebitOutcome.Declined,
            DebitState.Submitted or DebitState.Unknown => DebitOutcome.Unknown,
            _ => null,
        };

    private static TakenOut[] TakenOutOf(AccountPast past, Debit debit) =>
        [
            .. past.Of<LineRemoved>(removed => removed.Debit == debit.Id && !debit.Names(removed.Bill))
                .Select(it => it.Event.Bill)
                .Distinct()
                .Select(bill => new TakenOut(bill, past.DueDateOf(bill) ?? debit.DueDate)),
        ];

    // What a stopped release let go of an unsent debit is taken back: it waits for another one.
    private static ReleaseGrant? GrantOf(Debit debit, Controls controls) =>
        BillSums.AttemptOf(debit)?.Grant
        ?? debit.LastSubmitted?.Grant
        ?? (debit.Grant is { } grant && (debit.IsTerminal || controls.IsLive(grant.Release)) ? grant : null);

    private static ReleaseSum? ReleaseOf(ReleaseGrant? grant, Controls controls, CityCalendar city) =>
        grant is null || grant.Release == ReleaseGrant.NotAsked ? null
        : controls.FindRelease(grant.Release)?.Approved is { } approved
            ? new ReleaseSum(grant.Release, approved.By, approved.Name, city.At(approved.At).Today)
        : new ReleaseSum(grant.Release, By: null, Name: null, On: null);
}
