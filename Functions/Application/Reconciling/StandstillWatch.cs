using Autopay.Application.Evaluating;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Reconciling;

/// <summary>
/// Tells that the app stood still: no sweep ended for three periods. Work that became due meanwhile is late because the
/// app was, and is worked off. Whoever runs first after the gap notes when that was, so that the excuse runs out
/// although the sweep stays away.
/// </summary>
public sealed class StandstillWatch(IHeartbeatStore heartbeats, CityClock clock)
{
    private const string EndOfStandstill = "end of standstill";

    /// <summary>Three sweeps.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromMinutes(15);

    /// <returns>When the app came back, UTC; null while it has never stood still.</returns>
    public async Task<DateTimeOffset?> NoteAsync(CancellationToken cancel)
    {
        var (at, isNoted) = await FindAsync(cancel);
        if (!isNoted)
        {
            await heartbeats.BeatAsync(EndOfStandstill, at!.Value, cancel);
        }

        return at;
    }

    /// <summary>The same for who only reads.</summary>
    public async Task<DateTimeOffset?> ReadAsync(CancellationToken cancel) => (await FindAsync(cancel)).At;

    private async Task<(DateTimeOffset? At, bool IsNoted)> FindAsync(CancellationToken cancel)
    {
        var beats = await heartbeats.ReadAsync(cancel);
        DateTimeOffset? noted = beats.TryGetValue(EndOfStandstill, out var at) ? at : null;
        var swept = beats.TryGetValue(RunSweep.Heartbeat, out var beat) ? beat : DateTimeOffset.MinValue;
        return clock.Now.Utc - swept <= Gap || noted >= swept ? (noted, true) : (clock.Now.Utc, false);
    }
}
