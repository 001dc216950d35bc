namespace Autopay.Domain.Releases;

/// <summary>A plan was made: in the record alone, it lets nothing go.</summary>
/// <param name="Id">Of the plan.</param>
/// <param name="AskedAt">When it was asked for, UTC.</param>
public sealed record PlanMade(string Id, CycleNumber Cycle, DateTimeOffset AskedAt, PlanTotals Totals) : ControlChange
{
    public override bool ConcernsAccounts => false;
}

/// <summary>Two people let a sealed plan go; it ends any other release of its cycle.</summary>
public sealed record CycleReleased(ReleaseTerms Terms) : ControlChange;

/// <summary>The first debits went well: the rest goes.</summary>
/// <param name="On">The civil day.</param>
public sealed record ReleaseGone(string Id, DateOnly On) : ControlChange;

/// <summary>The app itself was away for so long: what had a day meanwhile has a later one.</summary>
/// <param name="From">UTC.</param>
/// <param name="To">UTC.</param>
public sealed record ReleasesStoodStill(DateTimeOffset From, DateTimeOffset To) : ControlChange
{
    public override bool ConcernsAccounts => false;
}

/// <summary>Nothing more of it is sent; what is left needs another plan.</summary>
public sealed record ReleaseStopped(string Id) : ControlChange;

/// <summary>The releases among the city's controls.</summary>
public static class Releases
{
    /// <summary>Older ones are in the audit, and their plans are kept.</summary>
    private const int MostKept = 50;

    extension(Controls controls)
    {
        public Release? FindRelease(string id) => controls.Releases.FirstOrDefault(release => release.Id == id);

        /// <summary>Whether what it has let go may leave.</summary>
        public bool IsLive(string release) => controls.FindRelease(release) is { IsLive: true } or { IsReplaced: true };

        internal Controls Release(CycleReleased released, Authority authority) =>
            controls with
            {
                Releases =
                [
                    .. controls
                        .Releases.Select(older => ReplacedBy(released.Terms, older, authority))
                        .TakeLast(MostKept),
                    new Release(released.Terms, authority),
                ],
            };

        internal Controls Go(ReleaseGone go, Authority authority)
        {
            var release = controls.Live(go.Id);
            return release switch
            {
                { Terms.First: 0 } => throw new RefusedException($"All of release {go.Id} goes without a go."),
                { Gone: not null } => controls,
                _ => controls.With(release with { Gone = authority, GoneOn = go.On }),
            };
        }

        /// <summary>While nothing is charged no wave goes, and none is caught up with afterwards.</summary>
        internal Controls NotePauses(DateTimeOffset at)
        {
            var isPaused = controls.WhyNothingIsCharged is not null;
            List<Release> noted = [.. controls.Releases.Select(release => release.Paused(isPaused, at))];
            return noted.SequenceEqual(controls.Releases, ReferenceEqualityComparer.Instance)
                ? controls
                : controls with
                {
                    Releases = noted,
                };
        }

        internal Controls Note(ReleasesStoodStill stood) =>
            controls with
            {
                Releases =
                [
                    .. controls.Releases.Select(release =>
                        release.IsLive
                            ? release with
                            {
                                Pauses =
                                [
                                    .. release.Pauses,
                                    new ReleasePause(stood.From, stood.To) { StoodStill = true },
                                ],
                            }
                            : release
                    ),
                ],
            };

        internal Controls Stop(ReleaseStopped stop, Authority authority) =>
            controls.FindRelease(stop.Id) switch
            {
                null => throw new NotYetKnownException($"No release {stop.Id} is approved and not ended."),
                { IsLive: false, IsReplaced: false } => controls,
                var release => controls.With(release with { Stopped = authority, IsReplaced = false }),
            };

        /// <summary>A cycle that is opened again lets nothing more go (R7).</summary>
        internal Controls StopReleasesOf(CycleNumber cycle, Authority authority) =>
            controls with
            {
                Releases =
                [
                    .. controls.Releases.Select(release =>
                        (release.IsLive || release.IsReplaced) && release.Terms.Cycle == cycle
                            ? release with
                            {
                                Stopped = authority,
                                IsReplaced = false,
                            }
                            : release
                    ),
                ],
            };

