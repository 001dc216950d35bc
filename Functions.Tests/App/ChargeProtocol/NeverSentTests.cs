using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;

namespace Autopay.Tests.App.ChargeProtocol;

/// <summary>
/// R27 through the provider: an attempt that is found locked and untouched, and a confirm that is refused and leaves
/// its intent untouched.
/// </summary>
public sealed class NeverSentTests
{
    private static readonly ProviderAnswer NoMandate = new ProviderAnswer.Rejected(
        "400 payment_intent_mandate_invalid: no mandate"
    )
    {
        OfTheMethod = true,
    };

    private static readonly ProviderAnswer NoMethod = new ProviderAnswer.Rejected("400: No such PaymentMethod: 'pm_1'")
    {
        OfTheMethod = true,
    };

    [Theory]
    [InlineData("hold", DebitState.Deferred)]
    [InlineData("halt", DebitState.Scheduled)]
    [InlineData("merge", DebitState.Deferred)]
    [InlineData("suspension", DebitState.Deferred)]
    [InlineData("autopay off", DebitState.Cancelled)]
    [InlineData("paid in full", DebitState.Satisfied)]
    [InlineData("cap", DebitState.NeedsReview)]
    [InlineData("new customer", DebitState.NeedsReview)]
    [Trait("Layer", "L2")]
    public async Task F10_what_speaks_against_a_charge_that_was_never_sent_cancels_its_intent(
        string change,
        DebitState ends
    )
    {
        await using var world = await LockedAsync();
        await PreChargeCheckTests.Changes[change](world);

        await world.SweepAsync();

        Assert.Equal((ends, 1), (world.Debit().State, world.Bank.Count(Call.Confirm)));
        Assert.All(world.Bank.Intents, intent => Assert.Equal(IntentStatus.Cancelled, intent.Status));
        Worlds.ThenInvariantsHold(world);
    }

    [Theory]
    [InlineData("paid in part", 3000)]
    [InlineData("adjustment", 4900)]
    [InlineData("new bank", 5000)]
    [InlineData("new mandate", 5000)]
    [Trait("Layer", "L2")]
    public async Task F10_what_changes_a_charge_that_was_never_sent_makes_a_new_attempt_of_it(string change, long cents)
    {
        await using var world = await LockedAsync();
        await PreChargeCheckTests.Changes[change](world);

        await world.SweepAsync();

        Assert.Equal((2, cents), (world.Attempt().Number, Assert.Single(world.Bank.Charging).Amount.Cents));
        Assert.Equal(IntentStatus.Cancelled, world.Bank.Intents.First().Status);
        Worlds.ThenInvariantsHold(world);
    }

    // A change that comes between the first read of recovery and its save.
    [Fact]
    [Trait("Layer", "L2")]
    public async Task F10_a_payment_that_comes_in_while_recovery_reads_the_intent_is_seen()
    {
        await using var world = await LockedAsync();
        world.Bank.Meanwhile(Call.Read, () => world.PayAsync(ChargingWorld.Id(), 2000));

        await world.SweepAsync();

        Assert.Equal((2, 3000L), (world.Attempt().Number, Assert.Single(world.Bank.Charging).Amount.Cents));
        Worlds.ThenInvariantsHold(world);
    }

    // Whoever locked it lives after all: the confirm arrives, and a webhook records it, before recovery saves what it
    // read.
    [Fact]
    [Trait("Layer", "L2")]
    public async Task F10_what_is_confirmed_while_recovery_reads_the_intent_is_not_cancelled()
    {
        await using var world = await LockedAsync();
        var untouched = Assert.Single(world.Bank.Intents);
        world.Bank.Meanwhile(
            Call.Read,
            async () =>
            {
                await world.Bank.ConfirmAsync(world.Attempt());
                Assert.Equal(RecordingResult.Applied, await world.HearAsync(world.Attempt().IntentId!));
                world.Bank.Answers(Call.Read, new ProviderAnswer.Read(untouched));
            }
        );

        await world.SweepAsync();

        Assert.Equal((DebitState.Submitted, 0), (world.Debit().State, world.Bank.Count(Call.Cancel)));
        Worlds.ThenInvariantsHold(world);
    }

    // The confirm that nobody waited for was declined just before the cancel: the bank has said no, and that counts.
    [Fact]
    [Trait("Layer", "L2")]
    public async Task F10_a_no_of_the_bank_that_the_cancel_overtakes_is_counted()
    {
        await using var world = await LockedAsync();
        world.Bank.Answers(
            Call.Cancel,
            new ProviderAnswer.Read(
                new IntentReading
                {
                    IntentId = world.Attempt().IntentId!,
                    Status = IntentStatus.Cancelled,
                    Code = "R02",
                    Amount = world.Attempt().Amount,
                    Currency = "usd",
                    Customer = "cus_1",
                    PaymentMethod = "pm_1",
                    DebitId = world.Debit().Id.Value,
                    AttemptNumber = 1,
                }
            )
        );
        await PreChargeCheckTests.Changes["paid in part"](world);

        await world.SweepAsync();

        Assert.Equal(DebitState.Uncollected, world.Debit().State);
        Assert.Equal("R02", Assert.Single(world.Debit().Attempts).Code);
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F10_over_a_weekend_it_is_decided_anew_and_leaves_on_the_next_banking_day()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.At(new DateOnly(2020, 1, 24));
        world.Bank.Answers(Call.Confirm, new ProviderAnswer.NotYet("429"));
        await world.WalkAsync();

        world.At(new DateOnly(2020, 1, 25));
        await world.SweepAsync();
        Assert.Equal((DebitState.Scheduled, 1), (world.Debit().State, world.Bank.Count(Call.Confirm)));

        world.At(new DateOnly(2020, 1, 27));
        await world.SweepAsync();
        RecoveryTests.ThenChargedOnce(world, attempts: 2, intents: 2);
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F53_a_confirm_that_is_refused_because_of_the_mandate_suspends_until_there_is_another_and_then_charges_once()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Confirm, NoMandate);

