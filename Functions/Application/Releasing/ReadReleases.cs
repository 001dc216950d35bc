using Autopay.Application.Ports.Books;

namespace Autopay.Application.Releasing;

/// <summary>Where a release is on its way.</summary>
public enum ReleaseStep
{
    Planning,

    /// <summary>Made, and not sealed: look at it.</summary>
    Draft,

    /// <summary>It waits for another person.</summary>
    Sealed,

    Rejected,

    /// <summary>Nobody approved it within a day, or another plan took its place.</summary>
    Expired,

    /// <summary>Approved: it goes out.</summary>
    Running,

    /// <summary>The first debits are gone, and a person says whether the rest goes.</summary>
    WaitsForGo,

    Stopped,

    /// <summary>Nothing of it is left to go.</summary>
    Done,

    /// <summary>Its time is over before all of it could go.</summary>
    Ended,
}

/// <summary>A release as it is shown.</summary>
/// <param name="Progress">Null until it is approved.</param>
/// <param name="Approval">What another person approves; null while nothing waits.</param>
public sealed record ReleaseView(
    ReleasePlan Plan,
    ReleaseStep Step,
    Approval? Approval,
    Release? Approved,
    ReleaseProgress? Progress,
    DateTimeOffset? ExpiresAt
)
{
    /// <summary>How much of the plan is made, in buckets; null once it is.</summary>
    public int? BucketsPlanned { get; init; }

    /// <summary>Since when nothing has gone of what may go now, UTC; null while it goes, or nothing may.</summary>
    public DateTimeOffset? StillSince { get; init; }

    /// <summary>How far it is, without its plan.</summary>
    public ReleasePace Pace => new(Step, Approved, Progress, StillSince) { BucketsPlanned = BucketsPlanned };
}

/// <summary>How far a release is: what changes from one look to the next.</summary>
/// <inheritdoc cref="ReleaseView"/>
public sealed record ReleasePace(
    ReleaseStep Step,
    Release? Approved,
    ReleaseProgress? Progress,
    DateTimeOffset? StillSince
)
{
    /// <inheritdoc cref="ReleaseView.BucketsPlanned"/>
    public int? BucketsPlanned { get; init; }
}

/// <summary>A planned debit in a list.</summary>
/// <param name="Next">The debit behind which the next page begins; null on the last one.</param>
public sealed record LinesPage(IReadOnlyList<PlanLine> Lines, int Total, Money TotalCents, string? Next);

public enum LineOrder
{
    Account,

    /// <summary>The largest first.</summary>
    Amount,
}

/// <summary>Plans and releases, and how far they are: from a row a bucket, whatever the city's size.</summary>
public sealed class ReadReleases(IReleaseStore store, IControlsStore controlsStore, CityClock clock)
{
    private const int MostListed = 200;

    /// <summary>A release that goes moves within this time, when it is not larger than the next number.</summary>
    private static readonly TimeSpan Still = TimeSpan.FromMinutes(2);

    /// <summary>A bucket's row is written when its walk is over: of more debits walks take longer than that.</summary>
    private const int MostWatched = 1_000;

    public async Task<ReleaseView?> FindAsync(string id, CancellationToken cancel) =>
        await FindAsync(id, (await controlsStore.LoadAsync(cancel)).Controls, cancel);

    /// <summary>The same, by the controls that a page was made of already.</summary>
    public async Task<ReleaseView?> FindAsync(string id, Controls controls, CancellationToken cancel) =>
        await store.FindAsync(id, cancel) is { } entry ? await ViewAsync(entry.Plan, controls, cancel) : null;

    /// <summary>For whoever looks again and again: of one that is approved a single request, for its buckets.</summary>
    public async Task<ReleasePace?> FollowAsync(string id, Controls controls, CancellationToken cancel) =>
        controls.FindRelease(id) is { } release
            ? await PaceAsync(release, controls, cancel)
            : (await FindAsync(id, controls, cancel))?.Pace;

    /// <summary>Before a word on a release: whatever else has its name is not decided as one.</summary>
    /// <exception cref="RefusedException">The request of that name is for something else.</exception>
    public async Task RefuseOtherActAsync(string id, CancellationToken cancel)
    {
        var approvals = (await controlsStore.LoadAsync(cancel)).Controls.Approvals;
        if (approvals.FirstOrDefault(it => it.Id == id) is { Act: not CycleReleased } other)
        {
            throw new RefusedException($"{id} is no release: {other.Shown} Nothing changed.");
        }
    }

