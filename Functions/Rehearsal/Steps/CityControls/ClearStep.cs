using Autopay.Application.Finance;

namespace Autopay.Rehearsal.Steps.CityControls;

/// <summary>The back payments of these cycles are entered; files that wait to be applied come first (R26).</summary>
internal sealed record ClearStep : CyclesStep
{
    /// <summary>By channel, the last day of which the payments are in.</summary>
    public IReadOnlyDictionary<string, DateOnly>? ReceivedThrough { get; init; }

    protected override string What => $"{StepText.Cycles(Cycles)}{Watermarks}";

    private string Watermarks =>
        ReceivedThrough is not { Count: > 0 } channels
            ? ""
            : ", received through "
                + string.Join(" and ", channels.GroupBy(channel => channel.Value).Select(Watermark));

    internal override async Task<string> PlayAsync(StepContext context)
    {
        var answer = await context
            .World.Verb<ClearBacklog>()
            .RunAsync(ToChange(context), context.World.Authority(Why), CancellationToken.None);
        var waitsFor = string.Join(", ", answer.WaitsFor.Select(import => import.FileName));
        return WithReason(What) + (waitsFor.Length == 0 ? "" : $": waits for {waitsFor}");
    }

    protected override BacklogCleared ToChange(StepContext context) =>
        new(CycleNumbers, ReceivedThrough ?? new Dictionary<string, DateOnly>());

    private static string Watermark(IGrouping<DateOnly, KeyValuePair<string, DateOnly>> day) =>
        $"{StepText.Day(day.Key)} ({string.Join(", ", day.Select(channel => channel.Key))})";
}