        await world.SweepAsync();
        Assert.Equal(
            (DebitState.Deferred, IntentStatus.Cancelled, 1),
            (world.Debit().State, world.Bank.Intents.Single().Status, world.Bank.Count(Call.Confirm))
        );
        Assert.StartsWith(
            "payment method cannot be used: 400 payment_intent_mandate_invalid",
            world.Ledger().Suspension!.Reason,
            StringComparison.Ordinal
        );

        world.At(new DateOnly(2020, 1, 27));
        await world.PayAsync(ChargingWorld.Id(), 2000);
        await PreChargeCheckTests.Changes["new mandate"](world);
        await world.SweepAsync();

        Assert.Equal(
            (DebitState.Submitted, 3000L),
            (world.Debit().State, Assert.Single(world.Bank.Charging).Amount.Cents)
        );
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F53_a_refusal_whose_cancel_is_lost_is_followed_up_and_never_confirmed_a_day_later()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Confirm, NoMandate);
        world.Bank.Answers(Call.Cancel, new ProviderAnswer.Doubt("lost"), happens: false);
        await world.WalkAsync();
        Assert.Equal(AttemptPhase.Locked, world.Attempt().Phase);

        world.At(new DateOnly(2020, 1, 23));
        await world.SweepAsync();

        RecoveryTests.ThenChargedOnce(world, attempts: 2, intents: 2);
        Assert.Equal(
            ["cf-10-0001-1-0001-1", "cf-10-0001-1-0001-2"],
            world.Bank.Calls.Where(call => call.Kind == Call.Confirm).Select(call => call.Key)
        );
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F53_a_refusal_for_another_reason_waits_for_a_person_and_is_not_tried_again_and_again()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Confirm, new ProviderAnswer.Rejected("400: over the limit of this account"), times: 10);

        await world.SweepAsync();
        world.Later(TimeSpan.FromHours(30));
        await world.SweepAsync();

        Assert.Equal(
            (DebitState.NeedsReview, 1, false),
            (world.Debit().State, world.Bank.Count(Call.Confirm), world.Ledger().Suspension is not null)
        );
        Assert.Contains("over the limit of this account", world.Debit().Reason, StringComparison.Ordinal);
        Assert.Empty(world.Bank.Charging);
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F53_a_create_that_is_refused_because_of_the_method_suspends_until_there_is_another_and_then_charges_once()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Create, NoMethod, happens: false);

        await world.SweepAsync();
        Assert.Equal(
            (DebitState.Deferred, 0, null),
            (world.Debit().State, world.Bank.Count(Call.Confirm), world.Debit().Discrepancy)
        );
        Assert.StartsWith(
            "payment method cannot be used: 400: No such PaymentMethod",
            world.Ledger().Suspension!.Reason,
            StringComparison.Ordinal
        );

        await PreChargeCheckTests.Changes["new bank"](world);
        await world.SweepAsync();

        RecoveryTests.ThenChargedOnce(world, attempts: 2, intents: 1);
        Worlds.ThenInvariantsHold(world);
    }

    // The refusal answers a second try, after the first one made its intent.
    [Fact]
    [Trait("Layer", "L2")]
    public async Task F53_a_create_that_is_refused_although_its_intent_is_there_goes_on_with_it()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Create, NoMethod, happens: true);

        await world.SweepAsync();

        RecoveryTests.ThenChargedOnce(world, attempts: 1, intents: 1);
        Assert.Null(world.Ledger().Suspension);
    }

    // Without the list nobody knows whether there is an intent.
    [Fact]
    [Trait("Layer", "L2")]
    public async Task F53_a_refused_create_that_nobody_can_prove_decides_nothing()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Create, NoMethod, happens: false);
        world.Bank.Answers(Call.List, new ProviderAnswer.ServerError("503"));

        await world.WalkAsync();

        Assert.Equal((AttemptPhase.Planned, null), (world.Attempt().Phase, world.Ledger().Suspension));
    }

    private static async Task<ChargingWorld> LockedAsync()
    {
        var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Confirm, new ProviderAnswer.NotYet("429"));
        await world.WalkAsync();
        Assert.Equal(AttemptPhase.Locked, world.Attempt().Phase);
        return world;
    }
}
