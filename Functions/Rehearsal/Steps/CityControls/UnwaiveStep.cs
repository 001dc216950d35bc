namespace Autopay.Rehearsal.Steps.CityControls;

/// <summary>A waiver is taken back.</summary>
internal sealed record UnwaiveStep : ControlStep
{
    /// <summary>The waiver's.</summary>
    public required string Id { get; init; }

    protected override string What => $"waiver '{Id}'";

    protected override ControlChange ToChange(StepContext context) => new WaiverWithdrawn(Id);
}
