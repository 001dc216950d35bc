using Autopay.Application;
using Autopay.Application.Ports.Provider;

namespace Autopay.Tests.App.ChargeProtocol;

/// <summary>
/// An attempt takes only its own intent for its own, leaves alone what may still be under way, and what one debit was
/// told counts for the next one of its account.
/// </summary>
public sealed class WhoseIntentTests
{
    private static readonly ProviderAnswer Lost = new ProviderAnswer.Doubt("the answer is lost");
    private static readonly ProviderAnswer NotYet = new ProviderAnswer.NotYet("429");
    private static readonly ProviderAnswer Broken = new ProviderAnswer.ServerError("500");

    // One payer of two accounts, a sandbox beside the live books, an attempt before this one.
    public static TheoryData<string> Strangers { get; } =
    ["another debit", "another attempt", "another environment", "cancelled"];

    private static IntentReading Become(IntentReading intent, string stranger) =>
        stranger switch
        {
            "another debit" => intent with { DebitId = "10-0002-1-0001" },
            "another attempt" => intent with { AttemptNumber = 7 },
            "another environment" => intent with { Environment = "sandbox" },
            "cancelled" => intent with { Status = IntentStatus.Cancelled },
            _ => throw new ArgumentOutOfRangeException(nameof(stranger)),
        };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task An_intent_of_the_same_customer_that_is_not_this_attempts_is_not_adopted(string stranger)
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Create, Broken, happens: false);
        world.Bank.Meanwhile(
            Call.Create,
            () =>
            {
                var twin = world.Bank.Twin(world.Attempt(), IntentStatus.Untouched);
                world.Bank.Change(twin, intent => Become(intent, stranger));
                return Task.CompletedTask;
            }
        );

        await world.WalkAsync();

        Assert.Null(world.Debit().Attempts[0].IntentId);
        await world.SweepAsync();
        RecoveryTests.ThenChargedOnce(world, attempts: 2, intents: 2);
        Assert.Equal("pi_2", world.Attempt().IntentId);
    }

    [Fact]
    public async Task A_locked_attempt_of_a_moment_ago_is_not_asked_about()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Confirm, NotYet, times: 2);
        await world.WalkAsync();
        Assert.Equal(AttemptPhase.Locked, world.Attempt().Phase);
        world.Bank.Calls.Clear();

        world.Later(TimeSpan.FromMinutes(1));
        await WalkEverythingAsync(world);

        Assert.Empty(world.Bank.Calls);
        await world.SweepAsync();
        RecoveryTests.ThenChargedOnce(world, attempts: 1, intents: 1);
    }

    [Fact]
    public async Task A_cancel_whose_answer_is_lost_is_proven_by_the_intent_at_once()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Meanwhile(Call.Create, () => world.HoldAsync());
        world.Bank.Answers(Call.Cancel, Lost, happens: true);

        await world.WalkAsync();

        Assert.Equal((DebitState.Deferred, AttemptPhase.Abandoned), (world.Debit().State, world.Attempt().Phase));
        Assert.Empty(world.Bank.Charging);
    }

    // Nothing may charge days later unattended (R21): whoever hears of it first cancels it.
    [Fact]
    public async Task An_action_that_the_bank_wants_of_the_customer_is_cancelled_when_it_is_heard_of()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        world.Bank.Change("pi_1", intent => intent with { Status = IntentStatus.RequiresAction });

        await world.HearAsync("pi_1");

        Assert.Equal(IntentStatus.Cancelled, world.Bank.Intents.Single().Status);
        Assert.Equal(DebitState.Declined, world.Debit().State);
    }

    // Three accounts are confirmed two at a time; the second one has two debits, in two groups.
    [Fact]
    public async Task A_no_to_one_debit_stops_the_next_one_of_its_account_also_among_debits_of_others()
    {
        await using var world = new ChargingWorld(
            new ProcessingOptions
            {
                Lease = TimeSpan.Zero,
                ConfirmGroup = 2,
                ProviderParallelism = 1,
            }
        );
        await world.EnrolInOneBucketAsync(3);
        var twice = world.Ledgers.Ledgers.Select(ledger => ledger.Id).Order().ElementAt(1);
        await world.BillAsync(twice, "b0", cents: 700, due: new DateOnly(2020, 1, 21));
        world.Bank.OnConfirm = intent =>
            intent.AccountId == twice.Value
                ? RecoveryTests.Become(intent, IntentStatus.Dead) with
                {
                    Code = "R10",
                }
                : RecoveryTests.Become(intent, IntentStatus.Processing);

        await WalkEverythingAsync(world);

        Assert.Equal(3, world.Bank.Count(Call.Confirm));
        Assert.Equal(
            700,
            Assert.Single(world.Bank.Intents, intent => intent.Status == IntentStatus.Cancelled).Amount.Cents
        );
    }

    // A change of the controls makes a walk look at every account, whether anything is due or not.
    private static async Task WalkEverythingAsync(ChargingWorld world)
    {
        await world.ChangeAsync(
            new DeferralDeclared(
                new DeferralId("elsewhere"),
                [new CycleNumber(9)],
                new DateOnly(2020, 1, 22),
                new DateOnly(2020, 1, 22),
                DeferralAction.Hold,
                null
            )
        );
        await world.WalkAsync();
    }
}
