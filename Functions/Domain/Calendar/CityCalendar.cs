namespace Autopay.Domain.Calendar;

/// <summary>An instant as the city sees it.</summary>
/// <param name="Utc">The instant, UTC.</param>
/// <param name="Today">The civil date in the city's time zone.</param>
/// <param name="TimeOfDay">The civil time in the city's time zone.</param>
public readonly record struct Moment(DateTimeOffset Utc, DateOnly Today, TimeOnly TimeOfDay)
{
    /// <summary>The W3C trace context of what is under way; no decision reads it.</summary>
    public string? Trace { get; init; }
}

/// <summary>The city's civil time.</summary>
public sealed class CityCalendar(TimeZoneInfo zone)
{
    public Moment At(DateTimeOffset utc)
    {
        var civil = TimeZoneInfo.ConvertTime(utc, zone).DateTime;
        return new Moment(utc.ToUniversalTime(), DateOnly.FromDateTime(civil), TimeOnly.FromDateTime(civil));
    }

    /// <summary>The instant of a civil date and time; a time that a DST jump skips is moved past the jump.</summary>
    public DateTimeOffset ToUtc(DateOnly day, TimeOnly time)
    {
        var civil = day.ToDateTime(time);
        while (zone.IsInvalidTime(civil))
        {
            civil = civil.AddMinutes(15);
        }

        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(civil, zone), TimeSpan.Zero);
    }
}
