namespace Autopay.Domain.Calendar;

/// <summary>
/// The days on which debits can fall: not Saturdays, Sundays or Federal Reserve holidays (R10). A holiday that falls on
/// a Sunday is observed on Monday; one that falls on a Saturday is not observed on a weekday.
/// </summary>
public static class BankingCalendar
{
    private const int FirstJuneteenth = 2022;

    public static bool IsBankingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsHoliday(day);

    /// <summary>The day itself if it is a banking day, else the next one.</summary>
    public static DateOnly RollForward(DateOnly day)
    {
        while (!IsBankingDay(day))
        {
            day = day.AddDays(1);
        }

        return day;
    }

    /// <summary>
    /// The <paramref name="count"/>-th banking day after <paramref name="day"/>; the day itself is day 0.
    /// </summary>
    public static DateOnly AddBankingDays(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        for (; count > 0; count--)
        {
            day = RollForward(day.AddDays(1));
        }

        return day;
    }

    /// <summary>Whether the Federal Reserve Banks observe a holiday on this weekday.</summary>
    public static bool IsHoliday(DateOnly day) =>
        IsFixedHoliday(day)
        || (day.DayOfWeek == DayOfWeek.Monday && IsFixedHoliday(day.AddDays(-1)))
        || IsMovableHoliday(day);

    private static bool IsFixedHoliday(DateOnly day) =>
        (day.Month, day.Day) switch
        {
            (1, 1) or (7, 4) or (11, 11) or (12, 25) => true,
            (6, 19) => day.Year >= FirstJuneteenth,
            _ => false,
        };

    private static bool IsMovableHoliday(DateOnly day) =>
        (day.Month, day.DayOfWeek, Week(day)) switch
        {
            (1, DayOfWeek.Monday, 3) => true, // Birthday of Martin Luther King, Jr.
            (2, DayOfWeek.Monday, 3) => true, // Washington's Birthday
            (5, DayOfWeek.Monday, _) => day.AddDays(7).Month == 6, // Memorial Day: the last Monday of May
            (9, DayOfWeek.Monday, 1) => true, // Labor Day
            (10, DayOfWeek.Monday, 2) => true, // Columbus Day
            (11, DayOfWeek.Thursday, 4) => true, // Thanksgiving Day
            _ => false,
        };

    private static int Week(DateOnly day) => ((day.Day - 1) / 7) + 1;
}
