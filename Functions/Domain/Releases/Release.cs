using System.Text.Json.Serialization;

namespace Autopay.Domain.Releases;

/// <summary>What its plan has may be sent, and nothing else of what the holds held (I25).</summary>
/// <param name="Approved">The second person's word.</param>
public sealed record Release(ReleaseTerms Terms, Authority Approved)
{
    /// <summary>How long it waits for a go: the bank answers the first debits within 4 banking days.</summary>
    private const int WaitsForGoBankingDays = 10;

    public Authority? Gone { get; init; }

    /// <summary>The civil day of the go.</summary>
    public DateOnly? GoneOn { get; init; }

    public Authority? Stopped { get; init; }

    /// <summary>A later plan of its cycle took its place: it lets nothing more go, and what it has let go may leave.
    /// </summary>
    public bool IsReplaced { get; init; }

    [JsonIgnore]
    public string Id => Terms.Id;

    [JsonIgnore]
    public bool IsLive => Stopped is null;

    /// <summary>When nothing was charged while it was in force.</summary>
    public IReadOnlyList<ReleasePause> Pauses { get; init; } = [];

    /// <summary>The first instant at which anything leaves under it, UTC.</summary>
    [JsonIgnore]
    public DateTimeOffset OpensAt => Approved.At > Terms.StartAt ? Approved.At : Terms.StartAt;

    /// <summary>The last wave that may go now; -1 is none. On which day its debits are sent is theirs (R10).</summary>
    public int OpenWave(ReleaseTimes times)
    {
        if (!IsLive || times.Now.Utc < OpensAt || times.Now.Utc > ExpiresAt(times))
        {
            return -1;
        }

        var open = Terms.First == 0 ? -1 : 0;
        while (open < Terms.LastWave && OpeningOf(open + 1, times) <= times.Now.Utc)
        {
            open++;
        }

        return open;
    }

    /// <summary>When the next wave opens by itself, UTC; null when none does.</summary>
    public DateTimeOffset? NextOpening(ReleaseTimes times)
    {
        var next = Enumerable
            .Range(Terms.First == 0 ? 1 : 0, Terms.LastWave + 1)
            .Where(wave => wave <= Terms.LastWave)
            .Select(wave => OpeningOf(wave, times))
            .FirstOrDefault(opening => opening > times.Now.Utc);
        return IsLive ? next : null;
    }

    /// <summary>
    /// Nothing is let go under it any more after this, UTC: 24 hours after it may begin, or in the morning after its
    /// last wave. A halt puts it off, and not for ever: what two people agreed on is not what they would agree on weeks
    /// later.
    /// </summary>
    public DateTimeOffset ExpiresAt(ReleaseTimes times)
    {
        var (planned, put) = (EndOf(this with { Pauses = [] }, times), EndOf(this, times));
        foreach (var pause in Pauses.Where(pause => !pause.StoodStill))
        {
            var resumed = times.DayOf(pause.To ?? times.Now.Utc);
            var after = times.RunOn(BankingCalendar.AddBankingDays(BankingCalendar.RollForward(resumed), 1));
            put = pause.From <= put && after > put ? after : put;
        }

        var latest = times.RunOn(BankingCalendar.AddBankingDays(times.DayOf(planned), WaitsForGoBankingDays));
        return put <= planned ? planned
            : put < latest ? put
            : latest;
    }

    /// <summary>The last civil day for a go; a later one lets nothing go.</summary>
    public DateOnly GoUntil(ReleaseTimes times) =>
        BankingCalendar.AddBankingDays(FirstDay(times), WaitsForGoBankingDays);

    /// <summary>The banking day on which a wave goes; null while it waits for a go.</summary>
    public DateOnly? DayOf(int wave, ReleaseTimes times) => wave == 0 ? FirstDay(times) : DayOfRest(wave, times);

