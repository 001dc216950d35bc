using Autopay.Application.Certifying;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;
using Autopay.Application.Telemetry;
using Autopay.Application.Work;
using Autopay.Benchmarks.Cloud;
using Autopay.Benchmarks.World;

namespace Autopay.Benchmarks.City;

/// <summary>What an answer to a person needed.</summary>
public sealed record PageCounts(string What, Usage Usage);

/// <summary>What people look at while a release is planned: the sums were counted by the timer before.</summary>
public static class PageRun
{
    private const string Release = "R-1";

    /// <param name="emulated">On the emulator, so that the times mean something.</param>
    public static async Task<IReadOnlyList<PageCounts>> RunAsync(CitySlice slice, bool emulated)
    {
        var clock = new SteppingClock(DateTimeOffset.UnixEpoch);
        await using var scratch = await Scratch.StartAsync(clock, emulated);
        await using var world = await BenchmarkWorld.StartAsync(scratch, clock, new PromptBank(clock));
        var (play, none) = (new CityPlay(world, slice), CancellationToken.None);
        world.MoveTo(new DateOnly(2020, 1, 8), 9);
        await new BooksFill(world).OpenAsync(BooksFill.Accounts(slice));
        await play.DeferAsync();
        world.MoveTo(new DateOnly(2020, 3, 2), 9);
        await play.ClearAsync();
        await play.PlanAsync();
        await world.Verb<MeasureBooks>().RunAsync(none);
        var account = BooksFill.Accounts(slice).First();
        (string What, Func<Task> Ask)[] pages =
        [
            ("cycles", () => world.Verb<ReadCycles>().RunAsync(isFresh: false, none)),
            (
                "releases",
                async () =>
                {
                    var controls = (await world.Verb<IControlsStore>().LoadAsync(none)).Controls;
                    await world.Verb<ReadReleases>().ListAsync(CitySlice.Cycle, controls, none);
                }
            ),
            ("plan", () => world.Verb<ReadReleases>().ReadSketchAsync(Release, none)),
            ("work list", () => world.Verb<ReadWork>().RunAsync(WorkFilter.All(WorkAudience.Finance), null, 50, none)),
            ("account", () => world.Verb<ReadAccount>().RunAsync(account, StoryMonths.All, none)),
            (
                "certificate, live",
                () => world.Verb<ReadCertificate>().RunAsync(CitySlice.Cycle, live: true, clock.GetUtcNow(), none)
            ),
        ];
        List<PageCounts> counts = [];
        foreach (var (what, ask) in pages)
        {
            // Once before: what is compiled and connected then is not the page's.
            await ask();
            counts.Add(new PageCounts(what, await world.CountAsync(ask)));
        }

        return counts;
    }
}
