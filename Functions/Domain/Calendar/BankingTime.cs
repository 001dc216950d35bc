namespace Autopay.Domain.Calendar;

/// <summary>Time that counts for charging: what lies on banking days, each from its due-date run on.</summary>
public static class BankingTime
{
    /// <summary>How much of the time between two instants counts; zero when they are in the wrong order.</summary>
    /// <param name="from">UTC.</param>
    /// <param name="until">UTC.</param>
    /// <param name="runAt">The due-date run, in the city's time.</param>
    public static TimeSpan Between(DateTimeOffset from, DateTimeOffset until, CityCalendar city, TimeOnly runAt)
    {
        var counted = TimeSpan.Zero;
        for (var day = city.At(from).Today; day <= city.At(until).Today; day = day.AddDays(1))
        {
            if (BankingCalendar.IsBankingDay(day))
            {
                var begin = Max(from, city.ToUtc(day, runAt));
                var end = Min(until, city.ToUtc(day.AddDays(1), TimeOnly.MinValue));
                counted += end > begin ? end - begin : TimeSpan.Zero;
            }
        }

        return counted;
    }

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
