using System.Text.Json.Serialization;

namespace Autopay.Domain.Releases;

/// <summary>What two people agree on: a sealed plan, and how it goes out.</summary>
/// <param name="PlanHash">SHA-256 of the plan's sorted lines, lower-case hex.</param>
/// <param name="Debits">How many go to the bank, at most.</param>
/// <param name="Total">Of these debits, cents.</param>
public sealed record ReleaseTerms(string Id, CycleNumber Cycle, string PlanHash, int Debits, Money Total)
{
    /// <summary>So many go first, and the rest waits for a go; 0: all go at once.</summary>
    public int First { get; init; }

    /// <summary>Of the debits behind the first ones, cents a banking day; null is no limit.</summary>
    public Money? DailyLimit { get; init; }

    /// <summary>The number of the last wave: 0 is the first ones, each wave from 1 on has a banking day of its
    /// own.</summary>
    public int LastWave { get; init; }

    /// <summary>Nothing of it leaves before, UTC.</summary>
    public DateTimeOffset StartAt { get; init; }

    /// <summary>The civil day on which the rest goes without a person; null: a person says go.</summary>
    public DateOnly? GoOn { get; init; }

    /// <summary>When the cycle was cleared, UTC: another clear is another release. Null when every hold was
    /// withdrawn.</summary>
    public DateTimeOffset? ClearedAt { get; init; }
}

/// <summary>An approved release: what its plan has may be sent, and nothing else of what the holds held (I25).</summary>
/// <param name="Approved">The second person's word.</param>
public sealed record Release(ReleaseTerms Terms, Authority Approved)
{
    /// <summary>How long it waits for a go: the bank answers the first debits within 4 banking days.</summary>
    private const int WaitsForGoBankingDays = 10;

    public Authority? Gone { get; init; }

    /// <summary>The civil day of the go.</summary>
    public DateOnly? GoneOn { get; init; }

    public Authority? Stopped { get; init; }

    [JsonIgnore]
    public string Id => Terms.Id;

    [JsonIgnore]
    public bool IsLive => Stopped is null;

    /// <summary>The last wave that may go now; -1 is none.</summary>
    public int OpenWave(CityCalendar city, Moment now, TimeOnly runAt)
    {
        if (!IsLive || now.Utc < OpensAt || now.Utc > ExpiresAt(city, runAt))
        {
            return -1;
        }

        if (Terms.First == 0)
        {
            return WavesSince(FirstDay(city), now, TimeOnly.MinValue, runAt);
        }

        return GoneOn is { } gone ? WavesSince(gone, now, TimeOnly.MinValue, runAt)
            : Terms.GoOn is { } on ? WavesSince(on, now, runAt, runAt)
            : 0;
    }

    /// <summary>
    /// Nothing is let go under it any more after this, UTC: 24 hours after it may begin, or in the morning after its
    /// last wave.
    /// </summary>
    public DateTimeOffset ExpiresAt(CityCalendar city, TimeOnly runAt)
    {
        var first = FirstDay(city);
        var last =
            Terms.First == 0 ? DayOfWave(first, Terms.LastWave)
            : (GoneOn ?? Terms.GoOn) is { } go ? DayOfWave(go, Terms.LastWave)
            : BankingCalendar.AddBankingDays(first, WaitsForGoBankingDays);
        var morningAfter = city.ToUtc((last > first ? last : first).AddDays(1), runAt);
        var aDay = OpensAt + Approval.Valid;
        return morningAfter > aDay ? morningAfter : aDay;
    }

    private DateTimeOffset OpensAt => Approved.At > Terms.StartAt ? Approved.At : Terms.StartAt;

    private DateOnly FirstDay(CityCalendar city) => BankingCalendar.RollForward(city.At(OpensAt).Today);

    // Each wave from 1 on has a banking day of its own; it opens with the due-date run, the first with the go.
    private int WavesSince(DateOnly go, Moment now, TimeOnly firstAt, TimeOnly runAt)
    {
        var open = 0;
        while (open < Terms.LastWave && IsReached(DayOfWave(go, open + 1), open == 0 ? firstAt : runAt, now))
        {
            open++;
        }

        return open;
    }

    private static bool IsReached(DateOnly day, TimeOnly at, Moment now) =>
        now.Today > day || (now.Today == day && now.TimeOfDay >= at);

    private static DateOnly DayOfWave(DateOnly go, int wave) =>
        wave <= 1
            ? BankingCalendar.RollForward(go)
            : BankingCalendar.AddBankingDays(BankingCalendar.RollForward(go), wave - 1);
}

/// <summary>Two people let a sealed plan go; it ends any other release of its cycle.</summary>
public sealed record CycleReleased(ReleaseTerms Terms) : ControlChange;

/// <summary>The first debits went well: the rest goes.</summary>
/// <param name="On">The civil day.</param>
public sealed record ReleaseGone(string Id, DateOnly On) : ControlChange;

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

        public bool IsLive(string release) => controls.FindRelease(release) is { IsLive: true };

        internal Controls Release(CycleReleased released, Authority authority) =>
            controls with
            {
                Releases =
                [
                    .. controls.StopReleasesOf(released.Terms.Cycle, authority).Releases.TakeLast(MostKept),
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

        internal Controls Stop(ReleaseStopped stop, Authority authority) =>
            controls.FindRelease(stop.Id) switch
            {
                null => throw new NotYetKnownException($"No release {stop.Id} is approved and not ended."),
                { IsLive: false } => controls,
                var release => controls.With(release with { Stopped = authority }),
            };

        /// <summary>A cycle that is opened again lets nothing more go (R7).</summary>
        internal Controls StopReleasesOf(CycleNumber cycle, Authority authority) =>
            controls with
            {
                Releases =
                [
                    .. controls.Releases.Select(release =>
                        release.IsLive && release.Terms.Cycle == cycle ? release with { Stopped = authority } : release
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
            : $"Release {terms.Id}: {terms.Debits} debits, {terms.Total}, go to the bank for cycle {terms.Cycle}. "
                + $"{HowItGoes(terms)} Plan {terms.PlanHash}.";

        /// <summary>Why no plan of the cycle can be let go, or null.</summary>
        public string? WhyNotReleased(CycleNumber cycle) =>
            controls.BacklogOf(cycle).Cleared
            || !controls.Deferrals.Any(hold =>
                hold is { IsInForce: true, Action: DeferralAction.Hold }
                && hold.Cycles.Contains(cycle)
                && !hold.ClearedCycles.Contains(cycle)
            )
                ? null
                : $"Cycle {cycle} is not cleared: its holds are in force.";

        /// <summary>When the cycle was cleared, UTC; null when it is not.</summary>
        public DateTimeOffset? ClearedAt(CycleNumber cycle) =>
            controls.BacklogOf(cycle) is { Cleared: true } backlog ? backlog.ChangedAt : null;

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

    private static string HowItGoes(ReleaseTerms terms)
    {
        var first = terms.First == 0 ? "All go at once" : $"The first {terms.First} go, then";
        var rest =
            terms.First == 0 ? ""
            : terms.GoOn is { } on ? $" the rest from {on:yyyy-MM-dd} on"
            : " the rest waits for a go";
        var limit = terms.DailyLimit is { } daily ? $", at most {daily} a banking day" : "";
        return $"{first}{rest}{limit}, not before {terms.StartAt.UtcDateTime:yyyy-MM-dd HH:mm'Z'}.";
    }
}
