using System.Globalization;
using System.Text.Json;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Rules.Simulation.Acts;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>
/// L2 and L4: the production verbs of two workers over simulated storage, queue, provider and time, interleaved by a
/// seed.
/// </summary>
public sealed class SimulatorTests
{
    private const int AtOnce = 2;
    private const int Seeds = 120;
    private const int SoakSeeds = 2000;
    private const int ReleaseSeeds = 160;
    private const int SoakReleaseSeeds = 1000;
    private const int NoticeSeeds = 80;
    private const int SoakNoticeSeeds = 1000;

    private static readonly Lazy<List<SimOutcome>> Outcomes = new(() =>
        [
            .. SeedsToRun()
                .AsParallel()
                .AsOrdered()
                .WithDegreeOfParallelism(AtOnce)
                .Select(seed => Simulation.Run(seed, Act.HistoryOf(seed))),
        ]
    );

    [Fact]
    public async Task Whatever_goes_wrong_every_invariant_holds_and_all_that_is_due_is_collected_once()
    {
        var outcomes = Outcomes.Value;

        await ReportAsync(outcomes);
        var failed = outcomes.Where(outcome => outcome.Broken is not null).ToList();
        Assert.True(
            failed.Count == 0,
            failed.Count == 0
                ? ""
                : $"{failed.Count} seeds fail: "
                    + $"{string.Join(", ", failed.Select(it => $"{it.Seed} ({it.Broken})"))}\n"
                    + $"{Shrinker.Explain(failed[0])}"
        );
    }

    [Fact]
    public async Task Every_trouble_that_the_world_makes_is_met()
    {
        Assert.SkipWhen(Seed is not null, "One seed does not meet every trouble.");
        var outcomes = Outcomes.Value;

        await ReportTroublesAsync(outcomes);
        var missed = Enum.GetValues<Trouble>().Except(outcomes.SelectMany(outcome => outcome.Troubles.Keys)).ToList();
        Assert.True(missed.Count == 0, $"Never met: {string.Join(", ", missed)}");
    }

    [Fact]
    public void The_same_seed_and_the_same_acts_are_the_same_run()
    {
        var history = Act.HistoryOf(7);

        var one = Simulation.Run(7, history, tells: true);
        var other = Simulation.Run(7, history, tells: true);

        Assert.Equal(one.Story, other.Story);
    }

    private static int? Seed =>
        Environment.GetEnvironmentVariable("AUTOPAY_SIM_SEED") is { Length: > 0 } seed
            ? int.Parse(seed, CultureInfo.InvariantCulture)
            : null;

    private static IEnumerable<int> SeedsToRun() =>
        Seed is { } only
            ? [only]
            : Enumerable
                .Range(1, Soak.IsOn ? SoakSeeds : Seeds)
                .Concat(Enumerable.Range(ReleaseActs.FirstSeed, Soak.IsOn ? SoakReleaseSeeds : ReleaseSeeds))
                .Concat(Enumerable.Range(NoticeActs.FirstSeed, Soak.IsOn ? SoakNoticeSeeds : NoticeSeeds));

    private static Task ReportAsync(List<SimOutcome> outcomes)
    {
        var counts = new
        {
            Seeds = outcomes.Count,
            Steps = outcomes.Sum(it => it.Steps),
            Faults = outcomes.Sum(it => it.Faults),
            Charges = outcomes.Sum(it => it.Charges),
            VirtualDays = (long)outcomes.Sum(it => it.Lasted.TotalDays),
            Violations = outcomes.Sum(it => it.Violations.Count),
        };
        TestContext.Current.TestOutputHelper?.WriteLine(counts.ToString()!);
        return Seed is null ? Soak.ReportAsync("simulator", counts) : Task.CompletedTask;
    }

    // How often each trouble was met, the rarest first.
    private static Task ReportTroublesAsync(List<SimOutcome> outcomes)
    {
        var met = Enum.GetValues<Trouble>()
            .ToDictionary(
                trouble => JsonNamingPolicy.CamelCase.ConvertName(trouble.ToString()),
                trouble => outcomes.Sum(outcome => outcome.Troubles.GetValueOrDefault(trouble))
            );
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join(", ", met.OrderBy(it => it.Value).Select(it => $"{it.Key} {it.Value}"))
        );
        return Soak.ReportAsync("troubles", met.OrderBy(it => it.Value).ToDictionary());
    }
}
