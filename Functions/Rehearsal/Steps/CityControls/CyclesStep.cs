namespace Autopay.Rehearsal.Steps.CityControls;

/// <summary>A flag of some billing cycles.</summary>
internal abstract record CyclesStep : ControlStep
{
    /// <summary>At least one.</summary>
    public required IReadOnlyList<int> Cycles { get; init; }

    protected CycleNumber[] CycleNumbers => [.. Cycles.Select(cycle => new CycleNumber(cycle))];

    internal override IEnumerable<StepProblem> Check(string folder) => StepProblem.OfList(Cycles, "cycles", Do);
}
