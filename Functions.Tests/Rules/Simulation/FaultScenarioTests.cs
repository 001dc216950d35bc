using System.Text.Json;
using System.Text.RegularExpressions;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Reconciling;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Rules.Simulation.Acts;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>
/// Rows of the fault matrix that need a clock, queues or two workers: the same simulator, with a history that is
/// written down.
/// </summary>
public sealed partial class FaultScenarioTests
{
    private const int Everyone = 7;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [Trait("Layer", "L2")]
    public void F16_a_provider_that_is_away_for_two_hours_delays_the_whole_run_and_charges_each_once(int how)
    {
        using var simulation = DueTomorrow();
        simulation.Do(ActKind.DueDate, steps: 0);
        simulation.Do(ActKind.ProviderAway, pick: how, cents: 120, steps: 0);
        for (var minutes = 0; minutes < 110; minutes += 10)
        {
            simulation.Do(ActKind.Sweep);
            simulation.Do(ActKind.Minutes, pick: 10);
        }

        Assert.Empty(simulation.World.Bank.Story.Charging);
        Assert.All(Debits(simulation), debit => Assert.Equal(DebitState.Charging, debit.State));
        ThenAllAreChargedOnceInTheEnd(simulation);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [Trait("Layer", "L2")]
    public void F20_webhooks_three_times_and_in_any_order_leave_the_same_state(int seed)
    {
        using var once = DueTomorrow(seed, alwaysPays: false);
        once.CalmDown();
        using var shuffled = DueTomorrow(seed, alwaysPays: false);
        shuffled.World.RepeatWebhooks(1000);
        shuffled.CalmDown();
        using var none = DueTomorrow(seed, alwaysPays: false);
        none.World.LoseWebhooks(1000);
        none.CalmDown();

        Assert.Equal(Shape(once), Shape(shuffled));
        Assert.Equal(Shape(once), Shape(none));
        Assert.Empty(
            once.World.Checks.Violations.Concat(shuffled.World.Checks.Violations).Concat(none.World.Checks.Violations)
        );
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F29_a_message_that_fails_five_times_is_kept_and_what_it_asked_for_is_done_anyway()
    {
        using var simulation = DueTomorrow();
        simulation.Do(ActKind.DueDate, steps: 0);
        simulation.World.AskForEveryBucket();
        simulation.World.Scheduler.Faults.Away(
            Port.Table,
            Fault.LostBefore,
            simulation.World.Time.GetUtcNow().AddMinutes(9)
        );
        for (var tries = 0; tries < 8; tries++)
        {
            simulation.Do(ActKind.Minutes, pick: 1);
        }

        Assert.Equal(2, simulation.World.Queue.Poison.Count(message => message.Body is EvaluateMessage));
        simulation.Do(ActKind.Minutes, pick: 2);
        simulation.Do(ActKind.Sweep);

        foreach (var bucket in Assert.Some(SimWorld.Accounts.Select(Bucket.Of).Distinct()))
        {
            Assert.Contains(
                "no sweep",
                (await simulation.World.Stuck.FindAsync($"evaluate:{bucket}", CancellationToken.None))!.Content,
                StringComparison.Ordinal
            );
        }

        ThenAllAreChargedOnceInTheEnd(simulation);
        Assert.Empty(Stuck(simulation));
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F29_a_bad_account_is_on_the_stuck_list_and_the_others_of_its_bucket_are_charged()
    {
        using var simulation = DueTomorrow();
        var bad = (await simulation.World.Ledgers.LoadAsync(SimWorld.Accounts[1], CancellationToken.None))!;
        LedgerSave broken = new(
            bad,
            [],
            bad.Ledger with
            {
                Bills = [],
            },
            bad.NextEvaluation,
            "broken",
            new Authority("test", "a bug", default)
        );
        Assert.False(
            (await simulation.World.Ledgers.SaveAsync(Bucket.Of(bad.Ledger.Id), [broken], CancellationToken.None))[
                0
            ].IsConflict
        );

        simulation.Do(ActKind.DueDate);
        simulation.Do(ActKind.Sweep);

        Assert.Equal([bad.Ledger.Id.Value], Stuck(simulation).Select(item => item.Content));
        Assert.Equal(Everyone - 1, simulation.World.Bank.Story.Charging.Count());
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F36_short_and_empty_pages_leave_no_account_out()
    {
        for (var seed = 1; seed <= 30; seed++)
        {
            using var simulation = DueTomorrow(seed);
            simulation.Do(ActKind.CheckInvariants);
            var report = await simulation
                .World.Reports.ReadNewestAsync(CheckInvariants.Kind, CancellationToken.None)
                .FirstAsync();
            Assert.Contains($"\"accounts\":{Everyone},", report.Json, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Layer", "L4")]
    public void F39_a_timer_that_two_instances_run_at_once_does_its_work_once()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            using var simulation = DueTomorrow(seed);
            simulation.Do(ActKind.DueDate, steps: 0);
            foreach (var tick in new[] { ActKind.Sweep, ActKind.Sweep, ActKind.DueDateRun, ActKind.DueDateRun })
            {
                simulation.Do(tick, steps: 0);
            }

            simulation.Do(ActKind.Nothing);
            Assert.Equal(
                (Everyone, Everyone),
                (simulation.World.Bank.Story.Count(Call.Create), simulation.World.Bank.Story.Count(Call.Confirm))
            );
        }
    }

    [Fact]
    [Trait("Layer", "L2")]
    public void F40_a_timer_that_missed_three_days_does_all_of_it_at_its_next_tick()
    {
        using var simulation = DueTomorrow();
        simulation.Do(ActKind.Days, pick: 3);
        simulation.Do(ActKind.Hours, pick: 2);
        Assert.Empty(simulation.World.Bank.Story.Charging);

        simulation.Do(ActKind.Sweep);

        Assert.Equal(Everyone, simulation.World.Bank.Story.Charging.Count());
        ThenAllAreChargedOnceInTheEnd(simulation);
    }

    [Fact]
    [Trait("Layer", "L2")]
    public void F42_clocks_ten_minutes_apart_release_nothing_early_and_charge_once()
    {
        using var simulation = DueTomorrow();
        var (slow, fast) = (simulation.World.Workers[0], simulation.World.Workers[1]);
        (slow.Skew, fast.Skew) = (TimeSpan.FromMinutes(-10), TimeSpan.FromMinutes(10));
        simulation.World.MoveTo(ChargingWorld.City.ToUtc(simulation.World.Now.Today.AddDays(1), new TimeOnly(5, 45)));
        simulation.Do(ActKind.DueDateRun);
        Assert.Empty(simulation.World.Bank.Story.Intents);

        simulation.Do(ActKind.Minutes, pick: 28);
        simulation.Do(ActKind.Sweep, steps: 40);
        slow.Skew = TimeSpan.FromHours(-1);
        simulation.Do(ActKind.Minutes, pick: 5);
        simulation.Do(ActKind.Sweep);

        ThenAllAreChargedOnceInTheEnd(simulation);
    }

    [Fact]
    [Trait("Layer", "L4")]
    public void F49_after_a_halt_in_the_middle_nothing_more_is_confirmed_and_resuming_goes_on_exactly()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            using var simulation = DueTomorrow(seed);
            simulation.Do(ActKind.DueDate, steps: 0);
            simulation.Do(ActKind.Sweep, steps: 60 + (seed * 3));
            simulation.Do(ActKind.Halt);
            var confirmed = simulation.World.Bank.Story.Count(Call.Confirm);
            simulation.Do(ActKind.Minutes, pick: 10);
            simulation.Do(ActKind.Sweep);
            Assert.Equal(confirmed, simulation.World.Bank.Story.Count(Call.Confirm));

            simulation.Do(ActKind.Resume);
            ThenAllAreChargedOnceInTheEnd(simulation);
        }
    }

    // A year that begins on a working day, bills for everybody, due on the next one.
    private static Simulation DueTomorrow(int seed = 1, bool alwaysPays = true)
    {
        var simulation = new Simulation(700 + (seed * 700));
        simulation.World.Bank.AlwaysPays = alwaysPays;
        simulation.Do(ActKind.Bills, pick: 1, cents: 1000);
        return simulation;
    }

    private static void ThenAllAreChargedOnceInTheEnd(Simulation simulation)
    {
        simulation.CalmDown();
        Assert.Empty(simulation.World.Checks.Violations);
        Assert.Equal(Everyone, simulation.World.Bank.Story.Charging.Count());
        Assert.All(Debits(simulation), debit => Assert.Equal(DebitState.Collected, debit.State));
    }

    private static IEnumerable<Debit> Debits(Simulation simulation) =>
        simulation.World.Ledgers.Ledgers.SelectMany(ledger => ledger.Debits);

    private static List<StuckItem> Stuck(Simulation simulation) =>
        simulation.World.Stuck.ReadAllAsync(CancellationToken.None).ToListAsync().AsTask().Result;

    // All that the ledgers say, to the day: the hour is that of the webhook, or of the look without one.
    // The bank numbers its intents in the order in which they come; of two accounts of a bucket either may be first.
    private static string Shape(Simulation simulation)
    {
        var text = string.Join(
            '\n',
            simulation.World.Ledgers.Ledgers.Select(ledger => JsonSerializer.Serialize(ledger))
        );
        var intents = IntentPattern().Matches(text).Select(match => match.Value).Distinct().ToList();
        return IntentPattern().Replace(HourPattern().Replace(text, ""), match => $"pi-{intents.IndexOf(match.Value)}");
    }

    [GeneratedRegex("pi_[0-9]+")]
    private static partial Regex IntentPattern();

    [GeneratedRegex(@"(?<=[0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9:.]+\+00:00")]
    private static partial Regex HourPattern();
}
