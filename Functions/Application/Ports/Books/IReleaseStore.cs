using Autopay.Application.Ledgers;

namespace Autopay.Application.Ports.Books;

/// <summary>How far a plan is.</summary>
public enum PlanState
{
    /// <summary>Being made, bucket by bucket.</summary>
    Planning,

    /// <summary>Made; nobody has sealed it.</summary>
    Draft,

    /// <summary>Sealed: it waits for another person, and ends after a day.</summary>
    Sealed,
}

/// <summary>A plan of a release, from its making to its sealing; an approved one is among the controls.</summary>
/// <param name="Made">Who asked for it, why and when (UTC).</param>
public sealed record ReleasePlan(string Id, CycleNumber Cycle, PlanState State, Authority Made)
{
    /// <summary>The last plan of the cycle before it; null when there was none.</summary>
    public string? Last { get; init; }

    /// <summary>When the cycle was cleared, UTC; null when every hold was withdrawn.</summary>
    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>What it comes to, once it is made.</summary>
    public PlanTotals? Totals { get; init; }

    /// <summary>When its last bucket was looked at, UTC.</summary>
    public DateTimeOffset? AsOf { get; init; }

    public ReleaseTerms? Terms { get; init; }

    public Authority? Sealed { get; init; }

    /// <summary>Under which it was asked for: the same again is the same plan. Null when none was named.</summary>
    public string? Operation { get; init; }
}

/// <param name="Tag">Guards the next write.</param>
public sealed record PlanEntry(ReleasePlan Plan, string Tag);

/// <summary>A bucket's lines of a plan, and how far each is.</summary>
/// <param name="CheckedAt">When the debits were last looked at, UTC.</param>
public sealed record BucketLines(
    string Release,
    Bucket Bucket,
    IReadOnlyList<PlanLine> Lines,
    DateTimeOffset CheckedAt,
    string? Tag
);

/// <summary>The plans of releases: a row a plan, and beside it a row a bucket with its lines.</summary>
public interface IReleaseStore
{
    /// <summary>Gives the plan the next number: <c>R-1</c>, <c>R-2</c> …</summary>
    Task<PlanEntry> AddAsync(Func<string, ReleasePlan> plan, CancellationToken cancel);

    Task<PlanEntry?> FindAsync(string id, CancellationToken cancel);

    /// <returns>Null when somebody else changed it meanwhile.</returns>
    Task<PlanEntry?> TrySaveAsync(PlanEntry before, ReleasePlan after, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    IAsyncEnumerable<ReleasePlan> ReadNewestAsync(CancellationToken cancel);

    Task<BucketLines?> FindLinesAsync(string release, Bucket bucket, CancellationToken cancel);

    /// <summary>Every bucket that was looked at, in the order of their numbers.</summary>
    IAsyncEnumerable<BucketLines> ReadLinesAsync(string release, CancellationToken cancel);

    /// <summary>The same, without the lines: how far each bucket is, and how many buckets there are.</summary>
    IAsyncEnumerable<ReleaseProgress> ReadProgressAsync(string release, CancellationToken cancel);

    /// <summary>What a page shows of each bucket's lines, without the lines.</summary>
    IAsyncEnumerable<PlanSketch> ReadSketchesAsync(string release, CancellationToken cancel);

    /// <returns>With the tag of the next write; null when somebody else changed it meanwhile.</returns>
    Task<BucketLines?> TrySaveLinesAsync(BucketLines lines, CancellationToken cancel);

    /// <summary>How far the bucket is by these lines, and not the lines, which may follow.</summary>
    /// <returns>The same.</returns>
    Task<BucketLines?> TrySaveProgressAsync(BucketLines lines, CancellationToken cancel);
}
