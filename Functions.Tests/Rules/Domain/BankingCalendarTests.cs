using System.Globalization;

namespace Autopay.Tests.Rules.Domain;

/// <summary>The Federal Reserve Banks' holidays against the published schedule.</summary>
public sealed class BankingCalendarTests
{
    // As the Federal Reserve publishes them: the weekday on which the Banks are closed. A holiday on a Saturday is not
    // in the list (they are open the Friday before), one on a Sunday is there as the Monday after. Order: New Year's
    // Day, Martin Luther King, Washington, Memorial Day, Juneteenth (since 2022), Independence Day, Labor Day, Columbus
    // Day, Veterans Day, Thanksgiving, Christmas.
    private static readonly string[] Published =
    [
        "2019: 01-01 01-21 02-18 05-27 07-04 09-02 10-14 11-11 11-28 12-25",
        "2020: 01-01 01-20 02-17 05-25 09-07 10-12 11-11 11-26 12-25",
        "2021: 01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25",
        "2022: 01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26",
        "2023: 01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-23 12-25",
        "2024: 01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
        "2025: 01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
        "2026: 01-01 01-19 02-16 05-25 06-19 09-07 10-12 11-11 11-26 12-25",
        "2027: 01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25",
        "2028: 01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-23 12-25",
        "2029: 01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25",
        "2030: 01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
    ];

    public static TheoryData<int> Years => [.. Enumerable.Range(2019, 17)];

    public static TheoryData<string> PublishedYears => [.. Published];

    private static IEnumerable<DateOnly> DaysOf(int year) =>
        Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(day => new DateOnly(year, 1, 1).AddDays(day));

