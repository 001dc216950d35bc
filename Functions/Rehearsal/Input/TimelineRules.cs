using Autopay.Imports;

namespace Autopay.Rehearsal.Input;

/// <summary>What every kind of step needs, and what the timeline as a whole must be.</summary>
internal sealed class TimelineRules(Timeline timeline, string folder, JsonLines lines)
{
    public static readonly IReadOnlyList<string> ExpectNames =
    [
        "billedCents",
        "collectedCents",
        "paidElsewhereCents",
        "creditCents",
        "openCents",
        "paidTwiceCents",
        "notCollectedCents",
        "waitingRows",
        "doubleCharges",
        "needsReview",
        "uncollected",
    ];

    private static readonly Dictionary<string, string[]> Needed = new(StringComparer.Ordinal)
    {
        ["import"] = ["kind", "file"],
        ["defer"] = ["id", "cycles", "dueFrom", "dueTo", "action"],
        ["withdraw"] = ["id"],
        ["clear"] = ["cycles"],
        ["reopen"] = ["cycles"],
        ["waive"] = ["dueFrom", "dueTo", "penaltyFrom", "penaltyTo"],
        ["shield"] = ["dates"],
        ["autopay"] = ["account", "to"],
        ["skip"] = ["account", "bill"],
        ["rearm"] = ["account", "bill"],
        ["exempt"] = ["account", "bill", "deferral"],
        ["suspend"] = ["account"],
        ["approve"] = ["bill"],
        ["cancel"] = ["bill"],
        ["take"] = [],
        ["keep"] = [],
        ["apply"] = [],
        ["halt"] = [],
        ["resume"] = [],
    };

    /// <exception cref="RehearsalInputException">Something is wrong: line and field.</exception>
    public void Check()
    {
        Require(
            TimeZoneInfo.TryFindSystemTimeZoneById(timeline.TimeZone, out _),
            "timeZone",
            $"'{timeline.TimeZone}' is not a time zone, such as America/Chicago"
        );
        Require(timeline.End >= timeline.Start, "end", "the end is before the start");
        CheckPolicies(timeline.Policies);
        foreach (var name in timeline.Expect.Keys)
        {
            Require(ExpectNames.Contains(name), $"expect.{name}", $"unknown; one of {string.Join(", ", ExpectNames)}");
        }

        for (var index = 0; index < timeline.Cycles.Count; index++)
        {
            Require(timeline.Cycles[index] is not null, $"cycles[{index}]", "expected an object");
        }

        for (var index = 0; index < timeline.Steps.Count; index++)
        {
            Require(timeline.Steps[index] is not null, $"steps[{index}]", "expected an object");
            Check(timeline.Steps[index], $"steps[{index}]");
        }
    }

    private void CheckPolicies(TimelinePolicies policies)
    {
        Require(policies.MaxRetries is null or >= 0, "policies.maxRetries", "expected a number that is not below zero");
        Require(
            policies.MaxRetryDays is null or >= 0,
            "policies.maxRetryDays",
            "expected a number that is not below zero"
        );
        Require(
            policies.MaxReturnsPerYear is null or >= 0,
            "policies.maxReturnsPerYear",
            "expected a number that is not below zero"
        );
        Require(
            policies.RetryAfterBankingDays?.All(days => days >= 0) ?? true,
            "policies.retryAfterBankingDays",
            "expected numbers that are not below zero"
        );
    }

    private void Check(TimelineStep step, string field)
    {
        Require(
            Needed.TryGetValue(step.Do, out var needed),
            $"{field}.do",
            $"'{step.Do}' is not a step; one of {string.Join(", ", Needed.Keys)}"
        );
        // One bill, or all bills of one import.
        foreach (var name in step is { Do: "rearm", Import: not null } ? [] : needed!)
        {
            Require(Has(step, name), $"{field}.{name}", $"missing; a step '{step.Do}' needs it");
        }

        var day = DateOnly.FromDateTime(step.At);
        Require(
            day >= timeline.Start && day <= timeline.End,
            $"{field}.at",
            $"{step.At:yyyy-MM-ddTHH:mm} is outside {timeline.Start:yyyy-MM-dd} to {timeline.End:yyyy-MM-dd}"
        );
        Require(
            step.Do != "defer" || step.Action is "hold" or "merge",
            $"{field}.action",
            $"'{step.Action}'; expected hold or merge"
        );
        Require(step.Do != "autopay" || step.To is "on" or "off", $"{field}.to", $"'{step.To}'; expected on or off");
        Require(
            step.Do != "exempt" || step.To is null or "on" or "off",
            $"{field}.to",
            $"'{step.To}'; expected on or off"
        );
        Require(
            step.Do != "suspend" || step.To is null or "on" or "off",
            $"{field}.to",
            $"'{step.To}'; expected on or off"
        );
        Require(
            step.Do is not ("take" or "keep") || step.Bill is null != step.Payment is null,
            field,
            $"a step '{step.Do}' names a bill or a payment"
        );
        CheckWindows(step, field);
        CheckImport(step, field);
    }

    private void CheckWindows(TimelineStep step, string field)
    {
        Require(step.DueTo is null || step.DueFrom <= step.DueTo, $"{field}.dueTo", "the window ends before it starts");
        Require(
            step.PenaltyTo is null || step.PenaltyFrom <= step.PenaltyTo,
            $"{field}.penaltyTo",
            "the window ends before it starts"
        );
    }

    private void CheckImport(TimelineStep step, string field)
    {
        if (step.Do == "import")
        {
            Require(
                step.BadRows is null or "setAside" or "refuse",
                $"{field}.badRows",
                $"'{step.BadRows}'; expected setAside or refuse"
            );
            Require(
                step.Complete is not true || step.Kind == "accounts",
                $"{field}.complete",
                "only an accounts file can be complete"
            );
            Require(
                ImportFormat.Find(step.Kind) is not null,
                $"{field}.kind",
                $"'{step.Kind}'; expected one of {ImportFormat.AllNames}"
            );
            Require(
                File.Exists(Path.Combine(folder, step.File!)),
                $"{field}.file",
                $"'{step.File}' is not in the folder"
            );
        }
    }

    private static bool Has(TimelineStep step, string name) =>
        name switch
        {
            "kind" => step.Kind is not null,
            "file" => step.File is not null,
            "id" => step.Id is not null,
            "cycles" => step.Cycles is { Count: > 0 },
            "dueFrom" => step.DueFrom is not null,
            "dueTo" => step.DueTo is not null,
            "penaltyFrom" => step.PenaltyFrom is not null,
            "penaltyTo" => step.PenaltyTo is not null,
            "action" => step.Action is not null,
            "dates" => step.Dates is { Count: > 0 },
            "account" => step.Account is not null,
            "bill" => step.Bill is not null,
            "deferral" => step.Deferral is not null,
            "to" => step.To is not null,
            _ => throw new InvalidOperationException($"Unknown field {name}."),
        };

    private void Require(bool holds, string field, string problem)
    {
        if (!holds)
        {
            throw new RehearsalInputException(
                $"{TimelineFile.Name}, line {lines.Of(field)}, field {field}: {problem}."
            );
        }
    }
}
