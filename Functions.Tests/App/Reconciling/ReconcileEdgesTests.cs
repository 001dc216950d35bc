using Autopay.Application;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Reconciling;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Reconciling;

/// <summary>What a comparison counts, how far back it reaches after a long gap, and which one counts as done.</summary>
public sealed class ReconcileEdgesTests
{
    [Fact]
    public async Task An_intent_of_another_environment_is_foreign_although_it_names_a_debit_of_ours()
    {
        await using var world = await SubmittedAsync();
        var twin = world.Bank.Twin(world.Attempt(), IntentStatus.Succeeded);
        world.Bank.Change(twin, intent => intent with { Environment = "sandbox" });

        var report = await RunAsync(world);

        Assert.Equal((RunState.Agrees, 1, 1), (report.State, report.Theirs, report.Foreign));
        Assert.Null(world.Controls.Current.Halt);
    }

    [Fact]
    public async Task After_a_long_gap_the_window_begins_before_the_last_comparison_ended_unless_a_person_chose_one()
    {
        await using var world = await SubmittedAsync();
        var first = await RunAsync(world);
        world.Later(TimeSpan.FromDays(100));
        var chosen = world.Now.Utc.AddDays(-10);

        Assert.Equal(chosen, (await world.Verb<Reconcile>().RunAsync(chosen, "test", CancellationToken.None)).From);
        Assert.Equal(first.To.AddDays(-1), (await RunAsync(world)).From);
    }

    [Fact]
    public async Task Only_a_whole_comparison_that_came_to_its_end_counts_as_done()
    {
        await using var world = await SubmittedAsync();
        var before = await DoneAsync(world);

        await world.Verb<Reconcile>().RunAsync(world.Now.Utc.AddHours(-1), "test", CancellationToken.None);
        world.Bank.Answers(Call.List, new ProviderAnswer.ServerError("503"));
        Assert.Equal(RunState.Failed, (await RunAsync(world)).State);
        Assert.Equal(before, await DoneAsync(world));

        await RunAsync(world);
        Assert.Equal(world.Now.Utc, await DoneAsync(world));
    }

    // The first night comes before anybody can miss a comparison; an old charge says that it has passed.
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task One_old_charge_among_young_ones_is_enough_to_miss_the_comparison(int old, int young)
    {
        await using var world = new ChargingWorld();
        await world.DoAsync(ChargingWorld.Id(old), now => new Enrol(ChargingWorld.NewEnrolment(), now));
        await world.BillAsync(ChargingWorld.Id(old), "b1");
        await world.SweepAsync(rounds: 1);
        world.Later(TimeSpan.FromDays(3));
        await world.DoAsync(ChargingWorld.Id(young), now => new Enrol(ChargingWorld.NewEnrolment(), now));
        await world.BillAsync(ChargingWorld.Id(young), "b1", due: new DateOnly(2020, 1, 27));
        world.Later(TimeSpan.FromDays(2));
        await world.SweepAsync(rounds: 1);
        Assert.Equal(2, world.Bank.Charging.Count());

        var report = await world.Verb<CheckInvariants>().RunAsync("test", CancellationToken.None);

        Assert.Contains(
            report.Violations,
            violation => violation.Contains("no comparison ever ran", StringComparison.Ordinal)
        );
    }

    private static async Task<DateTimeOffset?> DoneAsync(ChargingWorld world) =>
        (await world.Verb<IHeartbeatStore>().ReadAsync(CancellationToken.None)).TryGetValue(Reconcile.Kind, out var at)
            ? at
            : null;

    private static Task<ReconcileReport> RunAsync(ChargingWorld world)
    {
        world.Later(TimeSpan.FromSeconds(1));
        return world.Verb<Reconcile>().RunAsync(null, "test", CancellationToken.None);
    }

    private static async Task<ChargingWorld> SubmittedAsync()
    {
        var world = await RecoveryTests.DueAsync();
        await world.SweepAsync();
        world.Later(TimeSpan.FromDays(2));
        return world;
    }
}