    private static IEnumerable<DateOnly> ClosedWeekdays(int year) =>
        DaysOf(year)
            .Where(day =>
                day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !BankingCalendar.IsBankingDay(day)
            );

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Theory]
    [MemberData(nameof(PublishedYears))]
    public void The_weekdays_without_banking_are_the_published_ones(string published) =>
        Assert.Equal(
            published[6..].Split(' ').Select(day => Day($"{published[..4]}-{day}")),
            ClosedWeekdays(int.Parse(published[..4], CultureInfo.InvariantCulture))
        );

    [Theory]
    [MemberData(nameof(Years))]
    public void Every_year_has_its_holidays_less_those_on_a_saturday(int year)
    {
        var fixedDays = FixedHolidays(year);
        var observed = fixedDays
            .Where(day => day.DayOfWeek != DayOfWeek.Saturday)
            .Select(day => day.DayOfWeek == DayOfWeek.Sunday ? day.AddDays(1) : day)
            .Concat(MovableHolidays(year))
            .Order();
        Assert.Equal(observed, ClosedWeekdays(year));
    }

    // Counted in another way than the calendar does: from the first of the month.
    private static IEnumerable<DateOnly> MovableHolidays(int year) =>
        [
            Nth(year, 1, DayOfWeek.Monday, 3),
            Nth(year, 2, DayOfWeek.Monday, 3),
            Nth(year, 6, DayOfWeek.Monday, 1).AddDays(-7),
            Nth(year, 9, DayOfWeek.Monday, 1),
            Nth(year, 10, DayOfWeek.Monday, 2),
            Nth(year, 11, DayOfWeek.Thursday, 4),
        ];

    private static List<DateOnly> FixedHolidays(int year)
    {
        List<DateOnly> days = [new(year, 1, 1), new(year, 7, 4), new(year, 11, 11), new(year, 12, 25)];
        return year < 2022 ? days : [.. days, new(year, 6, 19)];
    }

    private static DateOnly Nth(int year, int month, DayOfWeek weekday, int n)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays(((weekday - first.DayOfWeek + 7) % 7) + (7 * (n - 1)));
    }

    [Theory]
    [InlineData("2020-07-03")] // July 4, 2020 is a Saturday
    [InlineData("2021-12-24")] // Christmas 2021
    [InlineData("2021-12-31")] // New Year's Day 2022
    [InlineData("2023-11-10")] // Veterans Day 2023
    [InlineData("2026-07-03")]
    [InlineData("2027-06-18")] // Juneteenth 2027
    [InlineData("2027-12-31")]
    public void A_holiday_on_a_saturday_does_not_close_the_friday_before(string friday)
    {
        Assert.Equal(DayOfWeek.Friday, Day(friday).DayOfWeek);
        Assert.True(BankingCalendar.IsBankingDay(Day(friday)));
    }

    [Theory]
    [InlineData("2021-07-05")]
    [InlineData("2022-06-20")]
    [InlineData("2022-12-26")]
    [InlineData("2023-01-02")]
    [InlineData("2029-11-12")]
    [InlineData("2032-07-05")]
    [InlineData("2033-12-26")]
    [InlineData("2034-01-02")]
    public void A_holiday_on_a_sunday_closes_the_monday_after(string monday)
    {
        Assert.Equal(DayOfWeek.Monday, Day(monday).DayOfWeek);
        Assert.False(BankingCalendar.IsBankingDay(Day(monday)));
    }

    [Theory]
    [InlineData("2019-06-19", true)]
    [InlineData("2020-06-19", true)]
    [InlineData("2021-06-18", true)] // a federal holiday since the day before, not one of the Reserve Banks
    [InlineData("2021-06-21", true)]
    [InlineData("2022-06-20", false)]
    [InlineData("2023-06-19", false)]
    public void Juneteenth_closes_the_banks_since_2022(string day, bool banking) =>
        Assert.Equal(banking, BankingCalendar.IsBankingDay(Day(day)));

    [Theory]
    [InlineData("2020-11-27")] // the Friday after Thanksgiving
    [InlineData("2020-12-24")]
    [InlineData("2021-01-20")] // an inauguration
    [InlineData("2025-01-09")] // a national day of mourning
    [InlineData("2024-02-29")]
    public void Other_days_off_are_banking_days(string day) => Assert.True(BankingCalendar.IsBankingDay(Day(day)));

    [Theory]
    [MemberData(nameof(Years))]
    public void Rolling_forward_reaches_the_first_banking_day_and_leaves_banking_days_alone(int year) =>
        Assert.All(
            DaysOf(year),
            day =>
            {
                var rolled = BankingCalendar.RollForward(day);
                Assert.True(BankingCalendar.IsBankingDay(rolled));
                Assert.InRange(rolled.DayNumber - day.DayNumber, 0, 3);
                Assert.DoesNotContain(
                    Enumerable.Range(day.DayNumber, rolled.DayNumber - day.DayNumber),
                    skipped => BankingCalendar.IsBankingDay(DateOnly.FromDayNumber(skipped))
                );
            }
        );

    [Theory]
    [InlineData("2020-01-22", 4, "2020-01-28")]
    [InlineData("2020-01-28", 5, "2020-02-04")]
    [InlineData("2020-02-10", 10, "2020-02-25")] // over Washington's Birthday
    [InlineData("2020-01-17", 1, "2020-01-21")] // Friday, weekend, holiday
    [InlineData("2020-01-18", 1, "2020-01-21")] // counted from a Saturday
    [InlineData("2020-01-18", 0, "2020-01-18")] // the day itself is day 0
    [InlineData("2020-12-24", 1, "2020-12-28")]
    [InlineData("2021-12-30", 2, "2022-01-03")] // New Year's Day 2022 is a Saturday
    [InlineData("2020-02-28", 1, "2020-03-02")] // Friday before a leap Saturday
    public void Banking_days_are_counted_after_the_day_itself(string day, int count, string expected) =>
        Assert.Equal(Day(expected), BankingCalendar.AddBankingDays(Day(day), count));

    [Fact]
    public void Banking_days_are_not_counted_backwards() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BankingCalendar.AddBankingDays(Day("2020-01-22"), -1));

    [Theory]
    [MemberData(nameof(Years))]
    public void Counting_in_two_steps_is_counting_in_one(int year) =>
        Assert.All(
            DaysOf(year),
            day =>
                Assert.Equal(
                    BankingCalendar.AddBankingDays(day, 15),
                    BankingCalendar.AddBankingDays(BankingCalendar.AddBankingDays(day, 5), 10)
                )
        );
}
