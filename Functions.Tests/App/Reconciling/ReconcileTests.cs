using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Reconciling;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Reconciling;

/// <summary>
/// Our books against the provider's, both ways: each kind of difference, what cures it, and what only a person can.
/// </summary>
public sealed class ReconcileTests
{
    [Fact]
    public async Task Books_that_agree_are_said_to_agree_with_what_was_looked_at()
    {
        await using var world = await SubmittedAsync(accounts: 5);

        var report = await RunAsync(world);

        Assert.Equal(
            (RunState.Agrees, 5, 5, 5, 0),
            (report.State, report.Theirs, report.Ours, report.Matched, report.Cured)
        );
    }

    [Theory]
    [InlineData(IntentStatus.Succeeded, DebitState.Collected)]
    [InlineData(IntentStatus.Dead, DebitState.RetryScheduled)]
    [Trait("Layer", "L2")]
    public async Task F21_an_answer_that_no_webhook_brought_is_recorded(IntentStatus status, DebitState ends)
    {
        await using var world = await SubmittedAsync();
        world.Bank.Change("pi_1", intent => RecoveryTests.Become(intent, status));

        var report = await RunAsync(world);

        Assert.Equal((RunState.Agrees, 1, ends), (report.State, report.Cured, world.Debit().State));
    }

    [Fact]
    public async Task Money_that_came_back_unseen_is_recorded()
    {
        await using var world = await SubmittedAsync();
        world.Bank.Change("pi_1", intent => RecoveryTests.Become(intent, IntentStatus.Succeeded));
        await world.HearAsync("pi_1");
        world.Bank.Change("pi_1", intent => intent with { ReturnedCents = intent.Amount, ReturnedCode = "R10" });

        var report = await RunAsync(world);

        Assert.Equal((RunState.Agrees, 1, 5000), (report.State, report.Cured, world.Debit().ReturnedCents.Cents));
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F09_an_unconfirmed_orphan_is_cancelled_and_a_fresh_one_is_left_alone()
    {
        await using var world = await SubmittedAsync();
        var orphan = world.Bank.Twin(world.Attempt(), IntentStatus.Untouched);

        Assert.Equal(0, (await RunAsync(world)).OrphansCancelled);
        world.Later(TimeSpan.FromHours(2));

        Assert.Equal(1, (await RunAsync(world)).OrphansCancelled);
        Assert.Equal(IntentStatus.Cancelled, world.Bank.Intents.Single(intent => intent.IntentId == orphan).Status);
        RecoveryTests.ThenChargedOnce(world, attempts: 1, intents: 2);
    }

    [Fact]
    public async Task An_attempt_that_is_being_created_keeps_its_intent()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Create, new ProviderAnswer.Doubt("lost"), happens: true);
        await world.WalkAsync();
        world.Later(TimeSpan.FromHours(2));

        var report = await RunAsync(world);
        await world.SweepAsync();

