namespace Autopay.Rehearsal.Steps.CityControls;

/// <summary>Nobody is disconnected on these days.</summary>
internal sealed record ShieldStep : ControlStep
{
    public string? Id { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<DateOnly> Dates { get; init; }

    /// <summary>Every cycle when none is named.</summary>
    public IReadOnlyList<int> Cycles { get; init; } = [];

    protected override string What =>
        $"no disconnection on {string.Join(", ", Dates.Select(StepText.Day))}{StepText.OfCycles(Cycles)}";

    internal override IEnumerable<StepProblem> Check(string folder) => StepProblem.OfList(Dates, "dates", Do);

    protected override ControlChange ToChange(StepContext context) =>
        new DisconnectShielded(Id ?? context.NextId("shield"), Dates) { Cycles = StepText.Numbers(Cycles) };
}
