namespace Autopay.Rehearsal.Steps.CityControls;

/// <summary>A deferral is taken back.</summary>
internal sealed record WithdrawStep : ControlStep
{
    /// <summary>The deferral's.</summary>
    public required string Id { get; init; }

    protected override string What => $"deferral '{Id}'";

    protected override ControlChange ToChange(StepContext context) => new DeferralWithdrawn(new DeferralId(Id));
}
