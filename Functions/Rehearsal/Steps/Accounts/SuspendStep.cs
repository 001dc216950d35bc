namespace Autopay.Rehearsal.Steps.Accounts;

/// <summary>An account's debits are deferred until the suspension is lifted (R19).</summary>
internal sealed record SuspendStep : AccountStep
{
    /// <summary>"off" lifts the suspension.</summary>
    public string To { get; init; } = "on";

    protected override string What => $"{base.What}{(To == "off" ? ", lifted" : "")}";

    internal override IEnumerable<StepProblem> Check(string folder) => StepProblem.OfSwitch(To, "to");

    protected override LedgerCommand ToCommand(Moment now) =>
        To == "off" ? new LiftSuspension(Why, now) : new SuspendAccount(Why, now);
}
