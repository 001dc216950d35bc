using System.Diagnostics;

namespace Autopay.Application.Telemetry;

/// <summary>
/// Spans without personal data: names of verbs, never an account or an address. A debit remembers the trace of what
/// scheduled it; what is done for it later (a charge, its settlement) joins that trace and links to the run that did
/// it.
/// </summary>
public static class Tracing
{
    public const string SourceName = "Autopay";
    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>For a message, or a debit: what comes of it belongs to this (W3C trace context).</summary>
    public static string? Current => Activity.Current?.Id;

    /// <summary>Part of whatever is under way.</summary>
    public static Activity? Start(string name) => Source.StartActivity(name);

    /// <summary>A call over HTTP, or a timer's tick; the caller's context may be unknown.</summary>
    public static Activity? StartRoot(string name, string? caller)
    {
        Activity.Current = null;
        return Source.StartActivity(name, ActivityKind.Server, ContextOf(caller) ?? default);
    }

    /// <summary>Goes on with what a message carried.</summary>
    public static Activity? Follow(string name, string? trace) =>
        ContextOf(trace) is { } parent
            ? Source.StartActivity(name, ActivityKind.Consumer, parent)
            : Source.StartActivity(name, ActivityKind.Consumer);

    /// <summary>Part of a debit's own trace.</summary>
    public static Activity? StartOf(string name, Debit? debit)
    {
        if (ContextOf(debit?.Trace) is not { } scheduled)
        {
            return Start(name);
        }

        var run = Activity.Current is { } current ? new ActivityLink[] { new(current.Context) } : [];
        return Source.StartActivity(name, ActivityKind.Internal, scheduled, links: run);
    }

    /// <summary>Parts of several debits' own traces that happen together: none of them is inside another.</summary>
    public static IReadOnlyList<Activity?> StartOfEach(string name, IReadOnlyList<Debit?> debits)
    {
        var run = Activity.Current;
        List<Activity?> spans = [];
        foreach (var debit in debits)
        {
            Activity.Current = run;
            spans.Add(debit is null ? null : StartOf(name, debit));
        }

        Activity.Current = spans is [{ } only] ? only : run;
        return spans;
    }

    private static ActivityContext? ContextOf(string? trace) =>
        ActivityContext.TryParse(trace, null, isRemote: true, out var context) ? context : null;
}
