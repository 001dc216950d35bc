using Autopay.Rehearsal.Steps;

namespace Autopay.Rehearsal.Input;

/// <summary>What the timeline as a whole must be, and that each step is good.</summary>
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
        "billsWaived",
        "penalised",
        "penaltiesToReverse",
        "mayBePenalised",
        "mayBeDisconnected",
    ];

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
            policies.StaleBillsDays is null or >= 0,
            "policies.staleBillsDays",
            "expected a number that is not below zero"
        );
        Require(
            policies.StalePaymentsDays is null or >= 0,
            "policies.stalePaymentsDays",
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
        var day = DateOnly.FromDateTime(step.At);
        Require(
            day >= timeline.Start && day <= timeline.End,
            $"{field}.at",
            $"{step.At:yyyy-MM-ddTHH:mm} is outside {timeline.Start:yyyy-MM-dd} to {timeline.End:yyyy-MM-dd}"
        );
        foreach (var problem in step.Check(folder))
        {
            throw lines.Wrong(problem.Field.Length == 0 ? field : $"{field}.{problem.Field}", problem.Text);
        }
    }

    private void Require(bool holds, string field, string problem)
    {
        if (!holds)
        {
            throw lines.Wrong(field, problem);
        }
    }
}
