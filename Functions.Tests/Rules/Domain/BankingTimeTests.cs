namespace Autopay.Tests.Rules.Domain;

/// <summary>For how long something has stood still, as charging feels it.</summary>
public sealed class BankingTimeTests
{
    private static readonly CityCalendar Chicago = new(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"));
    private static readonly TimeOnly Six = new(6, 0);

    // Monday the 20th is a holiday; the 17th a Friday.
    [Theory]
    [InlineData("2020-01-21 05:00", "2020-01-21 06:00", 0)]
    [InlineData("2020-01-21 05:00", "2020-01-21 10:00", 4 * 60)]
    [InlineData("2020-01-21 07:30", "2020-01-21 10:00", 150)]
    [InlineData("2020-01-18 08:00", "2020-01-20 23:00", 0)]
    [InlineData("2020-01-17 20:00", "2020-01-21 07:30", (4 * 60) + 90)]
    [InlineData("2020-01-21 20:00", "2020-01-22 05:00", 4 * 60)]
    [InlineData("2020-01-21 10:00", "2020-01-21 09:00", 0)]
    public void Only_banking_days_count_each_from_the_due_date_run_on(string from, string until, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), BankingTime.Between(At(from), At(until), Chicago, Six));

    // In the night to Sunday the 8th a Chicago clock jumps from 2 to 3: no banking day loses the hour.
    [Fact]
    public void The_night_of_summer_time_changes_nothing() =>
        Assert.Equal(
            TimeSpan.FromHours(18 + 2),
            BankingTime.Between(At("2020-03-06 06:00"), At("2020-03-09 08:00"), Chicago, Six)
        );

    private static DateTimeOffset At(string civil)
    {
        var at = DateTime.Parse(civil, System.Globalization.CultureInfo.InvariantCulture);
        return Chicago.ToUtc(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at));
    }
}
