namespace Autopay.Application.Runs;

/// <summary>What reads the whole city.</summary>
public enum RunKind
{
    Reconcile,
    Invariants,
    Export,
    Receipts,
    Measure,
}

public enum RunStep
{
    /// <summary>Somebody is at it, or will be.</summary>
    Going,
    Done,

    /// <summary>It ended without an answer, and nobody goes on with it.</summary>
    Failed,
}

/// <summary>
/// Work that may outlast the request, the message or the instance that began it: what was found so far is kept, and
/// whoever takes it next goes on from there.
/// </summary>
/// <param name="Id">Sorts by time: the instant at which it was asked for, UTC.</param>
/// <param name="By">Who asked, and why.</param>
public sealed record LongRun(string Id, RunKind Kind, string By, DateTimeOffset AskedAt)
{
    /// <summary>Of a reconcile: from when on; null: everything that can still change.</summary>
    public DateTimeOffset? From { get; init; }

    public RunStep Step { get; init; }

    public RunProgress Progress { get; init; } = RunProgress.None;

    /// <summary>Nobody else takes it before, UTC.</summary>
    public DateTimeOffset? TakenUntil { get; init; }

    /// <summary>How often it was taken since it last went on: one that never does ends as failed.</summary>
    public int Tries { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed, for people.</summary>
    public string? Failure { get; init; }

    /// <summary>The answer, once there is one.</summary>
    public RunAnswer? Answer { get; init; }

    /// <summary>What it needs to go on; null before the first time that it was kept.</summary>
    public string? Kept { get; init; }
}

/// <summary>How far a run is.</summary>
/// <param name="Of">Null where nobody can know yet.</param>
/// <param name="Unit">Of what: pages, buckets, tables.</param>
public sealed record RunProgress(int Done, int? Of, string Unit)
{
    public static readonly RunProgress None = new(0, null, "");
}

/// <summary>What the one who asked is answered, at once or later.</summary>
/// <param name="Status">As over HTTP.</param>
public sealed record RunAnswer(int Status, string Json);
