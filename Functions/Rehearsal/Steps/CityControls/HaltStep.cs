namespace Autopay.Rehearsal.Steps.CityControls;

/// <summary>Nothing is charged until the resume.</summary>
internal sealed record HaltStep : ControlStep
{
    protected override string What => "nothing is charged";

    protected override ControlChange ToChange(StepContext context) => new ChargingHalted();
}
