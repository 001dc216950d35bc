using Autopay.Application.Finance;
using Autopay.Rehearsal.Input;
using Autopay.Rehearsal.Steps;

namespace Autopay.Rehearsal;

/// <summary>How a rehearsal ended.</summary>
/// <param name="Failures">Each violated invariant and each missed expectation, named; empty when all hold.</param>
public sealed record RehearsalResult(RehearsalReport Report, IReadOnlyList<string> Failures);

/// <summary>
/// Plays a city's outage day by day. In one minute: the bank's answers, then the steps, then the due-date run; after
/// each of them whatever it made due is evaluated at once, and the invariants are checked.
/// </summary>
public static class RehearsalRun
{
    /// <param name="progress">Is told each step as it is played.</param>
    /// <exception cref="RehearsalInputException">The input is wrong.</exception>
    public static async Task<RehearsalResult> PlayAsync(
        Timeline timeline,
        string folder,
        RehearsalWorld world,
        Action<string> progress
    )
    {
        WarnOfUnknown(timeline, progress);
        var invariants = new RehearsalInvariants(world);
        var context = new StepContext(world, folder);
        foreach (var moment in Moments(timeline, world.City))
        {
            await HearBankUntilAsync(moment.At, world, invariants);
            world.MoveTo(moment.At);
            var told = moment.Step is { } step ? await PlayAsync(step, context) : null;
            await world.Verb<HoldStaleFeed>().RunAsync(CancellationToken.None);
            await world.EvaluateAsync(moment.Step?.Do ?? "due-date run");
            invariants.CheckChanged();
            if (told is not null)
            {
                progress($"{moment.Step!.At:yyyy-MM-dd HH:mm}  {moment.Step.Do, -8}  {told}");
            }
        }

        await HearBankUntilAsync(
            world.City.ToUtc(timeline.End.AddDays(1), TimeOnly.MinValue).AddMinutes(-1),
            world,
            invariants
        );
        var results = invariants.Finish();
        var report = ReportBuilder.Build(timeline, world, results);
        return new RehearsalResult(
            report,
            [
                .. invariants.Violations.Distinct(),
                .. NotLookedAt(results),
                .. await StuckAsync(world),
                .. Expectations.Missed(timeline, report),
            ]
        );
    }

    private static IEnumerable<string> NotLookedAt(IReadOnlyList<InvariantResult> results) =>
        results
            .Where(result => result.Looked == 0)
            .Select(result => $"{result.Id}: looked at nothing although the books are not empty");

    // With a bank that always answers nothing gets stuck: an account that could not be looked at is a bug.
    private static async Task<List<string>> StuckAsync(RehearsalWorld world) =>
        await world
            .Stuck.ReadAllAsync(CancellationToken.None)
            .Select(item => $"stuck: {item.Id}: {item.Reason}")
            .ToListAsync();

    private static async Task<string> PlayAsync(TimelineStep step, StepContext context)
    {
        try
        {
            return await step.PlayAsync(context);
        }
        catch (RefusedException refused)
        {
            return $"refused: {refused.Message}";
        }
    }

    // The bank speaks first in its minute: everything that it says up to and including this instant comes before it.
    private static async Task HearBankUntilAsync(
        DateTimeOffset instant,
        RehearsalWorld world,
        RehearsalInvariants invariants
    )
    {
        while (world.Bank.NextAnswerAt is { } answerAt && answerAt <= instant)
        {
            world.MoveTo(answerAt);
            await world.HearBankAsync();
            await world.EvaluateAsync("the bank answered");
            invariants.CheckChanged();
        }
    }

    private static IEnumerable<(DateTimeOffset At, TimelineStep? Step)> Moments(Timeline timeline, CityCalendar city)
    {
        var steps = timeline.Steps.Select(step =>
            (At: city.ToUtc(DateOnly.FromDateTime(step.At), TimeOnly.FromDateTime(step.At)), Step: (TimelineStep?)step)
        );
        var runs = Enumerable
            .Range(0, timeline.End.DayNumber - timeline.Start.DayNumber + 1)
            .Select(day =>
                (At: city.ToUtc(timeline.Start.AddDays(day), timeline.ToRunTime()), Step: (TimelineStep?)null)
            );

        // Stable: steps of the same time in file order; the run's second puts it after the steps of its minute.
        return steps.Concat(runs).OrderBy(moment => moment.At);
    }

    private static void WarnOfUnknown(Timeline timeline, Action<string> progress)
    {
        var unknown = (timeline.Unknown ?? [])
            .Keys.Concat((timeline.Policies.Unknown ?? []).Keys.Select(name => $"policies.{name}"))
            .Concat(
                timeline.Cycles.SelectMany(
                    (cycle, index) => (cycle.Unknown ?? []).Keys.Select(name => $"cycles[{index}].{name}")
                )
            )
            .Concat(
                timeline.Steps.SelectMany(
                    (step, index) => (step.Unknown ?? []).Keys.Select(name => $"steps[{index}].{name}")
                )
            );
        foreach (var field in unknown)
        {
            progress($"{TimelineFile.Name}: field {field} is not known and is ignored");
        }
    }
}