        Assert.Equal((0, RunState.Agrees), (report.OrphansCancelled, report.State));
        RecoveryTests.ThenChargedOnce(world, attempts: 1, intents: 1);
    }

    [Fact]
    public async Task A_debit_that_is_charged_twice_halts_everything_and_is_listed()
    {
        await using var world = await SubmittedAsync();
        world.Bank.Twin(world.Attempt(), IntentStatus.Succeeded);

        var report = await RunAsync(world);

        Assert.Contains(report.Differences, difference => difference.Kind == DifferenceKind.ChargedTwice);
        Assert.StartsWith(
            "Reconcile: debit 10-0001-1-0001 is charged by",
            world.Controls.Current.Halt!.Reason,
            StringComparison.Ordinal
        );
        Assert.NotEmpty(await StuckAsync(world));
    }

    [Fact]
    public async Task Each_difference_is_a_work_item_that_keeps_its_age_until_it_is_gone()
    {
        await using var world = await SubmittedAsync(accounts: 2);
        world.Bank.Change("pi_1", intent => intent with { Amount = new Money(4999) });
        var first = await RunAsync(world);
        var since = (await StuckAsync(world)).Single().Since;
        world.Later(TimeSpan.FromDays(1));
        await RunAsync(world);

        Assert.Equal((RunState.Differs, DifferenceKind.AmountDiffers), (first.State, first.Differences.Single().Kind));
        Assert.Equal(
            ("reconcile", "reconcile:pi_1"),
            ((await StuckAsync(world)).Single().Kind, (await StuckAsync(world)).Single().Id)
        );
        Assert.True(since < world.Now.Utc);

        world.Bank.Change("pi_1", intent => intent with { Amount = new Money(5000) });
        await RunAsync(world);
        Assert.Empty(await StuckAsync(world));
    }

    [Fact]
    public async Task A_narrow_run_says_nothing_of_what_lies_outside_its_window_and_none_begins_in_the_future()
    {
        await using var world = await SubmittedAsync();
        world.Bank.Change("pi_1", intent => intent with { Amount = new Money(4999) });
        await RunAsync(world);

        var narrow = await world.Verb<Reconcile>().RunAsync(world.Now.Utc.AddHours(-1), "test", CancellationToken.None);
        await Assert.ThrowsAsync<RefusedException>(() =>
            world.Verb<Reconcile>().RunAsync(world.Now.Utc.AddDays(1), "test", CancellationToken.None)
        );

        Assert.False(narrow.IsWhole);
        Assert.Single(await StuckAsync(world));
    }

    [Fact]
    public async Task An_intent_of_ours_that_no_attempt_knows_and_that_moves_money_is_theirs_only()
    {
        await using var world = await SubmittedAsync();
        world.Bank.Twin(world.Attempt() with { Number = 7 }, IntentStatus.Processing);

        var report = await RunAsync(world);

        Assert.Contains(
            report.Differences,
            difference => difference is { Kind: DifferenceKind.TheirsOnly, IntentId: "pi_2" }
        );
    }

    [Fact]
    public async Task A_run_that_could_not_read_a_page_has_failed_and_concludes_nothing()
    {
        await using var world = await SubmittedAsync(accounts: 5);
        world.Bank.Answers(Call.List, new ProviderAnswer.ServerError("500"));

        var report = await RunAsync(world);

        Assert.Equal(
            (RunState.Failed, ReconcileAftermath.Failed),
            (report.State, (await StuckAsync(world)).Single().Kind)
        );
        Assert.Equal(RunState.Agrees, (await RunAsync(world)).State);
        Assert.Empty(await StuckAsync(world));
    }

    [Fact]
    public async Task A_run_that_saw_nothing_where_something_was_expected_has_failed()
    {
        await using var world = await SubmittedAsync();
        world.Later(TimeSpan.FromDays(3));
        world.Bank.HidesLists = true;

        var report = await RunAsync(world);

        Assert.Equal(RunState.Failed, report.State);
        Assert.Contains("listed nothing", report.Failure, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F23_an_event_that_comes_three_days_after_a_person_decided_changes_nothing_and_is_listed()
    {
        await using var world = await SubmittedAsync();
        world.Bank.Change("pi_1", intent => RecoveryTests.Become(intent, IntentStatus.Dead) with { Code = "R08" });
        await world.HearAsync("pi_1");
        Assert.Equal(DebitState.Uncollected, world.Debit().State);
        world.Later(TimeSpan.FromDays(3));
        world.Bank.Change("pi_1", intent => RecoveryTests.Become(intent, IntentStatus.Succeeded));

        await world.HearAsync("pi_1");
        var report = await RunAsync(world);

        Assert.Equal(DebitState.Uncollected, world.Debit().State);
        Assert.Equal(DifferenceKind.StateDiffers, report.Differences.Single().Kind);
        Assert.Single(await StuckAsync(world));
    }

    [Fact]
    public async Task Broken_books_halt_everything_and_whole_ones_say_what_they_looked_at()
    {
        await using var world = await SubmittedAsync(accounts: 2);
        await RunAsync(world);
        var whole = await world.Verb<CheckInvariants>().RunAsync("test", CancellationToken.None);
        var entry = await world.Ledgers.LoadAsync(ChargingWorld.Id(), CancellationToken.None);
        var lost = entry!.Ledger with
        {
            Operations = entry.Ledger.Operations + 1,
            Bills = [.. entry.Ledger.Bills.Select(bill => bill with { InFlight = new Money(4900) })],
        };
        await world.Ledgers.SaveAsync(
            Bucket.Of(lost.Id),
            [
                new LedgerSave(
                    entry,
                    [],
                    lost,
                    entry.NextEvaluation,
                    OperationId.New(),
                    new Authority("bug", "bug", world.Now.Utc)
                ),
            ],
            CancellationToken.None
        );

        var broken = await world.Verb<CheckInvariants>().RunAsync("test", CancellationToken.None);

        Assert.Equal((true, 2, 0), (whole.Holds, whole.Accounts, whole.ViolationCount));
        Assert.All(whole.Invariants, result => Assert.InRange(result.Looked, 1, long.MaxValue));
        Assert.Contains(whole.Invariants, result => result is { Id: "I1", Looked: 2 });
        Assert.False(broken.Holds);
        Assert.Contains("I3", world.Controls.Current.Halt!.Reason, StringComparison.Ordinal);
        Assert.Equal("invariant", (await StuckAsync(world)).Single().Kind);
    }

    private static Task<ReconcileReport> RunAsync(ChargingWorld world)
    {
        world.Later(TimeSpan.FromSeconds(1));
        return world.Verb<Reconcile>().RunAsync(null, "test", CancellationToken.None);
    }

    private static async Task<IReadOnlyList<StuckItem>> StuckAsync(ChargingWorld world) =>
        await world.Stuck.ReadAllAsync(CancellationToken.None).ToListAsync();

    private static async Task<ChargingWorld> SubmittedAsync(int accounts = 1)
    {
        var world = await RecoveryTests.DueAsync(accounts);
        await world.SweepAsync();
        world.Later(TimeSpan.FromDays(2));
        return world;
    }
}
