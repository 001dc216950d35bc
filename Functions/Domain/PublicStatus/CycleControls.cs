namespace Autopay.Domain.PublicStatus;

/// <summary>What of the controls is over a cycle now.</summary>
internal static class CycleControls
{
    extension(Controls controls)
    {
        public IEnumerable<Deferral> OpenHoldsOf(CycleNumber cycle) =>
            controls.HoldsOf(cycle).Where(hold => !hold.ClearedCycles.Contains(cycle));

        public IEnumerable<Deferral> ClearedHoldsOf(CycleNumber cycle) =>
            controls.HoldsOf(cycle).Where(hold => hold.ClearedCycles.Contains(cycle));

        /// <summary>Until the next bill has come for all of them.</summary>
        public IEnumerable<Deferral> MergesOf(CycleNumber cycle, DateOnly today) =>
            controls
                .DeferralsOf(cycle, DeferralAction.Merge)
                .Where(merge => merge.DueTo.AddDays(controls.Policies.NoNextBillDays) >= today);

        /// <summary>Due dates without a penalty, as long as one could still be charged.</summary>
        public IEnumerable<DueWindow> WaivedDueDatesOf(CycleNumber cycle, DateOnly today) =>
            controls
                .WaiversOver(cycle)
                .Where(waiver => waiver.PenaltyTo >= today)
                .Select(waiver => new DueWindow(waiver.DueFrom, waiver.DueTo))
                .Distinct()
                .OrderBy(window => window.DueFrom);

        /// <summary>Days on which nobody of the cycle is disconnected.</summary>
        public IEnumerable<DateOnly> ShieldedDaysOf(CycleNumber cycle) =>
            controls.ShieldsOver(cycle).SelectMany(shield => shield.Dates);

        /// <summary>What a second person is asked to let go since the cycle was cleared; null when nobody is asked.
        /// </summary>
        public ReleaseTerms? ReleaseAskedFor(CycleNumber cycle, DateTimeOffset now) =>
            controls
                .Approvals.Where(it => it.Decided is null && !it.IsExpired(now))
                .Select(it => (it.Act as CycleReleased)?.Terms)
                .LastOrDefault(terms => terms?.Cycle == cycle && terms.ClearedAt == controls.ClearedAt(cycle));

        /// <summary>
        /// The first civil day from <paramref name="day"/> on of which a public notice has told the cycle for long
        /// enough, or of which each customer can be told: what was held leaves on another day than its bill said.
        /// </summary>
        public DateOnly FirstDayTold(CycleNumber cycle, IEnumerable<Deferral> holds, DateOnly day)
        {
            var days = controls.Policies.DateNoticeDays;
            return controls
                .PublicNotices.Where(notice =>
                    notice.WithdrawnAt is null
                    && notice.Cycles.Contains(cycle)
                    && holds.Any(hold => hold.DueFrom <= notice.DueTo && hold.DueTo >= notice.DueFrom)
                )
                .Select(notice =>
                    (
                        notice.DebitsFrom,
                        Day: Later(Later(notice.PublishedOn.AddDays(days), notice.DebitsFrom ?? day), day)
                    )
                )
                .Where(told => told.DebitsFrom is not { } from || told.Day <= NoticeClock.LastDayOf(from))
                .Select(told => told.Day)
                .Append(day.AddDays(days))
                .Min();
        }

        private IEnumerable<Deferral> HoldsOf(CycleNumber cycle) => controls.DeferralsOf(cycle, DeferralAction.Hold);

        private IEnumerable<Deferral> DeferralsOf(CycleNumber cycle, DeferralAction action) =>
            controls.Deferrals.Where(it => it.IsInForce && it.Action == action && it.Cycles.Contains(cycle));

        private IEnumerable<PenaltyWaiver> WaiversOver(CycleNumber cycle) =>
            controls.Waivers.Where(waiver =>
                waiver.IsInForce && (waiver.Cycles.Count == 0 || waiver.Cycles.Contains(cycle))
            );

        private IEnumerable<DisconnectShield> ShieldsOver(CycleNumber cycle) =>
            controls.Shields.Where(shield => shield.IsInForce && shield.IsAbout(cycle));
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
