namespace Autopay.Domain.Releases;

/// <summary>What a release is read with: the city's calendar, now, and when its due-date run begins.</summary>
public sealed record ReleaseTimes(CityCalendar City, Moment Now, TimeOnly RunAt)
{
    internal DateOnly DayOf(DateTimeOffset at) => City.At(at).Today;

    internal DateTimeOffset RunOn(DateOnly day) => City.ToUtc(day, RunAt);
}

/// <summary>A time in which nothing was charged: its waves have days after it, none is caught up with.</summary>
/// <param name="From">UTC.</param>
/// <param name="To">UTC; null while it lasts.</param>
public sealed record ReleasePause(DateTimeOffset From, DateTimeOffset? To)
{
    /// <summary>Nobody halted: the app itself was away. The day on which it came back is a day as any other.</summary>
    public bool StoodStill { get; init; }

    /// <summary>Whether no wave of its own could begin on the day.</summary>
    internal bool TakesAway(DateOnly day, ReleaseTimes times)
    {
        var (midnight, end) = (times.City.ToUtc(day, TimeOnly.MinValue), To ?? times.Now.Utc);
        return StoodStill
            ? From <= midnight && end >= times.City.ToUtc(day.AddDays(1), TimeOnly.MinValue)
            : From <= times.RunOn(day) && (end >= midnight || IsReturn(day, end, times));
    }

    // Ended on a weekend: what it kept back on a banking day leaves on the next one, which has no wave more.
    private bool IsReturn(DateOnly day, DateTimeOffset end, ReleaseTimes times) =>
        BankingCalendar.RollForward(times.DayOf(end)) == day && BankingCalendar.RollForward(times.DayOf(From)) < day;
}
