namespace Autopay.Application;

/// <summary>How the app works a bucket; defaults are the design's.</summary>
public sealed record ProcessingOptions
{
    /// <summary>Confirms in one group; the controls are read again before each (R24).</summary>
    public int ConfirmGroup { get; init; } = 16;

    /// <summary>How long a fresh attempt is left to the worker that drives it before another recovers it.</summary>
    public TimeSpan RecoverAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Keys older than this may be pruned at the provider (24 h) and are not used to create again.</summary>
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromHours(20);

    /// <summary>How long a walk keeps other walks of the bucket away. Only spares work.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long whoever changed something waits until every bucket is asked to look again.</summary>
    public TimeSpan HintsWithin { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Calls to the provider under way at once, per instance.</summary>
    public int ProviderParallelism { get; init; } = 16;

    /// <summary>
    /// How long one run takes in missed events: well under the function's timeout, with time left for what comes after
    /// it.
    /// </summary>
    public TimeSpan BackfillFor { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>Older backups are deleted, but never the newest whole one.</summary>
    public TimeSpan KeepBackups { get; init; } = TimeSpan.FromDays(35);
}