    /// <summary>The newest 200, newest first.</summary>
    public async Task<IReadOnlyList<ReleaseView>> ListAsync(
        CycleNumber? cycle,
        Controls controls,
        CancellationToken cancel
    )
    {
        List<ReleaseView> views = [];
        await foreach (var plan in store.ReadNewestAsync(cancel).Take(MostListed).WithCancellation(cancel))
        {
            if (cycle is null || plan.Cycle == cycle)
            {
                views.Add(await ViewAsync(plan, controls, cancel));
            }
        }

        return views;
    }

    /// <param name="page">Behind which plan it begins, and how many.</param>
    /// <returns>The newest first, and behind which plan the next page begins; null on the last one.</returns>
    public async Task<(IReadOnlyList<ReleaseView> Views, string? Next)> ListAsync(
        (CycleNumber? Cycle, ReleaseStep? Step) filter,
        (string? After, int Limit) page,
        CancellationToken cancel
    )
    {
        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        List<ReleaseView> views = [];
        var plans = store
            .ReadNewestAsync(cancel)
            .SkipWhile(plan => page.After is not null && plan.Id != page.After)
            .Where(plan => plan.Id != page.After && plan.Cycle == (filter.Cycle ?? plan.Cycle));
        await foreach (var plan in plans.WithCancellation(cancel))
        {
            var view = await ViewAsync(plan, controls, cancel);
            if (view.Step != (filter.Step ?? view.Step))
            {
                continue;
            }

            if (views.Count == page.Limit)
            {
                return (views, views[^1].Plan.Id);
            }

            views.Add(view);
        }

        return (views, null);
    }

    /// <summary>The newest plan of each cycle, among the newest 200.</summary>
    public async Task<IReadOnlyDictionary<CycleNumber, ReleaseView>> NewestOfCyclesAsync(
        Controls controls,
        CancellationToken cancel
    )
    {
        Dictionary<CycleNumber, ReleaseView> newest = [];
        await foreach (var plan in store.ReadNewestAsync(cancel).Take(MostListed).WithCancellation(cancel))
        {
            if (!newest.ContainsKey(plan.Cycle))
            {
                newest[plan.Cycle] = await ViewAsync(plan, controls, cancel);
            }
        }

        return newest;
    }

    /// <summary>Those that are approved and not over: what a halt stops.</summary>
    public async Task<IReadOnlyList<ReleaseView>> UnderWayAsync(Controls controls, CancellationToken cancel)
    {
        var times = TimesOf(controls);
        List<ReleaseView> views = [];
        foreach (var release in controls.Releases.Where(it => it.IsLive && times.Now.Utc < it.ExpiresAt(times)))
        {
            if (await store.FindAsync(release.Id, cancel) is { } entry)
            {
                views.Add(await ViewAsync(entry.Plan, controls, cancel));
            }
        }

        return views;
    }

    /// <summary>The plan's lines as a page shows them first: a row a bucket, and none of the lines.</summary>
    public async Task<PlanSketch> ReadSketchAsync(string id, CancellationToken cancel)
    {
        var sum = new PlanSketch();
        await foreach (var bucket in store.ReadSketchesAsync(id, cancel))
        {
            sum += bucket;
        }

        return sum;
    }

    /// <param name="after">The last debit of the page before.</param>
    /// <returns>Null when there is no such plan, or no such debit in it.</returns>
    public async Task<LinesPage?> ReadLinesAsync(
        string id,
        (PlanOutcome? Outcome, PlanFlag? Flag, LineState? State) filter,
        LineOrder order,
        (string? After, int? Limit) page,
        CancellationToken cancel
    )
    {
        if (await store.FindAsync(id, cancel) is not { } entry)
        {
            return null;
        }

        var all = await store
            .ReadLinesAsync(id, cancel)
            .SelectMany(bucket => bucket.Lines.ToAsyncEnumerable())
            .Where(line => line.Outcome == (filter.Outcome ?? line.Outcome))
            .Where(line => filter.Flag is not { } flag || line.Flags.Contains(flag))
            .Where(line => line.State == (filter.State ?? line.State))
            .ToListAsync(cancel);
        List<PlanLine> sorted =
        [
            .. order == LineOrder.Amount
                ? all.OrderByDescending(line => line.Open).ThenBy(line => line.Debit.Account).ThenBy(line => line.Debit)
                : all.OrderBy(line => line.Debit.Account).ThenBy(line => line.Debit),
        ];
        var from = page.After is null ? 0 : sorted.FindIndex(line => line.Debit.Value == page.After) + 1;
        if (page.After is not null && from == 0)
        {
            return null;
        }

        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        var (release, times) = (ReleaseOf(entry.Plan, controls), TimesOf(controls));
        var lines = sorted
            .Skip(from)
            .Take(page.Limit ?? int.MaxValue)
            .Select(line => line with { LeavesOn = Release.LeavingDay(line, release, times) })
            .ToList();
        var next = from + lines.Count < sorted.Count ? lines[^1].Debit.Value : null;
        return new LinesPage(lines, sorted.Count, sorted.Sum(line => line.Open), next);
    }

