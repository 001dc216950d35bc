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

    /// <summary>That an outage of the files holds nothing by itself: loud, but a city may mean it.</summary>
    /// <returns>Null where both files are watched.</returns>
    public static string? UnwatchedOf(Policies policies)
    {
        (int Days, string File, string Setting)[] feeds =
        [
            (policies.StaleBillsDays, "bills", "Autopay__StaleBillsDays"),
            (policies.StalePaymentsDays, "payments", "Autopay__StalePaymentsDays"),
        ];
        var unwatched = feeds.Where(feed => feed.Days == 0).ToList();
        return unwatched.Count == 0
            ? null
            : $"What falls due is charged however long no {string.Join(" and no ", unwatched.Select(it => it.File))} "
                + $"file comes: {string.Join(" and ", unwatched.Select(it => it.Setting))} "
                + $"{(unwatched.Count == 1 ? "is" : "are")} 0.";
    }
}
