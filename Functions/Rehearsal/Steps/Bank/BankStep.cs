using Autopay.Hosting;
using Autopay.Rehearsal.World;

namespace Autopay.Rehearsal.Steps.Bank;

/// <summary>
/// From now on the bank confirms only the first charges of a batch, and says nothing of the others; or it confirms all
/// of them again.
/// </summary>
internal sealed record BankStep : TimelineStep
{
    private const string Taken = "taken";
    private const string Lost = "lost";

    /// <summary>How many of what is sent in one minute; not given: all.</summary>
    public int? ConfirmOnly { get; init; }

    /// <summary>
    /// "taken": the bank takes the others too, and only its answers are lost; "lost": they never reach it.
    /// </summary>
    public string Others { get; init; } = Taken;

    internal override IEnumerable<StepProblem> Check(string folder)
    {
        if (ConfirmOnly < 0)
        {
            yield return new("confirmOnly", "expected a number that is not below zero");
        }

        if (Others is not (Taken or Lost))
        {
            yield return new("others", $"'{Others}'; expected {Taken} or {Lost}");
        }
    }

    internal override Task<string> PlayAsync(StepContext context)
    {
        var bank = context.World.Bank;
        var silent = bank.Limit is { } before ? $"; {Plural.Of(before.Unanswered, "charge")} had no answer" : "";
        bank.Limit = ConfirmOnly is { } first ? new BatchLimit(first, takesTheOthers: Others == Taken) : null;
        var what = bank.Limit is null
            ? "every charge is confirmed"
            : $"{ConfirmOnly} charges of a batch are confirmed, the others are {Others} without an answer";
        return Task.FromResult(WithReason(what + silent));
    }
}
