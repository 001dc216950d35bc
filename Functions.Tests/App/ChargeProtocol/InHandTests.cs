using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Provider;

namespace Autopay.Tests.App.ChargeProtocol;

/// <summary>
/// What a walk has in hand asks for no look of its own while the walk keeps its bucket: whoever takes over meets it,
/// and what the walk leaves behind asks for one.
/// </summary>
public sealed class InHandTests
{
    private const int Accounts = 6;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_look_of_what_is_in_hand_stays_only_where_a_lease_keeps_others_away(bool isLeased)
    {
        await using var world = await ReleasedAsync(isLeased);
        List<int> looks = [];
        world.Bank.Meanwhile(Call.Create, () => CountAsync(AttemptPhase.Planned));
        world.Bank.Meanwhile(Call.Confirm, () => CountAsync(AttemptPhase.Locked));

        await world.WalkAsync();

        Assert.Equal(isLeased ? [0, 0] : [Accounts, Accounts], looks);
        Assert.All(
            world.Ledgers.EntriesOf(Bucket.Of(ChargingWorld.Id())),
            entry => Assert.NotNull(entry.NextEvaluation)
        );
        ThenEachIsChargedOnce(world);

        Task CountAsync(AttemptPhase phase)
        {
            looks.Add(
                InPhase(world, phase) == Accounts
                    ? world.Ledgers.EntriesOf(Bucket.Of(ChargingWorld.Id())).Count(it => it.NextEvaluation is not null)
                    : -1
            );
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData(Call.Create, AttemptPhase.Planned)]
    [InlineData(Call.Confirm, AttemptPhase.Locked)]
    internal async Task Whoever_takes_over_meets_what_has_no_look_although_nothing_else_asks_for_a_complete_walk(
        Call call,
        AttemptPhase phase
    )
    {
        await using var world = await ReleasedAsync(isLeased: true);
        world.Bank.Meanwhile(call, world.Steps.DieAsync);
        await Assert.ThrowsAnyAsync<Exception>(() => world.TryWalkAsync(CancellationToken.None));
        Assert.Equal(Accounts, InPhase(world, phase));
        Assert.All(world.Ledgers.EntriesOf(Bucket.Of(ChargingWorld.Id())), entry => Assert.Null(entry.NextEvaluation));
        await world.RestartAsync();
        await AsIfWalkedAsync(world);

        world.Later(world.Options.Lease);
        Assert.Equal(WalkEnd.Done, await world.TryWalkAsync(CancellationToken.None));

        ThenEachIsChargedOnce(world);
    }

    [Fact]
    public async Task A_complete_walk_meets_what_a_walk_left_in_hand_after_it_had_lost_its_bucket()
    {
        await using var world = await ReleasedAsync(isLeased: true);
        world.Bank.Meanwhile(Call.Create, world.Steps.DieAsync);
        await Assert.ThrowsAnyAsync<Exception>(() => world.TryWalkAsync(CancellationToken.None));
        await world.RestartAsync();
        await AsIfWalkedAsync(world, isOver: true);

        world.Later(TimeSpan.FromHours(1));
        await world.WalkAsync();
        Assert.Equal(Accounts, InPhase(world, AttemptPhase.Planned));
        world.Later(TimeSpan.FromDays(1));
        await world.WalkAsync();
        await world.SweepAsync();

        ThenEachIsChargedOnce(world);
    }

    [Fact]
    public async Task What_the_provider_did_not_answer_asks_for_its_look_before_the_walk_ends()
    {
        await using var world = await ReleasedAsync(isLeased: true);
        world.Bank.Answers(Call.Create, new ProviderAnswer.NotYet("429"));

        await world.WalkAsync();

        var left = Assert.Single(
            world.Ledgers.EntriesOf(Bucket.Of(ChargingWorld.Id())),
            entry => entry.Ledger.HasChargeInHand()
        );
        Assert.InRange(
            left.NextEvaluation!.Value,
            world.Now.Utc,
            world.Now.Utc + world.Options.RecoverAfter + TimeSpan.FromSeconds(1)
        );
        Worlds.ThenInvariantsHold(world);
        world.Later();
        await world.SweepAsync();
        ThenEachIsChargedOnce(world);
    }

    [Fact]
    public async Task The_outcomes_of_two_groups_are_recorded_together_and_a_death_before_that_loses_none()
    {
        await using var world = await ReleasedAsync(isLeased: true, new ProcessingOptions { ConfirmGroup = 2 });
        world.Bank.Meanwhile(Call.Confirm, () => Task.CompletedTask);
        world.Bank.Meanwhile(Call.Confirm, () => Task.CompletedTask);
        world.Bank.Meanwhile(Call.Confirm, world.Steps.DieAsync);
        await Assert.ThrowsAnyAsync<Exception>(() => world.TryWalkAsync(CancellationToken.None));
        Assert.Equal((3, Accounts), (world.Bank.Count(Call.Confirm), InPhase(world, AttemptPhase.Locked)));
        await world.RestartAsync();

        world.Later(world.Options.Lease);
        Assert.Equal(WalkEnd.Done, await world.TryWalkAsync(CancellationToken.None));

        // The one whose answer nobody lived to hear is confirmed again, under its key.
        ThenEachIsChargedOnce(world);
        Assert.Equal(Accounts + 1, world.Bank.Count(Call.Confirm));
    }

    [Fact]
    public async Task A_no_to_one_debit_is_in_the_books_before_another_of_its_account_is_confirmed()
    {
        await using var world = new ChargingWorld(new ProcessingOptions { ConfirmGroup = 1 });
        await world.EnrolAsync();
        await world.BillAsync(ChargingWorld.Id(), "b2", ChargingWorld.Cents + 1, due: new DateOnly(2020, 1, 21));
        world.Bank.Answers(Call.Confirm, new ProviderAnswer.Rejected("mandate inactive") { OfTheMethod = true });

        await world.WalkAsync();

        Assert.Equal((2, 1), (world.Bank.Count(Call.Create), world.Bank.Count(Call.Confirm)));
        Assert.NotNull(world.Ledger().Suspension);
        Assert.Empty(world.Bank.Charging);
    }

    private static async Task<ChargingWorld> ReleasedAsync(bool isLeased, ProcessingOptions? options = null)
    {
        options ??= new ProcessingOptions();
        var world = new ChargingWorld(isLeased ? options : options with { Lease = TimeSpan.Zero });
        await world.HoldAsync();
        await world.EnrolInOneBucketAsync(Accounts);
        await world.WalkAsync();
        Assert.All(world.Ledgers.EntriesOf(Bucket.Of(ChargingWorld.Id())), entry => Assert.Null(entry.NextEvaluation));
        await world.ClearAsync();
        return world;
    }

    // The row of the bucket says that no control has changed since its last complete walk.
    private static async Task AsIfWalkedAsync(ChargingWorld world, bool isOver = false)
    {
        var row = await world.Schedules.ReadAsync(Bucket.Of(ChargingWorld.Id()), CancellationToken.None);
        row = row with { ScannedControlsVersion = world.Controls.Current.Version, WalkedAt = world.Now.Utc };
        Assert.NotNull(
            await world.Schedules.TryWriteAsync(
                isOver ? row with { LeasedUntil = default, LeasedBy = null } : row,
                CancellationToken.None
            )
        );
    }

    private static int InPhase(ChargingWorld world, AttemptPhase phase) =>
        world.Ledgers.Ledgers.SelectMany(ledger => ledger.Debits).Count(debit => debit.LivingAttempt?.Phase == phase);

    private static void ThenEachIsChargedOnce(ChargingWorld world)
    {
        Assert.Equal(Accounts, world.Bank.Charging.Count());
        Assert.Equal(Accounts, world.Bank.Charging.Select(intent => intent.DebitId).Distinct().Count());
        Assert.All(world.Ledgers.Ledgers, ledger => Assert.Equal(DebitState.Submitted, ledger.Debits.Single().State));
        Worlds.ThenInvariantsHold(world);
    }
}
