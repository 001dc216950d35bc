namespace Autopay.Application.Reconciling;

public enum RunState
{
    /// <summary>Everything was looked at, and all of it agrees.</summary>
    Agrees,

    /// <summary>Everything was looked at; the differences are work items.</summary>
    Differs,

    /// <summary>Not everything could be looked at: nothing may be concluded.</summary>
    Failed,
}

/// <summary>What one run of reconcile looked at and found.</summary>
public sealed record ReconcileReport
{
    public required string Id { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required string By { get; init; }

    public RunState State { get; init; }

    /// <summary>
    /// It looked at everything that can still change; a narrower run says nothing of what lies outside its window.
    /// </summary>
    public bool IsWhole { get; init; } = true;

    public string? Failure { get; init; }

    /// <summary>
    /// Intents of ours that the provider listed, and attempts of ours that name an intent, in the window.
    /// </summary>
    public int Theirs { get; init; }

    public int Ours { get; init; }

    public int Matched { get; init; }

    /// <summary>Intents of other apps or environments in the same account.</summary>
    public int Foreign { get; init; }

    /// <summary>Differences that went away by recording what the intent says.</summary>
    public int Cured { get; init; }

    public int OrphansCancelled { get; init; }

    /// <summary>After a restore: attempts and money that were taken over.</summary>
    public int Adopted { get; init; }

    /// <summary>Events that no webhook had brought.</summary>
    public int MissedEvents { get; init; }

    /// <summary>
    /// Every event that happened before is taken in; earlier than <see cref="To"/>: there were too many for one run,
    /// the next one goes on.
    /// </summary>
    public DateTimeOffset? EventsThrough { get; init; }

    public int DifferenceCount { get; init; }

    /// <summary>The first of them; the count is complete.</summary>
    public IReadOnlyList<Difference> Differences { get; init; } = [];
}
