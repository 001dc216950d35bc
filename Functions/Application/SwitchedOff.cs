namespace Autopay.Application;

/// <summary>Says loudly, wherever people look, what a city has switched off that would need two people.</summary>
public static class SwitchedOff
{
    /// <returns>Null when nothing is.</returns>
    public static string? WarningOf(Policies policies)
    {
        string?[] switchedOff =
        [
            policies.SecondPerson
                ? null
                : "One person may end a halt, let a release go, give back any amount and change anybody's payment "
                    + "method: Autopay__SecondPerson is false.",
            policies.ReleaseApproval
                ? null
                : "A clear sends money without a plan that anybody approved: Autopay__ReleaseApproval is false.",
        ];
        return string.Join(" ", switchedOff.OfType<string>()) is { Length: > 0 } text ? text : null;
    }
}
