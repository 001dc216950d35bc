using System.Text;
using Autopay.Application;
using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Autopay.Imports;

namespace Autopay.Tests.App.ChargeProtocol;

/// <summary>
/// Two workers, or a worker and the world, on one account at once: interleavings that a lease does not prevent.
/// </summary>
public sealed class RaceTests
{
    private static readonly ProviderAnswer Broken = new ProviderAnswer.ServerError("503");

    [Fact]
    public async Task Who_found_no_intent_does_not_abandon_an_attempt_that_has_one_by_now()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Create, Broken); // Not stored: the same key creates for the other worker.
        TheConfirmIsLost(world);
        world.Bank.Meanwhile(
            Call.List,
            async () =>
            {
                world.Later();
                await world.WalkAsync();
            }
        );

        await world.WalkAsync();
        await world.SweepAsync();

        RecoveryTests.ThenChargedOnce(world, attempts: 1, intents: 1);
    }

    [Fact]
    public async Task Who_cancelled_a_twin_does_not_abandon_the_attempt_that_was_locked_with_another_intent()
    {
        await using var world = await RecoveryTests.DueAsync();
        TheConfirmIsLost(world);
        world.Bank.Meanwhile(Call.Create, () => world.HoldAsync());
        world.Bank.Meanwhile(
            Call.Cancel,
            async () =>
            {
                await world.ClearAsync();
                world.Bank.PruneKeys();
                world.Later();
                await world.WalkAsync();
            }
        );

        await world.WalkAsync();
        await world.SweepAsync();

        Assert.Single(world.Bank.Charging);
        Worlds.ThenInvariantsHold(world);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancelled_twin_says_nothing_of_the_attempts_own_intent(bool submitted)
    {
        await using var world = await RecoveryTests.DueAsync();
        TheConfirmIsLost(world);
        await world.WalkAsync();
        if (submitted)
        {
            await world.SweepAsync();
        }

        await world.HearAsync(world.Bank.Twin(world.Attempt(), IntentStatus.Cancelled));
        await world.SweepAsync();

        RecoveryTests.ThenChargedOnce(world, attempts: 1, intents: 2);
    }

    [Fact]
    public async Task A_twin_that_charges_is_on_the_stuck_list_and_changes_nothing()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();

        await world.HearAsync(world.Bank.Twin(world.Attempt(), IntentStatus.Succeeded));

        Assert.Equal(DebitState.Submitted, world.Debit().State);
        Assert.Contains("pi_2", world.Debit().Discrepancy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_return_that_is_heard_twice_long_after_the_debit_was_archived_counts_once()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        world.Bank.Change("pi_1", intent => RecoveryTests.Become(intent, IntentStatus.Succeeded));
        await world.HearAsync("pi_1");
        world.At(new DateOnly(2021, 7, 1));
        await world.BillAsync(ChargingWorld.Id(), "b2", due: new DateOnly(2021, 7, 1));
        await world.SweepAsync(rounds: 1);
        Assert.Single(world.Ledgers.ArchivedOf(ChargingWorld.Id()));

        world.Bank.Change("pi_1", intent => intent with { ReturnedCents = intent.Amount, ReturnedCode = "fraudulent" });
        await world.HearAsync("pi_1");
        await world.HearAsync("pi_1");

        Assert.Equal(
            (0, ChargingWorld.Cents),
            (world.Ledger().Bills[0].Collected.Cents, world.Ledger().Bills[0].Open.Cents)
        );
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task A_return_whose_debit_is_archived_while_it_is_read_reopens_its_bill()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        world.Bank.Change("pi_1", intent => RecoveryTests.Become(intent, IntentStatus.Succeeded));
        await world.HearAsync("pi_1");
        var before = (await world.Ledgers.LoadAsync(ChargingWorld.Id(), CancellationToken.None))!;
        world.At(new DateOnly(2021, 7, 1));
        await world.BillAsync(ChargingWorld.Id(), "b2", due: new DateOnly(2021, 7, 1));
        world.Bank.Change("pi_1", intent => intent with { ReturnedCents = intent.Amount, ReturnedCode = "fraudulent" });
        world.Bank.Meanwhile(Call.Read, () => world.SweepAsync(rounds: 1));

        var recorded = await world
            .Verb<RecordIntentOutcome>()
            .RunAsync([new IntentLook("pi_1", "webhook")], [before], CancellationToken.None);

        Assert.Single(world.Ledgers.ArchivedOf(ChargingWorld.Id()));
        Assert.Equal(RecordingResult.Applied, recorded["pi_1"].Result);
        Assert.Equal(
            (0, ChargingWorld.Cents),
            (world.Ledger().Bills[0].Collected.Cents, world.Ledger().Bills[0].Open.Cents)
        );
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task A_bill_imported_under_the_controls_of_a_moment_ago_is_collected_although_its_bucket_was_walked()
    {
        await using var world = new ChargingWorld();
        await world.HoldAsync();
        await world.DoAsync(ChargingWorld.Id(), now => new Enrol(ChargingWorld.NewEnrolment(), now));
        await world.Controls.RememberAsync();
        await world.ClearAsync();
        await world.SweepAsync(rounds: 1);

        await ImportAsync(world, "b1,10-0001,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00");
        await world.SweepAsync(rounds: 2);

        RecoveryTests.ThenChargedOnce(world, attempts: 1, intents: 1);
    }

    [Fact]
    public async Task A_walk_that_outlived_its_lease_leaves_its_bucket_awake()
    {
        await using var world = new ChargingWorld(new ProcessingOptions { Lease = TimeSpan.FromSeconds(30) });
        await world.EnrolAsync();
        world.Bank.Meanwhile(
            Call.Create,
            async () =>
            {
                world.Later(TimeSpan.FromSeconds(40));
                await world.WalkAsync();
            }
        );
        TheConfirmIsLost(world);

        await world.WalkAsync();
        Assert.Equal(DebitState.Unknown, world.Debit().State);

        Assert.True(
            (await world.Schedules.ReadAsync(Bucket.Of(ChargingWorld.Id()), CancellationToken.None)).EarliestDue
                <= (await world.Ledgers.LoadAsync(ChargingWorld.Id(), CancellationToken.None))!.NextEvaluation
        );
    }

    // Who lowers is about to save: the walk cannot see the row yet.
    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_walk_that_ends_between_a_lowering_and_its_save_does_not_let_the_bucket_sleep_past_it(int days)
    {
        await using var world = await RecoveryTests.DueAsync();
        var look = world.Now.Utc.AddDays(days);
        world.Bank.Meanwhile(
            Call.Create,
            () => world.Schedules.BringForwardAsync(Bucket.Of(ChargingWorld.Id()), look, CancellationToken.None)
        );

        await world.WalkAsync();

        Assert.Equal(DebitState.Submitted, world.Debit().State);
        Assert.True(
            (await world.Schedules.ReadAsync(Bucket.Of(ChargingWorld.Id()), CancellationToken.None)).EarliestDue <= look
        );
    }

    private static void TheConfirmIsLost(ChargingWorld world)
    {
        world.Bank.Answers(Call.Confirm, new ProviderAnswer.Doubt("lost"), happens: true);
        world.Bank.Answers(Call.Read, new ProviderAnswer.NotYet("429"));
    }

    private static async Task ImportAsync(ChargingWorld world, string row)
    {
        const string header =
            "bill_id,account_id,cycle,bill_date,due_date,penalty_date,current_charges,previous_balance,total_due";
        using var file = new MemoryStream(Encoding.UTF8.GetBytes($"{header}\n{row}\n"));
        var receipt = await world
            .Verb<ReceiveImport>()
            .RunAsync(
                ImportKind.Bills,
                "bills.csv",
                file,
                new ExpectedTotals(null, null),
                new Authority("clerk", "test", world.Now.Utc),
                CancellationToken.None
            );
        Assert.Empty(receipt.Check.Problems);
        Assert.True(await world.Verb<ApplyImport>().RunAsync(receipt.Import!.Id, CancellationToken.None));
    }
}
