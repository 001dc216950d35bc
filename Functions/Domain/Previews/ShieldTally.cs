namespace Autopay.Domain.Previews;

/// <summary>What is open on a day that a shield would be about: whose service might end for it.</summary>
/// <param name="OpenBills">Bills that fell due before that day and are open now; at most so many where sums were
/// taken.</param>
public sealed record ShieldDay(DateOnly Date, int OpenBills, long OpenCents, bool AlreadyShielded);

/// <summary>Counts what is open and past due on each date of a shield, of the bills of its cycles.</summary>
public sealed class ShieldTally
{
    private readonly SortedDictionary<DateOnly, (int Bills, long Cents)> days = [];
    private readonly DisconnectShield shield;
    private readonly Controls controls;

    /// <param name="controls">Without that shield.</param>
    public ShieldTally(DisconnectShield shield, Controls controls)
    {
        (this.shield, this.controls) = (shield, controls);
        foreach (var date in shield.Dates)
        {
            days[date] = default;
        }
    }

    public IReadOnlyList<ShieldDay> Days =>
        [
            .. days.Select(day => new ShieldDay(
                day.Key,
                day.Value.Bills,
                day.Value.Cents,
                controls.Shields.Any(other => Covers(other, day.Key))
            )),
        ];

    public void Add(AccountLedger ledger)
    {
        foreach (var bill in ledger.Bills.Where(bill => bill.Open.IsPositive && shield.IsAbout(bill.Cycle)))
        {
            Add(bill.DueDate, 1, bill.Open.Cents);
        }
    }

    public void Add(CycleSum sum)
    {
        foreach (var day in sum.DueDates.Where(day => day.OpenCents > 0 && shield.IsAbout(sum.Cycle)))
        {
            Add(day.DueDate, day.Bills, day.OpenCents);
        }
    }

    // All of the cycles that this one is about.
    private bool Covers(DisconnectShield other, DateOnly date) =>
        other.IsInForce
        && other.Dates.Contains(date)
        && (other.Cycles.Count == 0 || (shield.Cycles.Count > 0 && shield.Cycles.All(other.IsAbout)));

    private void Add(DateOnly dueDate, int bills, long cents)
    {
        foreach (var date in days.Keys.Where(date => dueDate < date).ToList())
        {
            var (before, open) = days[date];
            days[date] = checked((before + bills, open + cents));
        }
    }
}
