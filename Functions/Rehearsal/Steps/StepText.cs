using System.Globalization;

namespace Autopay.Rehearsal.Steps;

/// <summary>Days, windows and cycles as a step's line shows them.</summary>
internal static class StepText
{
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Window(DateOnly from, DateOnly to) => $"{Day(from)} to {Day(to)}";

    /// <summary>Nothing of every cycle.</summary>
    public static string OfCycles(IReadOnlyList<int> cycles) => cycles.Count == 0 ? "" : $", {Cycles(cycles)}";

    public static IReadOnlyList<CycleNumber> Numbers(IReadOnlyList<int> cycles) =>
        [.. cycles.Select(cycle => new CycleNumber(cycle))];

    public static string Cycles(IReadOnlyList<int> cycles) =>
        $"{(cycles.Count == 1 ? "cycle" : "cycles")} {string.Join(", ", cycles)}";
}
