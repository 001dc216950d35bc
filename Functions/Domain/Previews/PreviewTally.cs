namespace Autopay.Domain.Previews;

/// <summary>
/// Adds up what a change of the controls would do: each account is placed under the controls as they are and as they
/// would be, and nothing of it is saved. Where only sums are at hand, every debit of a day is taken to be an ordinary
/// one.
/// </summary>
/// <param name="before">The controls as they are.</param>
/// <param name="after">The controls with the change.</param>
public sealed class PreviewTally(ControlChange change, Controls before, Controls after, CityCalendar city, Moment now)
{
    private readonly ChangeSubject subject = ChangeSubject.Of(change, before, after);
    private readonly Dictionary<(CycleNumber Cycle, DateOnly DueDate), DebitCount> days = [];
    private DebitCount moved;
    private DebitCount alreadyHeld;
    private DebitCount inFlight;
    private DateTimeOffset? firstDue;
    private int accounts;
    private bool tookSums;

    public ChangePreview Preview =>
        new(
            moved,
            tookSums ? null : accounts,
            [
                .. days.OrderBy(day => day.Key.DueDate)
                    .ThenBy(day => day.Key.Cycle)
                    .Select(day => new PreviewDay(day.Key.Cycle, day.Key.DueDate, day.Value.Debits, day.Value.Cents)),
            ],
            alreadyHeld,
            inFlight,
            firstDue
        );

    public void Add(AccountLedger ledger)
    {
        if (ledger.Enrolment is null || !ledger.Debits.Any(debit => subject.IsAbout(ledger, debit)))
        {
            return;
        }

        foreach (var debit in ledger.Debits.Where(debit => debit.IsCharging && subject.IsAbout(ledger, debit)))
        {
            inFlight += new DebitCount(1, debit.Living.Amount.Cents);
        }

        var (was, next) = (Placed(ledger, before), Placed(ledger, after));
        var movedBefore = moved.Debits;
        foreach (var debit in ledger.Debits.Where(debit => debit.IsUnsent || debit.State == DebitState.Merged))
        {
            Compare(debit.Id, was, next);
        }

        accounts += moved.Debits > movedBefore ? 1 : 0;
    }

    /// <summary>The sums of a bucket that is not looked at account by account.</summary>
    public void Add(CycleSum sum)
    {
        tookSums = true;
        foreach (var day in sum.DueDates.Where(day => subject.IsAbout(sum.Cycle, day.DueDate)))
        {
            var was = DayCover.Of(before, sum.Cycle, day.DueDate);
            var next = DayCover.Of(after, sum.Cycle, day.DueDate);
            foreach (var count in day.States)
            {
                Add(sum.Cycle, day.DueDate, count, was, next);
            }
        }
    }

    private void Add(CycleNumber cycle, DateOnly dueDate, StateCount count, DayCover was, DayCover next)
    {
        var debits = new DebitCount(count.Debits, count.OpenCents);
        if (was.Moves(count.State, next))
        {
            moved += debits;
            AddDay((cycle, dueDate), debits);
            var loose = next is { Held: false, Merged: false };
            NoteDue(
                count.State is DebitState.Scheduled ? LeavesAt(dueDate, before)
                : loose && !(was.Held && after.Policies.ReleaseApproval) ? LeavesAt(dueDate, after)
                : null
            );
        }
        else if (count.State == DebitState.Deferred)
        {
            alreadyHeld += debits;
        }
        else if (count.State is DebitState.Charging or DebitState.Unknown or DebitState.Submitted)
        {
            inFlight += debits;
        }
    }

    private void Compare(DebitId id, AccountLedger was, AccountLedger next)
    {
        if (was.FindDebit(id) is not { } from || next.FindDebit(id) is not { } to)
        {
            return;
        }

        if (from.State != to.State)
        {
            // What is inside another debit has its bills there.
            var (ledger, debit) = from.State == DebitState.Merged ? (next, to) : (was, from);
            moved += new DebitCount(1, ledger.OpenOn(debit).Cents);
            foreach (var day in ledger.BillsOf(debit).GroupBy(bill => (bill.Cycle, bill.DueDate)))
            {
                AddDay(day.Key, new DebitCount(1, day.Sum(bill => bill.Open).Cents));
            }

            NoteDue(LeavesAt(from, was, before) ?? LeavesAt(to, next, after));
        }
        else if (from.State == DebitState.Deferred && subject.IsAbout(was, from))
        {
            alreadyHeld += new DebitCount(1, was.OpenOn(from).Cents);
        }
    }

    // Halted, an evaluate places the debits and charges none.
    private AccountLedger Placed(AccountLedger ledger, Controls controls) =>
        LedgerDecider
            .Decide(new Evaluate(now), ledger, controls with { Halt = new Halt("Preview", "autopay", now.Utc) })
            .Aggregate(ledger, (state, happened) => state.Apply(happened));

    private DateTimeOffset? LeavesAt(Debit debit, AccountLedger ledger, Controls controls) =>
        debit.State is DebitState.Scheduled or DebitState.RetryScheduled
        && ledger.OpenOn(debit) >= controls.Policies.MinimumCharge
        && Releasing.WhyNot(ledger, debit, controls) is null
        && Reviewing.FindingsOn(ledger, debit, controls.Policies).Count == 0
            ? LeavesAt(debit.RetryOn ?? debit.DueDate, controls)
            : null;

    // R10, as the due-date run would meet it.
    private DateTimeOffset? LeavesAt(DateOnly day, Controls controls)
    {
        var runAt = controls.Policies.DueDateRunAt;
        return controls.WhyNothingIsCharged is not null ? null
            : !DueDebits.RunIsPast(day, now, controls.Policies) ? city.ToUtc(BankingCalendar.RollForward(day), runAt)
            : BankingCalendar.IsBankingDay(now.Today) ? now.Utc
            : city.ToUtc(BankingCalendar.RollForward(now.Today), runAt);
    }

    private void AddDay((CycleNumber Cycle, DateOnly DueDate) day, DebitCount debits) =>
        days[day] = days.GetValueOrDefault(day) + debits;

    private void NoteDue(DateTimeOffset? at) => firstDue = firstDue is { } first && !(at < first) ? first : at;
}
