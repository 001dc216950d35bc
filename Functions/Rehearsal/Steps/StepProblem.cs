namespace Autopay.Rehearsal.Steps;

/// <summary>What is wrong with a step.</summary>
/// <param name="Field">The field of the step; empty when it is the step as a whole.</param>
internal readonly record struct StepProblem(string Field, string Text)
{
    /// <summary>Nothing when the window ends on or after the day on which it starts.</summary>
    public static IEnumerable<StepProblem> OfWindow(DateOnly from, DateOnly to, string field) =>
        from <= to ? [] : [new(field, "the window ends before it starts")];

    /// <summary>Nothing when the field says on or off, or nothing where it may.</summary>
    public static IEnumerable<StepProblem> OfSwitch(string? value, string field) =>
        value is null or "on" or "off" ? [] : [new(field, $"'{value}'; expected on or off")];

    /// <summary>Nothing when the list names anything.</summary>
    public static IEnumerable<StepProblem> OfList<T>(IReadOnlyList<T> list, string field, string step) =>
        list.Count > 0 ? [] : [new(field, Missing(step))];

    public static string Missing(string step) => $"missing; a step '{step}' needs it";
}