        /// <summary>What two people read before they let it go; a change of any of it is another text.</summary>
        /// <exception cref="RefusedException">The cycle is not cleared, or was cleared anew.</exception>
        internal string ShowRelease(ReleaseTerms terms) =>
            controls.WhyNotReleased(terms.Cycle) is { } why ? throw new RefusedException(why)
            : controls.ClearedAt(terms.Cycle) != terms.ClearedAt
                ? throw new RefusedException(
                    $"Cycle {terms.Cycle} was cleared anew since the plan was made: make another plan."
                )
            : $"Release {terms.Id}: {terms.Debits} debits, ${terms.Total}, go to the bank for cycle {terms.Cycle}. "
                + $"{HowItGoes(terms)} {controls.ProofOf(terms.Cycle)} Plan {terms.PlanHash}.";

        /// <summary>Why no plan of the cycle can be let go, or null.</summary>
        public string? WhyNotReleased(CycleNumber cycle) =>
            controls.BacklogOf(cycle).Cleared || controls.HoldOf(cycle) is not { } hold
                ? null
                : $"Cycle {cycle} is not cleared: '{hold.Id}' holds it ({hold.Reason}).";

        /// <summary>A hold that keeps the cycle by now, whatever was cleared before; null when none does.</summary>
        public Deferral? HoldOf(CycleNumber cycle) =>
            controls.Deferrals.FirstOrDefault(hold =>
                hold is { IsInForce: true, Action: DeferralAction.Hold }
                && hold.Cycles.Contains(cycle)
                && !hold.ClearedCycles.Contains(cycle)
            );

        /// <summary>Why a go lets nothing go any more, or null.</summary>
        public string? WhyNoGo(ReleaseGone go, ReleaseTimes times) =>
            controls.FindRelease(go.Id) is { IsLive: true, Gone: null, Terms.First: > 0 } release
            && (go.On > release.GoUntil(times) || times.Now.Utc > release.ExpiresAt(times))
                ? $"Release {go.Id} is over: it waited for its go until {release.GoUntil(times):yyyy-MM-dd}. "
                    + "What has not gone needs another plan and two people."
                : null;

        /// <summary>When the cycle was cleared, UTC; null when it is not.</summary>
        public DateTimeOffset? ClearedAt(CycleNumber cycle) =>
            controls.BacklogOf(cycle) is { Cleared: true } backlog ? backlog.ChangedAt : null;

        /// <summary>When the newest hold of the cycle was declared, UTC, whatever became of it; null of none.</summary>
        public DateTimeOffset? HeldAt(CycleNumber cycle) =>
            controls
                .Deferrals.Where(hold => hold.Action == DeferralAction.Hold && hold.Cycles.Contains(cycle))
                .Max(hold => (DateTimeOffset?)hold.DeclaredAt);

        private Release Live(string id) =>
            controls.FindRelease(id) switch
            {
                null => throw new NotYetKnownException($"No release {id} is approved and not ended."),
                { IsLive: false } stopped => throw new RefusedException(
                    $"Release {id} was stopped: {stopped.Stopped!.Why}"
                ),
                var release => release,
            };

        private Controls With(Release changed) =>
            controls with
            {
                Releases = [.. controls.Releases.Select(release => release.Id == changed.Id ? changed : release)],
            };
    }

    // A later plan has what the older one has not let go yet; what that has let go is not in it, and stays so.
    private static Release ReplacedBy(ReleaseTerms terms, Release older, Authority authority) =>
        older.IsLive && older.Terms.Cycle == terms.Cycle
            ? older with
            {
                Stopped = authority,
                IsReplaced = true,
            }
            : older;

    private static string Debits(int count) => count == 1 ? "1 debit goes" : $"{count} debits go";

    private static string HowItGoes(ReleaseTerms terms)
    {
        var first = terms.First == 0 ? "All go at once" : $"The first {terms.First} go, then";
        var rest =
            terms.First == 0 ? ""
            : terms.GoOn is { } on ? $" the rest from {on:yyyy-MM-dd} on"
            : " the rest waits for a go";
        var limit = terms.DailyLimit is { } daily ? $", at most ${daily} a banking day" : "";
        var later =
            terms.Later.Debits == 0
                ? ""
                : $" Of these ${terms.Later.Cents} leave later: {Debits(terms.Later.Debits)} in parts, a billing cycle "
                    + "apart.";
        return $"{first}{rest}{limit}, not before {terms.StartAt.UtcDateTime:yyyy-MM-dd HH:mm'Z'}.{later}";
    }
}
