using Autopay.Application.Evaluating;
using Autopay.Application.Releasing;
using static Autopay.Tests.App.Releasing.PlanDesk;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Releasing;

/// <summary>A day on which the app was away takes no wave's day: the daily limit holds when it comes back.</summary>
public sealed class NoteStandstillTests
{
    private static readonly Sealing InWaves = new(0, new Money(5_000), null, null);

    [Fact]
    public async Task A_release_with_waves_keeps_in_mind_from_when_to_when_nothing_ran()
    {
        var desk = await SweptAsync(InWaves);

        desk.On("2020-01-24", "07:01");
        await desk.NoteStandstillAsync();

        var pause = Assert.Single(desk.Controls.FindRelease("R-1")!.Pauses);
        Assert.Equal(
            (At("2020-01-23", "07:00").Utc, At("2020-01-24", "07:01").Utc, true),
            (pause.From, pause.To, pause.StoodStill)
        );
    }

    [Fact]
    public async Task A_day_and_no_more_is_no_standstill()
    {
        var desk = await SweptAsync(InWaves);

        desk.On("2020-01-24", "07:00");
        await desk.NoteStandstillAsync();

        Assert.Empty(desk.Controls.FindRelease("R-1")!.Pauses);
    }

    [Fact]
    public async Task An_app_that_has_never_swept_has_not_stood_still()
    {
        var desk = await OfAsync(Cleared(), Cleared("10-0002"));
        await desk.ReleaseAsync(InWaves);

        desk.On("2020-01-27", "07:00");
        await desk.NoteStandstillAsync();

        Assert.Empty(desk.Controls.FindRelease("R-1")!.Pauses);
    }

    // The first ones, and all of the rest with the next: no day is anybody's.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Where_no_wave_waits_for_a_day_nothing_is_noted(int first)
    {
        var desk = await SweptAsync(new Sealing(first, null, null, null));

        desk.On("2020-01-27", "07:00");
        await desk.NoteStandstillAsync();

        Assert.Empty(desk.Controls.FindRelease("R-1")!.Pauses);
    }

    [Fact]
    public async Task What_was_stopped_notes_nothing_and_keeps_no_other_from_it()
    {
        var desk = await SweptAsync(InWaves);
        await desk.ChangeAsync(new ReleaseStopped("R-1"));
        var before = desk.Controls.Version;

        desk.On("2020-01-27", "07:00");
        await desk.NoteStandstillAsync();
        Assert.Equal(before, desk.Controls.Version);

        await desk.ReleaseAsync(InWaves);
        await desk.NoteStandstillAsync();
        Assert.Single(desk.Controls.FindRelease("R-2")!.Pauses);
        Assert.Empty(desk.Controls.FindRelease("R-1")!.Pauses);
    }

    // The last sweep was when the release was approved.
    private static async Task<PlanDesk> SweptAsync(Sealing sealing)
    {
        var desk = await OfAsync(Cleared(), Cleared("10-0002"));
        await desk.ReleaseAsync(sealing);
        await desk.Beats.BeatAsync(RunSweep.Heartbeat, desk.By(Ann).At, Cancel);
        return desk;
    }
}
