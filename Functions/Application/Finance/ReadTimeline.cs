using Autopay.Application.Ports.Books;

namespace Autopay.Application.Finance;

/// <summary>A deferral in force over the bills of one cycle and due date.</summary>
/// <param name="IsCleared">A hold that the cycle's clear has ended: it keeps nothing back any more.</param>
public sealed record DeferralOfDay(
    DeferralId Id,
    DeferralAction Action,
    bool IsCleared,
    string Reason,
    DateOnly? ExpectedClearBy
);

/// <summary>What falls due in one cycle on one day, and what is declared over it.</summary>
public sealed record TimelineDay(
    DateOnly DueDate,
    int Cycle,
    int Bills,
    long OpenCents,
    long CollectedCents,
    IReadOnlyList<StateCount> States,
    IReadOnlyList<DeferralOfDay> Deferrals
);

/// <summary>The due dates of a span, oldest first, then by cycle.</summary>
/// <param name="AsOf">When the oldest part of the sums was counted, UTC.</param>
/// <param name="IsCountedNow">They are of this moment.</param>
/// <param name="Version">Of the controls.</param>
public sealed record DueDateTimeline(
    DateOnly? From,
    DateOnly? To,
    DateOnly Today,
    DateTimeOffset AsOf,
    bool IsCountedNow,
    long Version,
    IReadOnlyList<TimelineDay> Days
);

/// <summary>Cycles by due dates: the same sums as those of the cycles.</summary>
public sealed class ReadTimeline(CountCycles count, IControlsStore controlsStore, CityClock clock)
{
    /// <param name="first">Null: from the first due date that is known; both ends are included.</param>
    public async Task<DueDateTimeline> RunAsync(DateOnly? first, DateOnly? last, bool isFresh, CancellationToken cancel)
    {
        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        var sums = await count.RunAsync(isFresh, cancel);
        var days = sums
            .Cycles.SelectMany(sum => sum.DueDates.Select(day => (sum.Cycle, Day: day)))
            .Where(it => it.Day.DueDate >= (first ?? it.Day.DueDate) && it.Day.DueDate <= (last ?? it.Day.DueDate))
            .OrderBy(it => it.Day.DueDate)
            .ThenBy(it => it.Cycle)
            .Select(it => ToDay(it.Cycle, it.Day, controls));
        return new DueDateTimeline(
            first,
            last,
            clock.Now.Today,
            sums.AsOf,
            sums.IsCountedNow,
            controls.Version,
            [.. days]
        );
    }

    /// <summary>One of them from sums that are read already.</summary>
    public static TimelineDay ToDay(CycleNumber cycle, DueDateSum day, Controls controls) =>
        new(
            day.DueDate,
            cycle.Value,
            day.Bills,
            day.OpenCents,
            day.CollectedCents,
            day.States,
            [.. Over(cycle, day.DueDate, controls)]
        );

    // Of a bill that finance has exempted it says too much; which bills those are only their accounts know (R38).
    private static IEnumerable<DeferralOfDay> Over(CycleNumber cycle, DateOnly dueDate, Controls controls) =>
        controls
            .Deferrals.Where(it => it.IsInForce && it.Cycles.Contains(cycle))
            .Where(it => it.DueFrom <= dueDate && dueDate <= it.DueTo)
            .Select(it => new DeferralOfDay(
                it.Id,
                it.Action,
                it.Action == DeferralAction.Hold && it.ClearedCycles.Contains(cycle),
                it.Reason,
                it.ExpectedClearBy
            ));
}
