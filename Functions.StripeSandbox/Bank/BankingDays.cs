namespace Autopay.StripeSandbox.Bank;

/// <summary>
/// The Federal Reserve's holidays, computed here on purpose and not shared with the app: a mistake in one calendar
/// shows against the other. A holiday on a Sunday moves to Monday; one on a Saturday is not made up.
/// </summary>
internal static class BankingDays
{
    private const int FirstJuneteenth = 2021;

    public static DateOnly Next(DateOnly day) => After(day, 1);

    public static DateOnly After(DateOnly day, int bankingDays)
    {
        for (var left = bankingDays; left > 0; left -= IsBankingDay(day) ? 1 : 0)
        {
            day = day.AddDays(1);
        }
        return day;
    }

    public static bool IsBankingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Holidays(day.Year).Contains(day);

    public static IEnumerable<DateOnly> Holidays(int year)
    {
        yield return Observed(new DateOnly(year, 1, 1));
        yield return Nth(year, 1, DayOfWeek.Monday, 3);
        yield return Nth(year, 2, DayOfWeek.Monday, 3);
        yield return LastMonday(year, 5);
        if (year >= FirstJuneteenth)
        {
            yield return Observed(new DateOnly(year, 6, 19));
        }
        yield return Observed(new DateOnly(year, 7, 4));
        yield return Nth(year, 9, DayOfWeek.Monday, 1);
        yield return Nth(year, 10, DayOfWeek.Monday, 2);
        yield return Observed(new DateOnly(year, 11, 11));
        yield return Nth(year, 11, DayOfWeek.Thursday, 4);
        yield return Observed(new DateOnly(year, 12, 25));
    }

    private static DateOnly Observed(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? day.AddDays(1) : day;

    private static DateOnly Nth(int year, int month, DayOfWeek weekday, int nth)
    {
        var first = new DateOnly(year, month, 1);
        var offset = ((int)weekday - (int)first.DayOfWeek + 7) % 7;
        return first.AddDays(offset + (7 * (nth - 1)));
    }

    private static DateOnly LastMonday(int year, int month)
    {
        var last = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
        return last.AddDays(-(((int)last.DayOfWeek - (int)DayOfWeek.Monday + 7) % 7));
    }
}
