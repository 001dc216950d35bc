using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;
using Autopay.Application.Work;
using Autopay.Pages.Pictures;

namespace Autopay.Pages.Cycles;

/// <summary>What the page of today shows.</summary>
/// <param name="Picture">Null while there is no bill.</param>
/// <param name="Work">Null when it could not be read; the other parts stand.</param>
/// <param name="Upkeep">The same.</param>
/// <param name="AsOf">When the oldest part of the sums was counted, UTC.</param>
public sealed record TodayModel(
    IReadOnlyList<CycleStanding> Cycles,
    TimelinePicture? Picture,
    IReadOnlyList<WorkTotal>? Work,
    Upkeep? Upkeep,
    Controls Controls,
    DateTimeOffset AsOf,
    bool IsCountedNow
)
{
    /// <summary>Totals that the office counted for the cycle; null when that could not be read.</summary>
    public int? CountedOf(int cycle) =>
        Upkeep?.Counted.Count(total => (total.Key.Cycle ?? new CycleNumber(cycle)).Value == cycle);
}

/// <summary>
/// Everything that a morning asks for, from sums: the same number of reads whatever the city's size. A part that cannot
/// be read is left out, and the page says so.
/// </summary>
public sealed class ReadToday(
    ReadCycles cycles,
    ReadReleases releases,
    ReadWork work,
    ReadUpkeep upkeep,
    CityClock clock
)
{
    public async Task<TodayModel> RunAsync(Controls controls, bool isFresh, CancellationToken cancel)
    {
        var sums = await cycles.CountAsync(isFresh, cancel);
        var works = OrNullAsync(token => work.SumAsync(sums, token), cancel);
        var looks = OrNullAsync(upkeep.RunAsync, cancel);
        var plans = await OrNullAsync(token => releases.NewestOfCyclesAsync(controls, token), cancel);
        var views = await cycles.RunAsync(sums, controls, cancel);
        var today = clock.Now.Today;
        return new TodayModel(
            [
                .. views
                    .Select(view => new CycleStanding(
                        view,
                        controls,
                        plans?.GetValueOrDefault(new CycleNumber(view.Cycle)),
                        today
                    ))
                    .OrderBy(standing => standing.Urgency),
            ],
            PictureOf(views, controls, today),
            await works,
            await looks,
            controls,
            views.Count == 0 ? clock.Now.Utc : views.Min(view => view.AsOf),
            views.All(view => view.IsCountedNow)
        );
    }

    private static TimelinePicture? PictureOf(IReadOnlyList<CycleView> views, Controls controls, DateOnly today)
    {
        var days = views
            .SelectMany(view =>
                view.DueDates.Select(day => ReadTimeline.ToDay(new CycleNumber(view.Cycle), day, controls))
            )
            .OrderBy(day => day.DueDate)
            .ThenBy(day => day.Cycle)
            .ToList();
        var timeline = new DueDateTimeline(null, null, today, default, true, controls.Version, days);
        return days.Count == 0
            ? null
            : TimelinePicture.Of(timeline, [.. views.Select(view => new CycleName(view.Cycle, view.Name, view.Area))]);
    }

    // Its own failure is logged by what it asks; the page stands without it.
    private static async Task<T?> OrNullAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await read(cancel);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }
}
