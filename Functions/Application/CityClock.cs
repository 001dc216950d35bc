using Autopay.Application.Telemetry;

namespace Autopay.Application;

/// <summary>Now, as the city sees it.</summary>
public sealed class CityClock(TimeProvider time, CityCalendar city)
{
    public CityCalendar City => city;

    public TimeProvider Time => time;

    public Moment Now => city.At(time.GetUtcNow()) with { Trace = Tracing.Current };

    public Authority Authority(Person by, string why) =>
        Authority(by.Who, why) with
        {
            Name = by.Name,
            Role = by.Role,
            Operation = by.Operation,
        };

    public Authority Authority(string by, string why) => new(by, why, time.GetUtcNow());
}
