using System.Diagnostics;

namespace Autopay.Tests.App.Telemetry;

/// <summary>The spans of one trace under their root, in order of time.</summary>
internal sealed record SpanTree(IReadOnlyList<(int Depth, Activity Span)> Rows)
{
    public IEnumerable<Activity> Spans => Rows.Select(row => row.Span);

    public IEnumerable<string> Lines => Rows.Select(row => new string(' ', row.Depth * 2) + row.Span.DisplayName);

    public static SpanTree Of(Activity root, IReadOnlyList<Activity> spans) => new([.. Walk(root, spans, 0)]);

    private static IEnumerable<(int, Activity)> Walk(Activity span, IReadOnlyList<Activity> spans, int depth) =>
        spans
            .Where(child => child.ParentSpanId == span.SpanId)
            .OrderBy(child => child.StartTimeUtc)
            .SelectMany(child => Walk(child, spans, depth + 1))
            .Prepend((depth, span));
}