    /// <summary>When a planned debit leaves: with its wave, and not before its own due date or its notice.</summary>
    /// <param name="times">Of what is not sealed it is told as if it were approved now.</param>
    public static DateOnly? LeavingDay(PlanLine line, Release? release, ReleaseTimes times)
    {
        if (line.Outcome != PlanOutcome.ToBank || line.State is LineState.Stopped or LineState.Dropped)
        {
            return null;
        }

        var opens =
            release is null ? times.Now.Today
            : line.Wave is { } wave ? release.DayOf(wave, times)
            : null;
        return opens is not { } day
            ? null
            : BankingCalendar.RollForward(new[] { day, line.DueDate, line.NoticeDay ?? day }.Max());
    }

    /// <summary>Notes since when nothing is charged, or that it is again.</summary>
    internal Release Paused(bool isPaused, DateTimeOffset at) =>
        !IsLive || isPaused == Pauses.Any(pause => pause.To is null) ? this
        : isPaused ? this with { Pauses = [.. Pauses, new ReleasePause(at, null)] }
        : this with { Pauses = [.. Pauses.Select(pause => pause.To is null ? pause with { To = at } : pause)] };

    private static DateTimeOffset EndOf(Release release, ReleaseTimes times)
    {
        var first = release.FirstDay(times);
        var last =
            release.DayOfRest(release.Terms.LastWave, times)
            ?? BankingCalendar.AddBankingDays(first, WaitsForGoBankingDays);
        var morningAfter = times.RunOn((last > first ? last : first).AddDays(1));
        var aDay = release.OpensAt + Approval.Valid;
        return morningAfter > aDay ? morningAfter : aDay;
    }

    private DateOnly FirstDay(ReleaseTimes times) => BankingCalendar.RollForward(times.DayOf(OpensAt));

    private bool IsGoneInTime(ReleaseTimes times) => GoneOn <= GoUntil(times);

    // The first ones with the start, the next with the go, and each after that with the due-date run of a banking day
    // of its own.
    private DateTimeOffset? OpeningOf(int wave, ReleaseTimes times) =>
        wave == 0 || (wave == 1 && Terms.First == 0) ? OpensAt
        : wave == 1 && GoneBy(times) is { } gone ? gone
        : DayOfRest(wave, times) is { } day ? times.RunOn(day)
        : null;

    // A go after the day on which the rest goes by itself says nothing new.
    private DateTimeOffset? GoneBy(ReleaseTimes times) =>
        Gone is null || !IsGoneInTime(times) || GoneOn > DayItself(times) ? null
        : Gone.At > OpensAt ? Gone.At
        : OpensAt;

    // On which the rest goes without a person: not before the bank has seen the first ones.
    private DateOnly? DayItself(ReleaseTimes times)
    {
        if (Terms.GoOn is not { } on)
        {
            return null;
        }

        var next = BankingCalendar.AddBankingDays(FirstDay(times), 1);
        return BankingCalendar.RollForward(on > next ? on : next);
    }

    // One wave a banking day, and none that is caught up with: what did not go on its day has moved the others.
    private DateOnly? DayOfRest(int wave, ReleaseTimes times)
    {
        var isAsked = Terms.First == 0 || GoneBy(times) is not null;
        var first =
            Terms.First == 0 ? FirstDay(times)
            : GoneBy(times) is { } gone ? BankingCalendar.RollForward(times.DayOf(gone))
            : DayItself(times);
        if (first is not { } day)
        {
            return null;
        }

        day = isAsked ? day : Free(day, times);
        for (var next = 2; next <= wave; next++)
        {
            day = Free(BankingCalendar.AddBankingDays(day, 1), times);
        }

        return day;
    }

    private DateOnly Free(DateOnly day, ReleaseTimes times)
    {
        while (Pauses.Any(pause => pause.TakesAway(day, times)))
        {
            day = BankingCalendar.AddBankingDays(day, 1);
        }

        return day;
    }
}
