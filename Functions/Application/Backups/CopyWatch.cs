using Autopay.Application.Ports.Books;

namespace Autopay.Application.Backups;

/// <summary>
/// What people hear of the copies: each kind beats when all that it should have in the second account is there. A beat
/// that stays out is seen whatever the reason, also when the run that copies does not come to an end.
/// </summary>
public sealed class CopyWatch(IStuckStore stuck, IHeartbeatStore heartbeats, CityClock clock)
{
    public DateTimeOffset Now => clock.Now.Utc;

    /// <summary>From the first try on it is expected: one that never succeeds is as old as that.</summary>
    public async Task ExpectAsync(string kind, CancellationToken cancel)
    {
        if (!(await heartbeats.ReadAsync(cancel)).ContainsKey(kind))
        {
            await heartbeats.BeatAsync(kind, Now, cancel);
        }
    }

    public Task IsThereAsync(string kind, CancellationToken cancel) => heartbeats.BeatAsync(kind, Now, cancel);

    public async Task CopiedAsync(string kind, CancellationToken cancel)
    {
        await stuck.RemoveAsync(kind, cancel);
        await IsThereAsync(kind, cancel);
    }

    public Task FailedAsync(string kind, string id, IOException failure, CancellationToken cancel) =>
        stuck.PutAsync(new StuckItem(kind, kind, failure.Message, id, Now), cancel);
}
