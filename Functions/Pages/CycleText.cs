using System.Globalization;
using Autopay.Application.Finance;
using Autopay.Application.Texts;

namespace Autopay.Pages;

/// <summary>Days, cycles and counts as sentences of the pages have them.</summary>
public static class CycleText
{
    /// <summary><c>cycle 1 (West)</c>, inside a sentence.</summary>
    public static string Inside(PageWords words, CycleNumber cycle, IReadOnlyList<CycleName> names) =>
        Area(cycle, names) is { Length: > 0 } area
            ? words.Of("Counted.CycleInside", ("n", cycle.Value), ("area", area))
            : words.Of("Counted.CycleAlone", ("n", cycle.Value));

    /// <summary><c>Cycle 1 · West</c>, as a title.</summary>
    public static string Title(PageWords words, CycleNumber cycle, IReadOnlyList<CycleName> names) =>
        Area(cycle, names) is { Length: > 0 } area
            ? words.Of("Counted.CycleTitle", ("n", cycle.Value), ("area", area))
            : words.Of("Counted.CycleTitleAlone", ("n", cycle.Value));

    /// <summary><c>1, 2, 3</c></summary>
    public static string List(IEnumerable<CycleNumber> cycles) => string.Join(", ", cycles.Order());

    /// <summary><c>Feb 20</c>, <c>20 feb</c>: where the year is plain.</summary>
    public static string ShortDay(PageWords words, DateOnly day) =>
        day.ToString(words.IsSpanish ? "d MMM" : "MMM d", words.Language.Culture);

    /// <summary><c>today</c>, <c>tomorrow</c>, or the day.</summary>
    public static string Day(Frame frame, DateOnly day) =>
        day == frame.Today ? frame.Words["Counted.Today"]
        : day == frame.Today.AddDays(1) ? frame.Words["Counted.Tomorrow"]
        : day == frame.Today.AddDays(-1) ? frame.Words["Counted.Yesterday"]
        : frame.Words.Day(day);

    /// <summary><c>10:31 a.m.</c> of today, else with the day.</summary>
    public static string At(Frame frame, DateTimeOffset at)
    {
        var civil = frame.Civil(at);
        return civil.Today == frame.Today
            ? PageWords.Time(civil.TimeOfDay)
            : $"{Day(frame, civil.Today)}, {PageWords.Time(civil.TimeOfDay)}";
    }

    /// <summary><c>15 debits</c></summary>
    public static string Debits(PageWords words, long count) => words.Count("Counted.Debits", count);

    public static string Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    public static string Name(Authority authority) => authority.Name ?? authority.By;

    private static string Area(CycleNumber cycle, IReadOnlyList<CycleName> names) =>
        names.FirstOrDefault(it => it.Cycle == cycle.Value)?.Area is { Length: > 0 } area
            ? char.ToUpperInvariant(area[0]) + area[1..]
            : "";
}
