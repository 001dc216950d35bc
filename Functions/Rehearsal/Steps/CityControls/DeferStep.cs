namespace Autopay.Rehearsal.Steps.CityControls;

/// <summary>A deferral begins: bills of these cycles that are due in the window are held or merged.</summary>
internal sealed record DeferStep : CyclesStep
{
    public required string Id { get; init; }

    public required DateOnly DueFrom { get; init; }

    /// <summary>Inclusive.</summary>
    public required DateOnly DueTo { get; init; }

    /// <summary>"hold" or "merge".</summary>
    public required string Action { get; init; }

    public DateOnly? ExpectedClearBy { get; init; }

    protected override string What =>
        $"{Action} '{Id}', {StepText.Cycles(Cycles)}, due {StepText.Window(DueFrom, DueTo)}";

    internal override IEnumerable<StepProblem> Check(string folder) =>
        [
            .. base.Check(folder),
            .. Action is "hold" or "merge"
                ? Array.Empty<StepProblem>()
                : [new("action", $"'{Action}'; expected hold or merge")],
            .. StepProblem.OfWindow(DueFrom, DueTo, "dueTo"),
        ];

    protected override ControlChange ToChange(StepContext context) =>
        new DeferralDeclared(
            new DeferralId(Id),
            CycleNumbers,
            DueFrom,
            DueTo,
            Action == "merge" ? DeferralAction.Merge : DeferralAction.Hold,
            ExpectedClearBy
        );
}
