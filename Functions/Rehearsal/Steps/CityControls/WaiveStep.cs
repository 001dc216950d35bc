namespace Autopay.Rehearsal.Steps.CityControls;

/// <summary>No penalty for bills whose due date and penalty date lie in these windows, inclusive.</summary>
internal sealed record WaiveStep : ControlStep
{
    public string? Id { get; init; }

    public required DateOnly DueFrom { get; init; }

    public required DateOnly DueTo { get; init; }

    public required DateOnly PenaltyFrom { get; init; }

    public required DateOnly PenaltyTo { get; init; }

    /// <summary>Every cycle when none is named.</summary>
    public IReadOnlyList<int> Cycles { get; init; } = [];

    protected override string What =>
        $"no penalty for bills due {StepText.Window(DueFrom, DueTo)} with a penalty date "
        + StepText.Window(PenaltyFrom, PenaltyTo)
        + StepText.OfCycles(Cycles);

    internal override IEnumerable<StepProblem> Check(string folder) =>
        [
            .. StepProblem.OfWindow(DueFrom, DueTo, "dueTo"),
            .. StepProblem.OfWindow(PenaltyFrom, PenaltyTo, "penaltyTo"),
        ];

    protected override ControlChange ToChange(StepContext context) =>
        new PenaltyWaived(Id ?? context.NextId("waiver"), DueFrom, DueTo, PenaltyFrom, PenaltyTo)
        {
            Cycles = StepText.Numbers(Cycles),
        };
}
