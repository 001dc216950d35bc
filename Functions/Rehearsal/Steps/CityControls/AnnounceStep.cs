namespace Autopay.Rehearsal.Steps.CityControls;

/// <summary>The city has told everybody of debits to come (R44).</summary>
internal sealed record AnnounceStep : ControlStep
{
    public string? Id { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<int> Cycles { get; init; }

    /// <summary>Of the bills that it is about, with <see cref="DueTo"/>.</summary>
    public required DateOnly DueFrom { get; init; }

    public required DateOnly DueTo { get; init; }

    /// <summary>The step's own day if it is not given.</summary>
    public DateOnly? PublishedOn { get; init; }

    /// <summary>The first day of debits that it names.</summary>
    public DateOnly? DebitsFrom { get; init; }

    /// <summary>Whether it tells what will be debited, and not only when.</summary>
    public bool Amounts { get; init; }

    public string Audience { get; init; } = "everybody";

    public string Evidence { get; init; } = "";

    protected override string What =>
        $"public notice for {StepText.Cycles(Cycles)}, due {StepText.Window(DueFrom, DueTo)}";

    internal override IEnumerable<StepProblem> Check(string folder) => StepProblem.OfList(Cycles, "cycles", Do);

    protected override ControlChange ToChange(StepContext context) =>
        new PublicNoticeRecorded(
            Id ?? context.NextId("notice"),
            [.. Cycles.Select(cycle => new CycleNumber(cycle))],
            DueFrom,
            DueTo,
            PublishedOn ?? DateOnly.FromDateTime(At),
            DebitsFrom,
            Amounts,
            Audience,
            Evidence
        );
}
