using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Reconciling;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Reconciling;

/// <summary>The tables come from last night's backup, and the provider has moved on.</summary>
public sealed class RestoreTests
{
    [Fact]
    [Trait("Layer", "L2")]
    public async Task F50_nothing_is_charged_until_every_intent_since_the_backup_is_matched_and_then_nothing_twice()
    {
        await using var world = await RecoveryTests.DueAsync(accounts: 6);
        var (backup, takenAt) = (world.Ledgers.Ledgers.ToList(), world.Now.Utc);
        await world.DoAsync(
            ChargingWorld.Id(5),
            now => new AdjustBill("a1", new BillId("b1"), new Money(-1000), "meter", now)
        );
        await world.SweepAsync();
        Become(world, 2, IntentStatus.Succeeded);
        Become(world, 3, IntentStatus.Dead);
        Become(world, 4, IntentStatus.Cancelled);
        Become(world, 5, IntentStatus.Succeeded);
        Become(world, 6, IntentStatus.Succeeded);
        await using var restored = await Restored.FromAsync(
            world,
            [.. backup.Where(ledger => ledger.Id != ChargingWorld.Id(6))],
            takenAt
        );
        world.Bank.Calls.Clear();

        await restored.SweepAsync();
        Assert.DoesNotContain(world.Bank.Calls, call => call.Kind is Call.Create or Call.Confirm);

        var waits = await restored.Verb<Reconcile>().RunAsync(null, "restore", CancellationToken.None);
        Assert.Equal((RunState.Differs, 5), (waits.State, waits.Adopted));
        Assert.Contains("wait in suspense", waits.Differences.Single().Detail, StringComparison.Ordinal);
        await restored.DoAsync(ChargingWorld.Id(6), now => new Enrol(ChargingWorld.NewEnrolment(), now));
        var report = await restored.Verb<Reconcile>().RunAsync(null, "restore", CancellationToken.None);
        Assert.Equal((RunState.Agrees, 1), (report.State, report.Adopted));
        Assert.Null(restored.Controls.Current.ReconcileSince);

        await restored.SweepAsync();
        Assert.Equal(
            [
                DebitState.Submitted,
                DebitState.Collected,
                DebitState.RetryScheduled,
                DebitState.Submitted,
                DebitState.Cancelled,
            ],
            Enumerable.Range(1, 5).Select(number => restored.Debit(number).State)
        );
        Assert.Equal(
            (4000, 1000),
            (restored.Ledger(5).Bills[0].PaidElsewhere.Cents, restored.Debit(5, 1).LastAttempt!.Amount.Cents)
        );
        Assert.Equal(
            ChargingWorld.Id(6),
            (await restored.Suspense.ReadAllAsync(CancellationToken.None).SingleAsync()).AssignedTo
        );
        Assert.Equal(5000, restored.Ledger(6).Credit.Cents);
        Assert.Equal(
            [5000, 5000, 5000, 5000, 5000],
            Enumerable
                .Range(1, 6)
                .Where(number => number != 3)
                .Select(number =>
                    world
                        .Bank.Charging.Where(intent => intent.AccountId == ChargingWorld.Id(number).Value)
                        .Sum(intent => intent.Amount.Cents)
                )
        );
        Worlds.ThenInvariantsHold(restored);
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F50_a_charge_under_way_whose_bills_are_not_certain_keeps_everything_waiting()
    {
        await using var world = await RecoveryTests.DueAsync();
        var (backup, takenAt) = (world.Ledgers.Ledgers.ToList(), world.Now.Utc);
        await world.DoAsync(
            ChargingWorld.Id(),
            now => new AdjustBill("a1", new BillId("b1"), new Money(-1000), "meter", now)
        );
        await world.SweepAsync();
        await using var restored = await Restored.FromAsync(world, backup, takenAt);

        var waiting = await restored.Verb<Reconcile>().RunAsync(null, "restore", CancellationToken.None);
        await restored.SweepAsync();
        Assert.Equal((RunState.Differs, DifferenceKind.TheirsOnly), (waiting.State, waiting.Differences.Single().Kind));
        Assert.Single(world.Bank.Intents);

        Become(world, 1, IntentStatus.Succeeded);
        var matched = await restored.Verb<Reconcile>().RunAsync(null, "restore", CancellationToken.None);
        await restored.SweepAsync();
        Assert.Equal(RunState.Agrees, matched.State);
        Assert.Equal([4000, 1000], world.Bank.Charging.Select(intent => intent.Amount.Cents));
        Assert.Empty(await restored.Stuck.ReadAllAsync(CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task A_backup_that_was_taken_between_P0_and_P2_finds_the_intent_of_its_planned_attempt()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Create, new ProviderAnswer.NotYet("429"));
        await world.WalkAsync();
        var (backup, takenAt) = (world.Ledgers.Ledgers.ToList(), world.Now.Utc);
        await world.SweepAsync();
        await using var restored = await Restored.FromAsync(world, backup, takenAt);

        var report = await restored.Verb<Reconcile>().RunAsync(null, "restore", CancellationToken.None);
        await restored.SweepAsync();

        Assert.Equal(RunState.Agrees, report.State);
        RecoveryTests.ThenChargedOnce(restored, attempts: 1, intents: 1);
    }

    [Fact]
    public async Task A_bill_that_is_imported_again_after_the_restore_is_paid_by_what_its_forgotten_debit_collected()
    {
        await using var world = new ChargingWorld();
        await world.DoAsync(ChargingWorld.Id(), now => new Enrol(ChargingWorld.NewEnrolment(), now));
        var (backup, takenAt) = (world.Ledgers.Ledgers.ToList(), world.Now.Utc);
        await world.BillAsync(ChargingWorld.Id(), "b1");
        await world.SweepAsync();
        Become(world, 1, IntentStatus.Succeeded);
        await using var restored = await Restored.FromAsync(world, backup, takenAt);

        await restored.Verb<Reconcile>().RunAsync(null, "restore", CancellationToken.None);
        await restored.BillAsync(ChargingWorld.Id(), "b1");
        await restored.SweepAsync();

        Assert.Equal((5000, 0), (restored.Ledger().Bills[0].PaidElsewhere.Cents, restored.Ledger().Credit.Cents));
        Assert.Single(world.Bank.Intents);
        Assert.All(restored.Ledger().Debits, debit => Assert.Equal(2, restored.Ledger().Generation));
    }

    [Fact]
    public async Task Reconcile_again_takes_nothing_over_twice()
    {
        await using var world = await RecoveryTests.DueAsync(accounts: 2);
        var (backup, takenAt) = (world.Ledgers.Ledgers.ToList(), world.Now.Utc);
        await world.SweepAsync();
        Become(world, 2, IntentStatus.Succeeded);
        await using var restored = await Restored.FromAsync(world, backup, takenAt);
        await restored.Verb<Reconcile>().RunAsync(null, "restore", CancellationToken.None);
        await restored.ChangeAsync(new ReconcileDemanded(takenAt));
        var before = restored.Ledgers.Ledgers.ToList();

        var again = await restored.Verb<Reconcile>().RunAsync(null, "restore", CancellationToken.None);

        Assert.Equal((RunState.Agrees, 0, 2), (again.State, again.Adopted, again.Matched));
        Assert.Equal(before, restored.Ledgers.Ledgers);
    }

    [Theory]
    [InlineData(4000, 0)]
    [InlineData(0, 4000)]
    public async Task What_was_returned_or_refunded_of_recovered_money_is_not_taken_in(long cameBack, long refunded)
    {
        await using var restored = await ForgottenAsync(intent =>
            intent with
            {
                ReturnedCents = new Money(cameBack),
                Refunded = new Money(refunded),
            }
        );

        await ReconcileAsync(restored);

        Assert.Equal(1000, restored.Ledger().Credit.Cents);
    }

    [Fact]
    public async Task Recovered_money_that_comes_back_later_reopens_the_bill_that_it_paid_blocked()
    {
        await using var restored = await ForgottenAsync(intent => intent);
        await ReconcileAsync(restored);
        await restored.BillAsync(ChargingWorld.Id(), "b1");

        restored.Bank.Change("pi_1", intent => intent with { ReturnedCents = intent.Amount, ReturnedCode = "R10" });
        await restored.HearAsync("pi_1");
        await restored.HearAsync("pi_1");
        await restored.SweepAsync();

        Assert.Equal((5000, 0), (restored.Ledger().Bills[0].Open.Cents, restored.Ledger().Credit.Cents));
        Assert.NotNull(restored.Ledger().Bills[0].Blocked);
        Assert.Single(restored.Bank.Intents);
        Assert.Equal(RunState.Agrees, (await ReconcileAsync(restored)).State);
        Worlds.ThenInvariantsHold(restored);
    }

    [Fact]
    public async Task An_intent_that_all_came_back_keeps_everything_waiting_until_a_person_explains_it()
    {
        await using var restored = await ForgottenAsync(intent =>
            intent with
            {
                ReturnedCents = intent.Amount,
                ReturnedCode = "R10",
            }
        );
        var waits = await ReconcileAsync(restored);
        Assert.NotNull(restored.Controls.Current.ReconcileSince);

        await restored.Stuck.TryCloseAsync(
            "reconcile:pi_1",
            StuckClosing.Discarded,
            new Authority("auditor", "it all came back", restored.Now.Utc),
            CancellationToken.None
        );
        await ReconcileAsync(restored);

        Assert.Equal(DifferenceKind.TheirsOnly, waits.Differences.Single().Kind);
        Assert.Null(restored.Controls.Current.ReconcileSince);
    }

    [Fact]
    public async Task A_refund_that_was_made_before_the_restore_is_known_by_its_request_and_not_made_again()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        Become(world, 1, IntentStatus.Succeeded);
        await world.HearAsync("pi_1");
        var (backup, takenAt) = (world.Ledgers.Ledgers.ToList(), world.Now.Utc);
        await world.DoAsync(
            ChargingWorld.Id(),
            now => new RequestRefund(world.Debit().Id, "rb", RefundKind.Reversal, null, "wrong", now)
        );
        await world.SweepAsync();
        await using var restored = await Restored.FromAsync(world, backup, takenAt);

        await ReconcileAsync(restored);
        await restored.DoAsync(
            ChargingWorld.Id(),
            now => new RequestRefund(restored.Debit().Id, "rb", RefundKind.Reversal, null, "wrong", now)
        );
        await restored.SweepAsync();

        Assert.Single(world.Bank.Refunds);
        Assert.Equal(
            ("rb", RefundKind.Reversal),
            (restored.Debit().Refunds.Single().RequestId, restored.Debit().Refunds.Single().Kind)
        );
    }

    /// <summary>An account whose bill was imported, charged and collected after the backup.</summary>
    private static async Task<ChargingWorld> ForgottenAsync(Func<IntentReading, IntentReading> since)
    {
        var world = new ChargingWorld();
        await world.DoAsync(ChargingWorld.Id(), now => new Enrol(ChargingWorld.NewEnrolment(), now));
        var (backup, takenAt) = (world.Ledgers.Ledgers.ToList(), world.Now.Utc);
        await world.BillAsync(ChargingWorld.Id(), "b1");
        await world.SweepAsync();
        Become(world, 1, IntentStatus.Succeeded);
        world.Bank.Change("pi_1", since);
        return await Restored.FromAsync(world, backup, takenAt);
    }

    private static Task<ReconcileReport> ReconcileAsync(ChargingWorld world)
    {
        world.Later(TimeSpan.FromSeconds(1));
        return world.Verb<Reconcile>().RunAsync(null, "restore", CancellationToken.None);
    }

    private static void Become(ChargingWorld world, int account, IntentStatus status) =>
        world.Bank.Change(
            world.Bank.Intents.Single(intent => intent.AccountId == ChargingWorld.Id(account).Value).IntentId,
            intent => RecoveryTests.Become(intent, status)
        );
}
