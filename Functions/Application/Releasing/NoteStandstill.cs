using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Application.Reconciling;

namespace Autopay.Application.Releasing;

/// <summary>
/// Notes that the app stood still, with the releases that had waves meanwhile: a wave whose day has passed gets a later
/// one, and the daily limit holds on the day on which the app came back.
/// </summary>
public sealed class NoteStandstill(
    StandstillWatch watch,
    IHeartbeatStore heartbeats,
    IControlsStore controlsStore,
    ChangeControls change,
    CityClock clock
)
{
    /// <summary>What is shorter takes no whole day away.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken cancel)
    {
        await watch.NoteAsync(cancel);
        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        if (
            controls.Releases.Any(release => release is { IsLive: true, Terms.LastWave: > 1 })
            && await GapAsync(cancel) is { } gap
        )
        {
            var why = $"The app stood still from {gap.From:u} to {gap.To:u}";
            await change.RunAsync(gap, clock.Authority("autopay", why), cancel);
        }
    }

    /// <summary>The release as it is once the standstill is noted that ends now.</summary>
    internal async Task<Release> KnownToAsync(Release release, CancellationToken cancel) =>
        await GapAsync(cancel) is { } gap
            ? release with
            {
                Pauses = [.. release.Pauses, new ReleasePause(gap.From, gap.To) { StoodStill = true }],
            }
            : release;

    private async Task<ReleasesStoodStill?> GapAsync(CancellationToken cancel)
    {
        var now = clock.Now.Utc;
        var beats = await heartbeats.ReadAsync(cancel);
        return beats.TryGetValue(RunSweep.Heartbeat, out var swept) && now - swept > Gap
            ? new ReleasesStoodStill(swept, now)
            : null;
    }
}
