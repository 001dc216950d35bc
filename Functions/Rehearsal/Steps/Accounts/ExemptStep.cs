namespace Autopay.Rehearsal.Steps.Accounts;

/// <summary>A deferral does not cover this bill.</summary>
internal sealed record ExemptStep : BillStep
{
    public required string Deferral { get; init; }

    /// <summary>"off" takes the exemption back.</summary>
    public string To { get; init; } = "on";

    protected override string What => $"{base.What}, deferral '{Deferral}'{(To == "off" ? ", taken back" : "")}";

    internal override IEnumerable<StepProblem> Check(string folder) => StepProblem.OfSwitch(To, "to");

    protected override LedgerCommand ToCommand(Moment now) =>
        new ExemptBill(BillId, new DeferralId(Deferral), To == "on", Why, now);
}
