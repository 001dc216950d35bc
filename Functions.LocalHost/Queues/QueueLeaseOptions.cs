namespace Autopay.LocalHost;

/// <summary>Fixed in the real host. A message of a process that dies is seen again when the time it is hidden for has passed.</summary>
internal sealed class QueueLeaseOptions
{
    public TimeSpan HideFor { get; set; } = TimeSpan.FromMinutes(10);

    public TimeSpan RenewEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>After a renewal that failed.</summary>
    public TimeSpan RenewAgainAfter { get; set; } = TimeSpan.FromMinutes(1);
}
