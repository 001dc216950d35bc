namespace Autopay.Rehearsal.Steps.CityControls;

/// <summary>A shield is taken back.</summary>
internal sealed record UnshieldStep : ControlStep
{
    /// <summary>The shield's.</summary>
    public required string Id { get; init; }

    protected override string What => $"shield '{Id}'";

    protected override ControlChange ToChange(StepContext context) => new ShieldWithdrawn(Id);
}
