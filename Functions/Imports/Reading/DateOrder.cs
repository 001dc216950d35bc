using System.Globalization;

namespace Autopay.Imports.Reading;

/// <summary>
/// Whether a file writes the month or the day first in dates like <c>1/22/2026</c>: all its rows and date columns
/// together tell (D102).
/// </summary>
/// <param name="MonthFirstLine">A line with a date that can only have the month first; null when there is none.</param>
/// <param name="DayFirstLine">A line with a date that can only have the day first; null when there is none.</param>
internal sealed record DateOrder(int? MonthFirstLine, int? DayFirstLine)
{
    private const string Cure =
        "In Excel, format the date columns as yyyy-mm-dd (Format Cells, Custom) and save the file again.";

    /// <returns>Null when there is no such day, or the file leaves a doubt.</returns>
    public DateOnly? Read(SlashDate date) =>
        (MonthFirstLine, DayFirstLine) switch
        {
            _ when date.MonthFirst == date.DayFirst => date.MonthFirst,
            ({ }, null) => date.MonthFirst,
            (null, { }) => date.DayFirst,
            _ => null,
        };

    /// <summary>With what one more date tells.</summary>
    public DateOrder With(int line, SlashDate date) =>
        (date.MonthFirst, date.DayFirst) switch
        {
            ({ }, null) => this with { MonthFirstLine = MonthFirstLine ?? line },
            (null, { }) => this with { DayFirstLine = DayFirstLine ?? line },
            _ => this,
        };

    /// <summary>Why a date cannot be read, and what to do.</summary>
    public string Advice(SlashDate date) =>
        this switch
        {
            { MonthFirstLine: { } month, DayFirstLine: { } day } =>
                $"Line {month} has the month first, line {day} the day first. {Cure}",
            _ when date is { MonthFirst: { } one, DayFirst: { } other }
                    && MonthFirstLine is null
                    && DayFirstLine is null =>
                $"It can be {Spoken(one)} or {Spoken(other)}, and no other date of the file tells which. {Cure}",
            _ => Cure,
        };

    /// <summary>What to do about a text that is no date at all.</summary>
    public static string Advice(string text) =>
        text.Length == 5 && text.All(char.IsAsciiDigit) ? $"This is Excel's number of a day. {Cure}" : Cure;

    private static string Spoken(DateOnly day) => day.ToString("MMMM d", CultureInfo.InvariantCulture);
}
