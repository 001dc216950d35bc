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

    /// <summary>The last wave that may go now; -1 is none. On which day its debits are sent is theirs (R10).</summary>
    public int OpenWave(CityCalendar city, Moment now, TimeOnly runAt)
    {
        if (!IsLive || now.Utc < OpensAt || now.Utc > ExpiresAt(city, runAt))
        {
            return -1;
        }

        var open = Terms.First == 0 ? -1 : 0;
        while (open < Terms.LastWave && OpeningOf(open + 1, city, runAt) <= now.Utc)
        {
            open++;
        }

        return open;
    }

    /// <summary>When the next wave opens by itself, UTC; null when none does.</summary>
    public DateTimeOffset? NextOpening(CityCalendar city, Moment now, TimeOnly runAt)
    {
        var next = Enumerable
            .Range(Terms.First == 0 ? 1 : 0, Terms.LastWave + 1)
            .Where(wave => wave <= Terms.LastWave)
            .Select(wave => OpeningOf(wave, city, runAt))
            .FirstOrDefault(opening => opening > now.Utc);
        return IsLive ? next : null;
    }

    /// <summary>
    /// Nothing is let go under it any more after this, UTC: 24 hours after it may begin, or in the morning after its
    /// last wave.
    /// </summary>
    public DateTimeOffset ExpiresAt(CityCalendar city, TimeOnly runAt)
    {
        var first = FirstDay(city);
        var last = FirstDayOfTheRest(city) is { } rest
            ? DayOfWave(rest, Terms.LastWave)
            : BankingCalendar.AddBankingDays(first, WaitsForGoBankingDays);
        var morningAfter = city.ToUtc((last > first ? last : first).AddDays(1), runAt);
        var aDay = OpensAt + Approval.Valid;
        return morningAfter > aDay ? morningAfter : aDay;
    }

    /// <summary>The first instant at which anything leaves under it, UTC.</summary>
    [JsonIgnore]
    public DateTimeOffset OpensAt => Approved.At > Terms.StartAt ? Approved.At : Terms.StartAt;

    private DateOnly FirstDay(CityCalendar city) => BankingCalendar.RollForward(city.At(OpensAt).Today);

    /// <summary>The banking day on which a wave goes; null while it waits for a go.</summary>
    public DateOnly? DayOf(int wave, CityCalendar city) =>
        wave == 0 ? FirstDay(city)
        : FirstDayOfTheRest(city) is { } rest ? DayOfWave(rest, wave)
        : null;

    /// <summary>When a planned debit leaves: with its wave, and not before its own due date or its notice.</summary>
    /// <param name="now">Of what is not sealed: it is told as if it were approved now.</param>
    public static DateOnly? LeavingDay(PlanLine line, Release? release, CityCalendar city, Moment now)
    {
        if (line.Outcome != PlanOutcome.ToBank || line.State is LineState.Stopped or LineState.Dropped)
        {
            return null;
        }

        var opens =
            release is null ? now.Today
            : line.Wave is { } wave ? release.DayOf(wave, city)
            : null;
        return opens is not { } day
            ? null
            : BankingCalendar.RollForward(new[] { day, line.DueDate, line.NoticeDay ?? day }.Max());
    }

    // The first ones with the start, the next with the go, and each after that with the due-date run of a banking day
    // of its own.
    private DateTimeOffset? OpeningOf(int wave, CityCalendar city, TimeOnly runAt) =>
        wave == 0 || (wave == 1 && Terms.First == 0) ? OpensAt
        : wave == 1 ? Gone?.At ?? (Terms.GoOn is { } on ? city.ToUtc(on, runAt) : null)
        : FirstDayOfTheRest(city) is { } day ? city.ToUtc(DayOfWave(day, wave), runAt)
        : null;

    private DateOnly? FirstDayOfTheRest(CityCalendar city) => Terms.First == 0 ? FirstDay(city) : GoneOn ?? Terms.GoOn;

    private static DateOnly DayOfWave(DateOnly go, int wave) =>
        wave <= 1
            ? BankingCalendar.RollForward(go)
            : BankingCalendar.AddBankingDays(BankingCalendar.RollForward(go), wave - 1);
}
