namespace Autopay.Application.Ports;

/// <summary>What is known of a bucket without looking into it.</summary>
/// <param name="EarliestLook">No account of the bucket wants to be looked at before this; null: none wants to.</param>
/// <param name="WalkedControls">The version of the controls with which the bucket was last walked completely.</param>
/// <param name="LeasedUntil">A walk is under way until then, UTC. Only spares work: it carries no authority.</param>
public sealed record Wake(Bucket Bucket, DateTimeOffset? EarliestLook, long WalkedControls, DateTimeOffset LeasedUntil, string? Tag)
{
    /// <summary>
    /// Whether a save with this look must be written here. Also while the bucket is walked and awake already: a walk that ends between the
    /// lowering and the save does not know of it, and would let the bucket sleep past it.
    /// </summary>
    public bool MustHearOf(DateTimeOffset look) => !(EarliestLook <= look) || LeasedUntil != default;
}

/// <summary>One row a bucket, which spares the idle ones.</summary>
public interface IWakeStore
{
    Task<IReadOnlyList<Wake>> ReadAllAsync(CancellationToken cancel);

    Task<Wake> ReadAsync(Bucket bucket, CancellationToken cancel);

    /// <summary>Before a save: nobody may sleep past this look.</summary>
    Task LowerAsync(Bucket bucket, DateTimeOffset look, CancellationToken cancel);

    /// <summary>Writes the row as given and returns it as it is stored; null when it changed since it was read.</summary>
    Task<Wake?> TryWriteAsync(Wake wake, CancellationToken cancel);
}
