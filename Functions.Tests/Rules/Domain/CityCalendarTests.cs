using System.Globalization;

namespace Autopay.Tests.Rules.Domain;

/// <summary>The city's civil time over the year's two odd days, the leap day, and in other zones.</summary>
[Trait("Layer", "L1")]
public sealed class CityCalendarTests
{
    private static readonly TimeOnly Six = new(6, 0);

    private static CityCalendar City(string zone = "America/Chicago") => new(TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset Utc(string instant) =>
        DateTimeOffset.ParseExact(
            instant,
            "yyyy-MM-dd HH:mm'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal
        );

    [Theory]
    [InlineData("2020-01-22", "2020-01-22 12:00Z")] // standard time
    [InlineData("2020-03-07", "2020-03-07 12:00Z")]
    [InlineData("2020-03-08", "2020-03-08 11:00Z")] // clocks went forward at 2
    [InlineData("2020-07-01", "2020-07-01 11:00Z")]
    [InlineData("2020-10-31", "2020-10-31 11:00Z")]
    [InlineData("2020-11-01", "2020-11-01 12:00Z")] // clocks went back at 2
    [InlineData("2020-02-29", "2020-02-29 12:00Z")]
    public void F43_the_run_is_at_six_in_the_city_whatever_the_offset(string day, string instant) =>
        Assert.Equal(Utc(instant), City().ToUtc(Day(day), Six));

    [Fact]
    public void F43_a_time_that_the_clocks_skip_is_moved_past_the_jump()
    {
        Assert.Equal(Utc("2020-03-08 08:00Z"), City().ToUtc(Day("2020-03-08"), new TimeOnly(2, 0)));
        Assert.Equal(Utc("2020-03-08 08:00Z"), City().ToUtc(Day("2020-03-08"), new TimeOnly(2, 30)));
        Assert.Equal(Utc("2020-03-08 07:59Z"), City().ToUtc(Day("2020-03-08"), new TimeOnly(1, 59)));
    }

    [Fact]
    public void F43_a_time_that_comes_twice_is_one_instant_of_that_day_and_hour()
    {
        var moment = City().At(City().ToUtc(Day("2020-11-01"), new TimeOnly(1, 30)));
        Assert.Equal((Day("2020-11-01"), new TimeOnly(1, 30)), (moment.Today, moment.TimeOfDay));
    }

    [Theory]
    [InlineData("2020-01-22 05:59Z", "2020-01-21", "23:59")]
    [InlineData("2020-01-22 06:00Z", "2020-01-22", "00:00")]
    [InlineData("2020-03-01 05:30Z", "2020-02-29", "23:30")]
    [InlineData("2020-03-08 07:59Z", "2020-03-08", "01:59")]
    [InlineData("2020-03-08 08:00Z", "2020-03-08", "03:00")]
    [InlineData("2020-11-01 06:30Z", "2020-11-01", "01:30")]
    [InlineData("2020-11-01 07:30Z", "2020-11-01", "01:30")]
    [InlineData("2021-01-01 05:00Z", "2020-12-31", "23:00")]
    public void F43_today_is_the_citys_date(string instant, string today, string time)
    {
        var moment = City().At(Utc(instant));
        Assert.Equal(
            (Day(today), TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture)),
            (moment.Today, moment.TimeOfDay)
        );
    }

    [Fact]
    public void An_instant_is_the_same_whatever_offset_it_is_written_with()
    {
        var there = new DateTimeOffset(2020, 1, 23, 1, 0, 0, TimeSpan.FromHours(13));
        Assert.Equal(City().At(Utc("2020-01-22 12:00Z")), City().At(there));
        Assert.Equal(TimeSpan.Zero, City().At(there).Utc.Offset);
    }

    [Theory]
    [InlineData("America/Chicago")]
    [InlineData("America/New_York")]
    [InlineData("America/Phoenix")]
    [InlineData("Pacific/Honolulu")]
    [InlineData("America/St_Johns")]
    [InlineData("Pacific/Auckland")]
    [InlineData("UTC")]
    public void F43_every_day_has_its_run_once_and_in_order(string zone)
    {
        var city = City(zone);
        var runs = Enumerable
            .Range(0, 4 * 366)
            .Select(day => Day("2019-12-31").AddDays(day))
            .Select(day => (Day: day, Run: city.At(city.ToUtc(day, Six))))
            .ToList();
        Assert.All(runs, run => Assert.Equal((run.Day, Six), (run.Run.Today, run.Run.TimeOfDay)));
        Assert.All(
            runs.Zip(runs.Skip(1)),
            pair => Assert.InRange((pair.Second.Run.Utc - pair.First.Run.Utc).TotalHours, 23, 25)
        );
    }

    [Theory]
    [InlineData("UTC", "2020-01-22 06:00Z")]
    [InlineData("America/New_York", "2020-01-22 11:00Z")]
    [InlineData("Pacific/Auckland", "2020-01-21 17:00Z")]
    public void F43_the_zone_is_the_citys_not_the_machines(string zone, string instant) =>
        Assert.Equal(Utc(instant), City(zone).ToUtc(Day("2020-01-22"), Six));
}
