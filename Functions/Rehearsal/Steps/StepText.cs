using System.Globalization;

namespace Autopay.Rehearsal.Steps;

/// <summary>Days, windows and cycles as a step's line shows them.</summary>
internal static class StepText
{
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Window(DateOnly from, DateOnly to) => $"{Day(from)} to {Day(to)}";

    public static string Cycles(IReadOnlyList<int> cycles) =>
        $"{(cycles.Count == 1 ? "cycle" : "cycles")} {string.Join(", ", cycles)}";
}