    // A sealed plan that waits for its approval is told as if it were given now.
    private Release? ReleaseOf(ReleasePlan plan, Controls controls) =>
        controls.FindRelease(plan.Id)
        ?? (plan is { Terms: { } terms, Sealed: { } by } ? new Release(terms, by with { At = clock.Now.Utc }) : null);

    private ReleaseTimes TimesOf(Controls controls) => new(clock.City, clock.Now, controls.Policies.DueDateRunAt);

    private async Task<ReleaseView> ViewAsync(ReleasePlan plan, Controls controls, CancellationToken cancel)
    {
        if (plan.State == PlanState.Planning)
        {
            var planned = await store.ReadProgressAsync(plan.Id, cancel).CountAsync(cancel);
            return new ReleaseView(plan, ReleaseStep.Planning, null, null, null, null) { BucketsPlanned = planned };
        }

        if (controls.FindRelease(plan.Id) is not { } release)
        {
            var approval = controls.Approvals.LastOrDefault(it => it.Id == plan.Id && it.Act is CycleReleased);
            return new ReleaseView(plan, StepOf(plan, approval), approval, null, null, approval?.ExpiresAt);
        }

        var pace = await PaceAsync(release, controls, cancel);
        return new ReleaseView(plan, pace.Step, null, release, pace.Progress, release.ExpiresAt(TimesOf(controls)))
        {
            StillSince = pace.StillSince,
        };
    }

    private async Task<ReleasePace> PaceAsync(Release release, Controls controls, CancellationToken cancel)
    {
        var times = TimesOf(controls);
        var progress = await ReadProgressAsync(release, cancel);
        return new ReleasePace(
            StepOf(release, progress, release.OpenWave(times)),
            release,
            progress,
            controls.IsHalted ? null : StillSince(release, progress, times)
        );
    }

    // While a later wave waits for its day nobody can tell by the sums whether something should go now.
    private DateTimeOffset? StillSince(Release release, ReleaseProgress progress, ReleaseTimes times)
    {
        var now = times.Now;
        var open = release.OpenWave(times);
        if (
            StepOf(release, progress, open) != ReleaseStep.Running
            || open < 0
            || release.Terms.Debits > MostWatched
            || release.NextOpening(times) is not null
            || !BankingCalendar.IsBankingDay(now.Today)
        )
        {
            return null;
        }

        DateTimeOffset?[] steps = [progress.MovedAt, release.OpensAt, release.Gone?.At];
        return steps.Max() is { } since && since + Still <= now.Utc ? since : null;
    }

    private async Task<ReleaseProgress> ReadProgressAsync(Release release, CancellationToken cancel)
    {
        var sum = new ReleaseProgress();
        await foreach (var bucket in store.ReadProgressAsync(release.Id, cancel))
        {
            sum += bucket;
        }

        return release.IsLive ? sum : sum with { Stopped = sum.Stopped + sum.ToGo, ToGo = default };
    }

    private ReleaseStep StepOf(ReleasePlan plan, Approval? approval) =>
        plan.State == PlanState.Draft ? ReleaseStep.Draft
        : approval is { IsRejected: true } ? ReleaseStep.Rejected
        : approval is { Decided: null } && !approval.IsExpired(clock.Now.Utc) ? ReleaseStep.Sealed
        : ReleaseStep.Expired;

    private ReleaseStep StepOf(Release release, ReleaseProgress progress, int openWave) =>
        !release.IsLive ? ReleaseStep.Stopped
        : progress.ToGo.Debits == 0 ? ReleaseStep.Done
        : openWave < 0 && clock.Now.Utc >= release.Terms.StartAt ? ReleaseStep.Ended
        : openWave == 0
        && release is { Terms: { GoOn: null, First: > 0 }, GoneOn: null }
        && progress.ToGo.Debits <= release.Terms.Debits - release.Terms.First
            ? ReleaseStep.WaitsForGo
        : ReleaseStep.Running;
}
