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
