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

        var (was, next) = (Placing.Under(before, ledger, now), Placing.Under(after, ledger, now));
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
                count.State is DebitState.Scheduled ? Departure.At(dueDate, before, city, now)
                : loose && !(was.Held && after.Policies.ReleaseApproval) ? Departure.At(dueDate, after, city, now)
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

            NoteDue(Departure.Of(from, was, before, city, now) ?? Departure.Of(to, next, after, city, now));
        }
        else if (from.State == DebitState.Deferred && subject.IsAbout(was, from))
        {
            alreadyHeld += new DebitCount(1, was.OpenOn(from).Cents);
        }
    }

    private void AddDay((CycleNumber Cycle, DateOnly DueDate) day, DebitCount debits) =>
        days[day] = days.GetValueOrDefault(day) + debits;

    private void NoteDue(DateTimeOffset? at) => firstDue = firstDue is { } first && !(at < first) ? first : at;
}
