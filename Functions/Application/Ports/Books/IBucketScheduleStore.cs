using Autopay.Application.Ledgers;

namespace Autopay.Application.Ports.Books;

/// <summary>What is known of a bucket without looking into it.</summary>
/// <param name="EarliestDue">No account of the bucket wants to be looked at before this; null: none wants to.</param>
/// <param name="ScannedControlsVersion">The version of the controls with which the bucket was last walked
/// completely.</param>
/// <param name="LeasedUntil">A walk is under way until then, UTC. Only spares work: it carries no authority.</param>
public sealed record BucketSchedule(
    Bucket Bucket,
    DateTimeOffset? EarliestDue,
    long ScannedControlsVersion,
    DateTimeOffset LeasedUntil,
    string? Tag
)
{
    /// <summary>When its last complete walk ended, UTC; nothing until there was one.</summary>
    public DateTimeOffset? WalkedAt { get; init; }

    /// <summary>The walk that has the lease, by a name of its own.</summary>
    public string? LeasedBy { get; init; }

    /// <summary>The last walk gave its lease back before its end: nobody drives the attempts that it left.</summary>
    public bool WasCut { get; init; }

    /// <summary>
    /// A message that found the bucket busy comes again then; others that find it busy until then are not needed.
    /// </summary>
    public DateTimeOffset? AskedAgainAt { get; init; }

    /// <summary>
    /// True when the bucket is due by then and no scan is running. A walk that is under way may have read past the
    /// account that is about to be saved, and raises the row at its end unless the row changed: so it must change, even
    /// where it is low enough.
    /// </summary>
    public bool IsDueBy(DateTimeOffset look) => EarliestDue <= look && LeasedUntil == default;

    /// <summary>
    /// The sweep asks for it: somebody wants to be looked at, or the controls have changed since its last complete
    /// walk.
    /// </summary>
    public bool IsWanted(long controls, DateTimeOffset now) => EarliestDue <= now || ScannedControlsVersion < controls;

    /// <summary>No later than this look.</summary>
    public BucketSchedule BringForwardTo(DateTimeOffset look) =>
        this with
        {
            EarliestDue = EarliestDue < look ? EarliestDue : look,
        };
}

/// <summary>One row a bucket, which spares the idle ones.</summary>
public interface IBucketScheduleStore
{
    Task<IReadOnlyList<BucketSchedule>> ReadAllAsync(CancellationToken cancel);

    Task<BucketSchedule> ReadAsync(Bucket bucket, CancellationToken cancel);

    /// <summary>
    /// The row as this process wrote it last, which costs nothing; null when it never did. Somebody else may have
    /// changed it since: then nothing can be written with it.
    /// </summary>
    BucketSchedule? Recall(Bucket bucket);

    /// <summary>Before a save: nobody may sleep past this look.</summary>
    Task BringForwardAsync(Bucket bucket, DateTimeOffset look, CancellationToken cancel);

    /// <summary>
    /// Writes the row as given and returns it as it is stored; null when it changed since it was read.
    /// </summary>
    Task<BucketSchedule?> TryWriteAsync(BucketSchedule schedule, CancellationToken cancel);
}
