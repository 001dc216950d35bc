namespace Autopay.Rehearsal.Steps.CityControls;

/// <summary>The back payments of these cycles were not all entered after all: they are held again (R7).</summary>
internal sealed record ReopenStep : CyclesStep
{
    protected override string What => StepText.Cycles(Cycles);

    protected override ControlChange ToChange(StepContext context) => new BacklogReopened(CycleNumbers);
}
