namespace Autopay.Rehearsal.Steps.CityControls;

/// <summary>The halt ends.</summary>
internal sealed record ResumeStep : ControlStep
{
    protected override string What => "charging goes on";

    protected override ControlChange ToChange(StepContext context) => new ChargingResumed();
}
