using System.Globalization;
using System.Text.RegularExpressions;

namespace Autopay.Imports.Reading;

/// <summary>
/// A day written as <c>1/22/2026</c> or <c>22/1/2026</c>: which part is the month only its file can tell.
/// </summary>
internal readonly partial record struct SlashDate(int First, int Second, int Year)
{
    /// <summary>The day when the month comes first; null when there is no such day.</summary>
    public DateOnly? MonthFirst => Of(First, Second);

    /// <summary>The day when the day comes first; null when there is no such day.</summary>
    public DateOnly? DayFirst => Of(Second, First);

    public static SlashDate? Parse(string text) =>
        Pattern().Match(text) is { Success: true } date
            ? new SlashDate(Number(date, 1), Number(date, 2), Number(date, 3))
            : null;

    private static int Number(Match date, int group) =>
        int.Parse(date.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private DateOnly? Of(int month, int day) =>
        Year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(Year, month)
            ? new DateOnly(Year, month, day)
            : null;

    [GeneratedRegex(@"^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
