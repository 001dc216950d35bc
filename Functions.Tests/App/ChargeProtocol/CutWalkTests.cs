using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Provider;

namespace Autopay.Tests.App.ChargeProtocol;

/// <summary>
/// A walk that ends before its end, in whatever way: it leaves its bucket to the next one, which need not wait.
/// </summary>
public sealed class CutWalkTests
{
    private const int Accounts = 6;
    private static readonly TimeSpan ASecond = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(Call.Create, 0)]
    [InlineData(Call.Confirm, 1)]
    [Trait("Layer", "L2")]
    internal async Task F45_F52_a_walk_that_is_told_to_end_saves_what_it_has_and_the_next_one_goes_on_at_once(
        Call call,
        int submitted
    )
    {
        await using var world = await InOneBucketAsync();
        using var stop = new CancellationTokenSource();
        world.Bank.Meanwhile(call, stop.CancelAsync);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.TryWalkAsync(stop.Token));
        Assert.Equal((submitted, submitted), (world.Bank.Count(Call.Confirm), CountOf(world, AttemptPhase.Submitted)));
        Assert.Equal(call == Call.Create ? 0 : Accounts - 1, CountOf(world, AttemptPhase.Locked));
        world.Later(ASecond);

        Assert.Equal(WalkEnd.Done, await world.TryWalkAsync(CancellationToken.None));
        ThenEachIsChargedOnce(world);
        Assert.Equal((Accounts, Accounts), (world.Bank.Intents.Count, world.Bank.Count(Call.Confirm)));
    }

    [Fact]
    public async Task A_confirm_that_gave_up_its_turn_was_not_asked_and_is_no_doubt()
    {
        await using var world = await InOneBucketAsync();
        world.Bank.Answers(Call.Confirm, new ProviderAnswer.NotAsked(), times: Accounts);

        await world.WalkAsync();

        Assert.Equal((Accounts, 0), (CountOf(world, AttemptPhase.Locked), world.Bank.Count(Call.Read)));
        await world.SweepAsync();
        ThenEachIsChargedOnce(world);
    }

    [Fact]
    public async Task What_is_in_doubt_is_left_its_time_although_the_walk_was_cut()
    {
        await using var world = await InOneBucketAsync();
        using var stop = new CancellationTokenSource();
        world.Bank.Answers(Call.Confirm, new ProviderAnswer.Doubt("lost"), happens: true);
        world.Bank.Answers(Call.Read, new ProviderAnswer.NotYet("429"));
        world.Bank.Meanwhile(Call.Confirm, stop.CancelAsync);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.TryWalkAsync(stop.Token));

        world.Later(ASecond);
        await world.WalkAsync();
        Assert.Equal((1, Accounts - 1), (CountOf(world, AttemptPhase.Unknown), CountOf(world, AttemptPhase.Submitted)));
        await world.SweepAsync();

        ThenEachIsChargedOnce(world);
        Assert.Equal(Accounts, world.Bank.Count(Call.Confirm));
    }

    [Theory]
    [InlineData(StepFault.ErrorWithEffect)]
    [InlineData(StepFault.ErrorWithoutEffect)]
    internal async Task Whatever_step_of_a_walk_fails_its_bucket_is_free_at_once(StepFault fault)
    {
        var (failed, steps) = (0, await StepsOfAWalkAsync());
        for (var step = 1; step <= steps; step++)
        {
            await using var world = await InOneBucketAsync();
            world.Steps.Break(step, fault);
            failed += await FailsAsync(world) ? 1 : 0;
            world.Steps.Restart();
            world.Later(ASecond);

            Assert.Equal(WalkEnd.Done, await world.TryWalkAsync(CancellationToken.None));
            world.Later();
            await world.SweepAsync();
            ThenEachIsChargedOnce(world);
        }

        Assert.InRange(failed, 5, 60);
    }

    [Fact]
    public async Task A_process_that_dies_keeps_its_bucket_until_the_lease_lapses_and_then_it_goes_on_at_once()
    {
        await using var world = await InOneBucketAsync();
        world.Bank.Meanwhile(Call.Confirm, world.Steps.DieAsync);
        await Assert.ThrowsAnyAsync<Exception>(() => world.TryWalkAsync(CancellationToken.None));
        await world.RestartAsync();

        world.Later(world.Options.Lease - ASecond);
        Assert.Equal(WalkEnd.Busy, await world.TryWalkAsync(CancellationToken.None));
        world.Later(ASecond);
        Assert.Equal(WalkEnd.Done, await world.TryWalkAsync(CancellationToken.None));

        ThenEachIsChargedOnce(world);
    }

    [Fact]
    public async Task A_walk_that_takes_long_keeps_its_bucket_as_long_as_it_gets_on()
    {
        await using var world = await InOneBucketAsync();
        List<WalkEnd> others = [];
        for (var call = 0; call < Accounts; call++)
        {
            world.Bank.Meanwhile(Call.Create, PassAsync);
            world.Bank.Meanwhile(Call.Confirm, PassAsync);
        }

        Assert.Equal(WalkEnd.Done, await world.TryWalkAsync(CancellationToken.None));

        Assert.Equal(2 * Accounts, others.Count);
        Assert.All(others, end => Assert.Equal(WalkEnd.Busy, end));
        ThenEachIsChargedOnce(world);

        async Task PassAsync()
        {
            world.Later(TimeSpan.FromSeconds(70));
            others.Add(await world.TryWalkAsync(CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_walk_whose_time_is_over_begins_no_other_page_and_leaves_nothing_in_hand()
    {
        var options = new ProcessingOptions { WalkFor = TimeSpan.FromMinutes(1) };
        await using var world = new ChargingWorld(options);
        await world.EnrolInOneBucketAsync(230);
        world.Bank.Meanwhile(Call.Create, () => PassAsync(options.WalkFor));

        Assert.Equal(WalkEnd.InPart, await world.TryWalkAsync(CancellationToken.None));
        Assert.Equal(200, world.Bank.Charging.Count());
        Assert.Equal(200, CountOf(world, AttemptPhase.Submitted));
        var row = await world.Schedules.ReadAsync(Bucket.Of(ChargingWorld.Id()), CancellationToken.None);
        Assert.Equal((default(DateTimeOffset), false), (row.LeasedUntil, row.WasCut));
        Assert.True(row.EarliestDue <= world.Now.Utc);

        // Its last page may take as long as it wants.
        world.Bank.Meanwhile(Call.Create, () => PassAsync(options.WalkFor));
        Assert.Equal(WalkEnd.Done, await world.TryWalkAsync(CancellationToken.None));
        Assert.Equal(230, world.Bank.Charging.Select(intent => intent.DebitId).Distinct().Count());
        Assert.Equal((230, 0), (world.Bank.Count(Call.Confirm), world.Bank.Count(Call.Read)));
        Worlds.ThenInvariantsHold(world);

        Task PassAsync(TimeSpan span)
        {
            world.Later(span);
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData(Call.Create)]
    [InlineData(Call.Confirm)]
    internal async Task A_walk_that_stood_still_leaves_its_bucket_to_the_one_that_went_on_and_asks_for_another(
        Call call
    )
    {
        await using var world = await InOneBucketAsync();
        List<WalkEnd> others = [];
        world.Bank.Meanwhile(
            call,
            async () =>
            {
                world.Later();
                others.Add(await world.TryWalkAsync(CancellationToken.None));
            }
        );

        Assert.Equal(WalkEnd.Overtaken, await world.TryWalkAsync(CancellationToken.None));

        Assert.Equal([WalkEnd.Done], others);
        Assert.True(
            (await world.Schedules.ReadAsync(Bucket.Of(ChargingWorld.Id()), CancellationToken.None)).EarliestDue
                <= world.Now.Utc
        );
        await world.SweepAsync();
        ThenEachIsChargedOnce(world);
        Assert.Equal(Accounts, world.Bank.Intents.Count);
    }

    private static async Task<ChargingWorld> InOneBucketAsync()
    {
        var world = new ChargingWorld(new ProcessingOptions { ConfirmGroup = 2, ProviderParallelism = 2 });
        await world.EnrolInOneBucketAsync(Accounts);
        return world;
    }

    private static async Task<int> StepsOfAWalkAsync()
    {
        await using var world = await InOneBucketAsync();
        world.Steps.Restart();
        await world.WalkAsync();
        return world.Steps.Taken;
    }

    private static async Task<bool> FailsAsync(ChargingWorld world)
    {
        try
        {
            await world.WalkAsync();
            return false;
        }
        catch (Exception failure) when (failure is IOException or AggregateException)
        {
            return true;
        }
    }

    private static int CountOf(ChargingWorld world, AttemptPhase phase) =>
        world.Ledgers.Ledgers.SelectMany(ledger => ledger.Debits).Count(debit => debit.LivingAttempt?.Phase == phase);

    private static void ThenEachIsChargedOnce(ChargingWorld world)
    {
        Assert.Equal(Accounts, world.Bank.Charging.Count());
        Assert.Equal(Accounts, world.Bank.Charging.Select(intent => intent.DebitId).Distinct().Count());
        Assert.All(world.Ledgers.Ledgers, ledger => Assert.Equal(DebitState.Submitted, ledger.Debits.Single().State));
        Worlds.ThenInvariantsHold(world);
    }
}
