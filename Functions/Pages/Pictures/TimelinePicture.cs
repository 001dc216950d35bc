using Autopay.Application.Finance;

namespace Autopay.Pages.Pictures;

/// <summary>What falls due in one cycle on one day, in one mark.</summary>
/// <param name="State">The one in which the most money is; the most debits where there is none.</param>
/// <param name="Amount">Open in its debits, under a hold what that keeps; of what is done with, collected. Bills that
/// no debit takes are not in it.</param>
/// <param name="JoinsOn">The due date of the debit that takes it; null where it goes alone.</param>
/// <param name="IsHeld">A hold over it keeps it still.</param>
public sealed record TimelineCell(
    CycleName Cycle,
    DateOnly DueDate,
    DebitState? State,
    int Debits,
    int Bills,
    Money Amount,
    Money Collected,
    DateOnly? JoinsOn,
    bool IsHeld,
    IReadOnlyList<StateCount> States
);

/// <summary>A hold or merge over some of the columns.</summary>
public sealed record TimelineSpan(string Reason, DeferralAction Action, int First, int Last);

/// <summary>Cycles by due dates: where each is, what holds are over them, and what joins what.</summary>
/// <param name="Dates">The columns, oldest first.</param>
public sealed record TimelinePicture(
    IReadOnlyList<DateOnly> Dates,
    IReadOnlyList<CycleName> Cycles,
    IReadOnlyList<TimelineCell> Cells,
    IReadOnlyList<TimelineSpan> Spans,
    DateOnly Today
)
{
    /// <summary>More columns nobody can read.</summary>
    public const int MostDates = 10;

    public bool IsEmpty => Cells.Count == 0;

    public TimelineCell? Find(int cycle, DateOnly due) =>
        Cells.FirstOrDefault(cell => cell.Cycle.Cycle == cycle && cell.DueDate == due);

    /// <summary>How many columns are past: today stands behind them.</summary>
    public int PlaceOfToday => Dates.Count(date => date < Today);

    /// <param name="most">So many due dates, those around today.</param>
    public static TimelinePicture Of(DueDateTimeline timeline, IReadOnlyList<CycleName> names, int most = MostDates)
    {
        var dates = Around(timeline, most);
        var shown = timeline.Days.Where(day => dates.Contains(day.DueDate)).ToList();
        return new TimelinePicture(
            dates,
            [.. names.Where(name => shown.Any(day => day.Cycle == name.Cycle))],
            [.. shown.Select(day => CellOf(day, timeline, names))],
            [.. SpansOf(shown, dates)],
            timeline.Today
        );
    }

    private static IReadOnlyList<DateOnly> Around(DueDateTimeline timeline, int most)
    {
        var all = timeline.Days.Select(day => day.DueDate).Distinct().Order().ToList();
        var past = all.Count(date => date < timeline.Today);
        // Rather what has been than what is to come: a hold begins in the past.
        var first = Math.Clamp(past - (most * 2 / 3), 0, Math.Max(0, all.Count - most));
        return [.. all.Skip(first).Take(most)];
    }

    private static TimelineCell CellOf(TimelineDay day, DueDateTimeline timeline, IReadOnlyList<CycleName> names)
    {
        var top = day.States.OrderByDescending(state => state.OpenCents).ThenByDescending(state => state.Debits);
        var state = top.FirstOrDefault()?.State;
        var open = day.Deferrals.Any(IsHolding)
            ? day.States.Where(count => count.State == DebitState.Deferred).Sum(count => count.OpenCents)
            : day.States.Sum(count => count.OpenCents);
        return new TimelineCell(
            names.First(name => name.Cycle == day.Cycle),
            day.DueDate,
            state,
            day.States.Sum(count => count.Debits),
            day.Bills,
            new Money(open == 0 ? day.CollectedCents : open),
            new Money(day.CollectedCents),
            JoinsOn(day, timeline),
            day.Deferrals.Any(IsHolding),
            day.States
        );
    }

    // What is merged goes with the next due date of its cycle that is not merged itself.
    private static DateOnly? JoinsOn(TimelineDay day, DueDateTimeline timeline) =>
        day.OpenCents > 0 && IsMerged(day)
            ? timeline
                .Days.Where(other => other.Cycle == day.Cycle && other.DueDate > day.DueDate && !IsMerged(other))
                .Select(other => (DateOnly?)other.DueDate)
                .FirstOrDefault()
            : null;

    private static bool IsMerged(TimelineDay day) =>
        day.Deferrals.Any(deferral => deferral.Action == DeferralAction.Merge);

    private static bool IsHolding(DeferralOfDay deferral) =>
        deferral is { Action: DeferralAction.Hold, IsCleared: false };

    private static IEnumerable<TimelineSpan> SpansOf(IReadOnlyList<TimelineDay> days, IReadOnlyList<DateOnly> dates) =>
        from day in days
        from deferral in day.Deferrals
        group day.DueDate by (deferral.Id, deferral.Reason, deferral.Action) into span
        let columns = span.Select(date => dates.ToList().IndexOf(date)).ToList()
        orderby columns.Min()
        select new TimelineSpan(span.Key.Reason, span.Key.Action, columns.Min(), columns.Max());
}
