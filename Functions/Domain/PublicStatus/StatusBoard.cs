namespace Autopay.Domain.PublicStatus;

/// <summary>The public status, out of the controls alone.</summary>
public static class StatusBoard
{
    private static readonly TimeOnly UpdatedBy = new(10, 0);

    /// <param name="known">The city's cycles, as its settings have them; those that a deferral or a protection names
    /// come beside them.</param>
    public static CityStatus Of(Controls controls, IEnumerable<CycleNumber> known, CityCalendar city, Moment now) =>
        new(
            controls.WhyNothingIsCharged is not null,
            [
                .. known
                    .Concat(controls.Deferrals.SelectMany(deferral => deferral.Cycles))
                    .Concat(controls.Waivers.Where(it => it.IsInForce).SelectMany(waiver => waiver.Cycles))
                    .Concat(controls.Shields.Where(it => it.IsInForce).SelectMany(shield => shield.Cycles))
                    .Distinct()
                    .Order()
                    .Select(cycle => StatusOf(controls, cycle, city, now)),
            ],
            controls.PublicNote,
            controls.ChargedTwice,
            now.Utc,
            city.ToUtc(BankingCalendar.AddBankingDays(now.Today, 1), UpdatedBy)
        );

    private static CycleStatus StatusOf(Controls controls, CycleNumber cycle, CityCalendar city, Moment now)
    {
        var open = controls.OpenHoldsOf(cycle).ToList();
        var merges = controls.MergesOf(cycle, now.Today).ToList();
        var (next, date) = NextOf(controls, cycle, city, now);
        return new CycleStatus(
            cycle,
            open.Count > 0,
            [
                .. open.Concat(merges)
                    .Select(it => new StatusWindow(it.Action, it.DueFrom, it.DueTo))
                    .Distinct()
                    .OrderBy(window => window.DueFrom),
            ],
            next,
            date,
            open.Max(hold => hold.ExpectedClearBy) is { } by && by >= now.Today ? by : null,
            [.. controls.WaivedDueDatesOf(cycle, now.Today)],
            [.. controls.ShieldedDaysOf(cycle).Where(day => day >= now.Today).Distinct().Order()]
        );
    }

    private static (WhatNext Next, DateOnly? Date) NextOf(
        Controls controls,
        CycleNumber cycle,
        CityCalendar city,
        Moment now
    )
    {
        if (controls.WhyNothingIsCharged is not null)
        {
            return (WhatNext.Halted, null);
        }

        if (controls.OpenHoldsOf(cycle).Any())
        {
            return (WhatNext.AfterBacklogClears, null);
        }

        var afterClear = controls.ClearedHoldsOf(cycle).ToList() is { Count: > 0 } cleared
            ? AfterClear(controls, cleared, cycle, city, now)
            : (WhatNext.Normal, null);
        return afterClear.Next == WhatNext.Normal && controls.MergesOf(cycle, now.Today).Any()
            ? (WhatNext.WithNextBill, null)
            : afterClear;
    }

    private static (WhatNext Next, DateOnly? Date) AfterClear(
        Controls controls,
        List<Deferral> cleared,
        CycleNumber cycle,
        CityCalendar city,
        Moment now
    )
    {
        if (controls.ClearedAt(cycle) is not { } at)
        {
            return (WhatNext.Normal, null);
        }

        var clearedOn = city.At(at).Today;
        if (!controls.Policies.ReleaseApproval)
        {
            var day = FirstDayOf(controls, cycle, cleared, clearedOn);
            return day >= now.Today ? (WhatNext.BeingTaken, day) : (WhatNext.Normal, null);
        }

        var releases = controls.Releases.Where(it => it.Terms.Cycle == cycle && it.Terms.ClearedAt == at).ToList();
        return releases.LastOrDefault() switch
        {
            { IsLive: true } release => now.Utc
            > release.ExpiresAt(new ReleaseTimes(city, now, controls.Policies.DueDateRunAt))
                ? (WhatNext.Normal, null)
                : (WhatNext.BeingTaken, FirstDayOf(controls, cycle, cleared, city.At(FirstOf(releases)).Today)),
            // What is never released because everything was paid is nothing to wait for.
            _ => clearedOn.AddDays(controls.Policies.NoNextBillDays) >= now.Today
                ? (WhatNext.AfterRelease, DayAskedFor(controls, cycle, cleared, city, now))
                : (WhatNext.Normal, null),
        };
    }

    // What a plan has let go still leaves when a later one takes its place (I25).
    private static DateTimeOffset FirstOf(List<Release> releases) =>
        releases.Where(it => it.IsLive || it.IsReplaced).Min(it => it.OpensAt);

    // Told before the second person has agreed, so that residents read the day before anything leaves on it.
    private static DateOnly? DayAskedFor(
        Controls controls,
        CycleNumber cycle,
        List<Deferral> cleared,
        CityCalendar city,
        Moment now
    ) =>
        controls.ReleaseAskedFor(cycle, now.Utc) is { } terms
            ? FirstDayOf(controls, cycle, cleared, city.At(terms.StartAt > now.Utc ? terms.StartAt : now.Utc).Today)
            : null;

    /// <summary>
    /// The first banking day on which something held can leave when it is let go on the civil day <paramref
    /// name="from"/>: later where the days of notice ask for it (R44).
    /// </summary>
    private static DateOnly FirstDayOf(Controls controls, CycleNumber cycle, List<Deferral> cleared, DateOnly from)
    {
        var firstDue = cleared.Min(hold => hold.DueFrom);
        var day = BankingCalendar.RollForward(from > firstDue ? from : firstDue);
        var isInTime = day <= BankingCalendar.RollForward(cleared.Max(hold => hold.DueTo));
        return isInTime || controls.Policies.NoticeClock != NoticeClockMode.Enforce
            ? day
            : BankingCalendar.RollForward(controls.FirstDayTold(cycle, cleared, day));
    }
}
