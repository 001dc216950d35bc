using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Reconciling;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Reconciling;

/// <summary>
/// How far back reconcile looks, and the other way: what of ours the provider does not know. Sent on January 22.
/// </summary>
public sealed class ReconcileWindowTests
{
    [Fact]
    public async Task An_attempt_of_day_50_whose_intent_the_provider_does_not_know_is_ours_only()
    {
        await using var world = await SubmittedAsync(accounts: 3, days: 50);
        world.Bank.Lost.Add("pi_2");

        var report = await RunAsync(world);

        Assert.Equal((RunState.Differs, 2, 3, 2), (report.State, report.Theirs, report.Ours, report.Matched));
        var difference = Assert.Single(report.Differences);
        Assert.Equal((DifferenceKind.OursOnly, "pi_2"), (difference.Kind, difference.IntentId));
        Assert.Contains("of 50.00 is Submitted", difference.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_listed_until_the_provider_has_it_again_and_nothing_is_charged_to_find_out()
    {
        await using var world = await SubmittedAsync(accounts: 2, days: 50);
        world.Bank.Lost.Add("pi_2");
        world.Bank.Calls.Clear();

        await RunAsync(world);
        Assert.Equal("reconcile:pi_2", (await StuckAsync(world)).Single().Id);
        world.Bank.Lost.Clear();
        var report = await RunAsync(world);

        Assert.Equal((RunState.Agrees, 2), (report.State, report.Matched));
        Assert.Empty(await StuckAsync(world));
        Assert.All(world.Bank.Calls, call => Assert.True(call.Kind is Call.List or Call.Read));
    }

    [Fact]
    public async Task A_difference_stays_listed_however_old_its_intent_becomes()
    {
        await using var world = await SubmittedAsync(accounts: 1, days: 50);
        var twin = world.Bank.Twin(world.Attempt(), IntentStatus.Succeeded);
        world.Bank.Change(twin, intent => intent with { CreatedAt = intent.CreatedAt.AddDays(-50) });
        await RunAsync(world);
        Assert.Contains(await StuckAsync(world), item => item.Id == $"reconcile:{twin}");

        world.Later(TimeSpan.FromDays(50));
        await RunAsync(world);
        Assert.Contains(await StuckAsync(world), item => item.Id == $"reconcile:{twin}");

        world.Bank.Change(twin, intent => intent with { Status = IntentStatus.Cancelled });
        await RunAsync(world);
        Assert.Empty(await StuckAsync(world));
    }

    [Fact]
    public async Task An_attempt_whose_intent_the_provider_does_not_know_stays_listed_however_old_it_becomes()
    {
        await using var world = await SubmittedAsync(accounts: 2, days: 50);
        world.Bank.Lost.Add("pi_2");
        await RunAsync(world);

        world.Later(TimeSpan.FromDays(50));
        await RunAsync(world);
        Assert.Equal("reconcile:pi_2", (await StuckAsync(world)).Single().Id);

        world.Bank.Lost.Clear();
        await RunAsync(world);
        Assert.Empty(await StuckAsync(world));
    }

    [Fact]
    public async Task What_the_list_has_not_got_yet_and_a_read_finds_is_no_difference()
    {
        await using var world = await SubmittedAsync(accounts: 2, days: 2);
        world.Bank.Unlisted.Add("pi_2");

        var report = await RunAsync(world);

        Assert.Equal((RunState.Agrees, 1, 2), (report.State, report.Theirs, report.Ours));
    }

    [Fact]
    public async Task What_is_not_listed_and_cannot_be_read_fails_the_run()
    {
        await using var world = await SubmittedAsync(accounts: 2, days: 2);
        world.Bank.Unlisted.Add("pi_2");
        world.Bank.Answers(Call.Read, new ProviderAnswer.Doubt("no answer"));

        var report = await RunAsync(world);

        Assert.Equal(RunState.Failed, report.State);
        Assert.Contains("pi_2 could not be read", report.Failure, StringComparison.Ordinal);
    }

    // The intent is older than the window by the provider's clock: nobody may expect to see it listed.
    [Fact]
    public async Task An_attempt_at_the_edge_of_the_window_is_not_missed()
    {
        await using var world = new ChargingWorld();
        world.Bank.Behind = TimeSpan.FromHours(2);
        await SubmitAsync(world, accounts: 1);
        world.Later(TimeSpan.FromDays(70) - TimeSpan.FromHours(1));

        var report = await RunAsync(world);

        Assert.Equal((RunState.Agrees, 0, 0), (report.State, report.Theirs, report.Ours));
    }

    [Theory]
    [InlineData(50, 1)]
    [InlineData(69, 1)]
    [InlineData(71, 0)]
    public async Task A_return_that_nobody_saw_is_found_for_70_days(int days, int cured)
    {
        await using var world = await SubmittedAsync(accounts: 1, days: 2);
        world.Bank.Change("pi_1", intent => RecoveryTests.Become(intent, IntentStatus.Succeeded));
        await world.HearAsync("pi_1");
        world.Later(TimeSpan.FromDays(days - 2));
        world.Bank.Change("pi_1", intent => intent with { ReturnedCents = intent.Amount, ReturnedCode = "R10" });

        var report = await RunAsync(world);

        Assert.Equal((RunState.Agrees, cured, cured), (report.State, report.Theirs, report.Cured));
        Assert.Equal(cured * ChargingWorld.Cents, world.Debit().ReturnedCents.Cents);
    }

    [Theory]
    [InlineData(69, false)]
    [InlineData(70, true)]
    public async Task Only_a_run_over_everything_that_can_still_change_is_whole(int days, bool whole)
    {
        await using var world = await SubmittedAsync(accounts: 1, days: 80);

        var report = await world
            .Verb<Reconcile>()
            .RunAsync(world.Now.Utc.AddDays(-days), "test", CancellationToken.None);

        Assert.Equal(whole, report.IsWhole);
    }

    private static Task<ReconcileReport> RunAsync(ChargingWorld world)
    {
        world.Later(TimeSpan.FromSeconds(1));
        return world.Verb<Reconcile>().RunAsync(null, "test", CancellationToken.None);
    }

    private static async Task<IReadOnlyList<StuckItem>> StuckAsync(ChargingWorld world) =>
        await world.Stuck.ReadAllAsync(CancellationToken.None).ToListAsync();

    private static async Task<ChargingWorld> SubmittedAsync(int accounts, int days)
    {
        var world = new ChargingWorld();
        await SubmitAsync(world, accounts);
        world.Later(TimeSpan.FromDays(days));
        return world;
    }

    private static async Task SubmitAsync(ChargingWorld world, int accounts)
    {
        await world.EnrolAsync(accounts);
        await world.SweepAsync(rounds: 1);
        Assert.Equal(accounts, world.Bank.Charging.Count());
    }
}
