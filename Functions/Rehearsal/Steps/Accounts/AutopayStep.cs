namespace Autopay.Rehearsal.Steps.Accounts;

/// <summary>Autopay of an account goes on or off (R23).</summary>
internal sealed record AutopayStep : AccountStep
{
    /// <summary>"on" or "off".</summary>
    public required string To { get; init; }

    protected override string What => $"{base.What}, {To}";

    internal override IEnumerable<StepProblem> Check(string folder) => StepProblem.OfSwitch(To, "to");

    protected override LedgerCommand ToCommand(Moment now) => new SwitchAutopay(To == "on", Why, now);
}
