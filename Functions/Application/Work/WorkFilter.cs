namespace Autopay.Application.Work;

/// <summary>Which part of the list is asked for.</summary>
/// <param name="Kinds">Those of the audience that are asked for.</param>
/// <param name="Cycle">Only what concerns this cycle; null: all.</param>
/// <param name="OlderThanDays">Only what waits for more whole days; null: all. What has no day is old.</param>
public sealed record WorkFilter(
    WorkAudience Audience,
    IReadOnlyList<WorkKind> Kinds,
    CycleNumber? Cycle = null,
    int? OlderThanDays = null
)
{
    public static WorkFilter All(WorkAudience audience) => new(audience, WorkKinds.Of(audience));

    public bool Takes(WorkItem item, DateOnly today) =>
        Kinds.Contains(item.Kind)
        && (Cycle is not { } cycle || item.Cycles.Contains(cycle))
        && (OlderThanDays is not { } days || today.DayNumber - item.Since.DayNumber > days);
}
