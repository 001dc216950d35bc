using Autopay.Application;
using Autopay.Application.Ports.Provider;

namespace Autopay.Tests.App.ChargeProtocol;

/// <summary>
/// Whatever changes between P0 and the pre-charge check, the intent is cancelled unconfirmed and the debit goes where
/// it belongs.
/// </summary>
public sealed class PreChargeCheckTests
{
    internal static readonly Dictionary<string, Func<ChargingWorld, Task>> Changes = new()
    {
        ["hold"] = world => world.HoldAsync(),
        ["halt"] = world => world.ChangeAsync(new ChargingHalted()),
        ["merge"] = world =>
            world.ChangeAsync(
                new DeferralDeclared(
                    new DeferralId("merge"),
                    [new CycleNumber(1)],
                    new(2020, 1, 1),
                    new(2020, 2, 1),
                    DeferralAction.Merge,
                    null
                )
            ),
        ["skip"] = world => world.DoAsync(ChargingWorld.Id(), now => new SkipBill(new BillId("b1"), "asked", now)),
        ["suspension"] = world => world.DoAsync(ChargingWorld.Id(), now => new SuspendAccount("asked", now)),
        ["autopay off"] = world => world.DoAsync(ChargingWorld.Id(), now => new SwitchAutopay(false, "asked", now)),
        ["paid in full"] = world => world.PayAsync(ChargingWorld.Id(), ChargingWorld.Cents),
        ["cap"] = world => EnrolAsync(world, enrolment => enrolment with { MaxDebit = new Money(4999) }),
        ["paid in part"] = world => world.PayAsync(ChargingWorld.Id(), 2000),
        ["new bank"] = world => EnrolAsync(world, enrolment => enrolment with { PaymentMethod = "pm_new" }),
        ["reconcile before charge"] = world => world.ChangeAsync(new ReconcileDemanded(world.Now.Utc)),
        ["new customer"] = world => EnrolAsync(world, enrolment => enrolment with { Customer = "cus_new" }),
        ["new mandate"] = world => EnrolAsync(world, enrolment => enrolment with { Mandate = "mandate_new" }),
        ["adjustment"] = world =>
            world.DoAsync(
                ChargingWorld.Id(),
                now => new AdjustBill("a1", new BillId("b1"), new Money(-100), "misread", now)
            ),
    };

    [Theory]
    [InlineData("hold", DebitState.Deferred)]
    [InlineData("halt", DebitState.Scheduled)]
    [InlineData("merge", DebitState.Deferred)]
    [InlineData("skip", DebitState.Cancelled)]
    [InlineData("suspension", DebitState.Deferred)]
    [InlineData("autopay off", DebitState.Cancelled)]
    [InlineData("paid in full", DebitState.Satisfied)]
    [InlineData("cap", DebitState.NeedsReview)]
    [InlineData("new customer", DebitState.NeedsReview)]
    public async Task What_speaks_against_a_charge_at_the_pre_charge_check_cancels_its_intent(
        string change,
        DebitState ends
    )
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Meanwhile(Call.Create, () => Changes[change](world));

        await world.SweepAsync();

        Assert.Equal((ends, 0), (world.Debit().State, world.Bank.Count(Call.Confirm)));
        Assert.All(world.Bank.Intents, intent => Assert.Equal(IntentStatus.Cancelled, intent.Status));
        Worlds.ThenInvariantsHold(world);
    }

    [Theory]
    [InlineData("paid in part", 3000)]
    [InlineData("adjustment", 4900)]
    [InlineData("new bank", 5000)]
    [InlineData("new mandate", 5000)]
    public async Task What_changes_a_charge_at_the_pre_charge_check_makes_a_new_attempt_of_it(string change, long cents)
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Meanwhile(Call.Create, () => Changes[change](world));

        await world.SweepAsync();

        var charged = Assert.Single(world.Bank.Charging);
        Assert.Equal(
            (DebitState.Submitted, 2, cents),
            (world.Debit().State, world.Debit().Attempts.Count, charged.Amount.Cents)
        );
        Assert.Equal(world.Ledger().Enrolment!.PaymentMethod, charged.PaymentMethod);
        Assert.Equal(IntentStatus.Cancelled, world.Bank.Intents.First().Status);
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task A_hold_that_is_lifted_before_the_next_look_lets_the_debit_go_once()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Meanwhile(Call.Create, () => world.HoldAsync());
        world.Bank.Answers(Call.Cancel, new ProviderAnswer.Doubt("lost"), happens: true);
        world.Bank.Answers(Call.Read, new ProviderAnswer.NotYet("429"));
        await world.WalkAsync();

        await world.ClearAsync();
        await world.SweepAsync();

        RecoveryTests.ThenChargedOnce(world, attempts: 2, intents: 2);
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F49_a_halt_stops_every_confirm_after_the_group_that_is_under_way()
    {
        await using var world = new ChargingWorld(
            new ProcessingOptions
            {
                Lease = TimeSpan.Zero,
                ConfirmGroup = 1,
                ProviderParallelism = 1,
            }
        );
        await world.EnrolAsync();
        await world.BillAsync(ChargingWorld.Id(), "b0", 700, new DateOnly(2020, 1, 21));
        world.Bank.Meanwhile(Call.Confirm, () => world.ChangeAsync(new ChargingHalted()));

        await world.SweepAsync();
        Assert.Equal((1, 1), (world.Bank.Count(Call.Confirm), world.Bank.Charging.Count()));
        Assert.Single(world.Bank.Intents, intent => intent.Status == IntentStatus.Cancelled);
        await world.ChangeAsync(new ChargingResumed());
        await world.SweepAsync();

        Assert.Equal(2, world.Bank.Charging.Count());
        Assert.All(world.Ledger().Debits, debit => Assert.Equal(DebitState.Submitted, debit.State));
        Worlds.ThenInvariantsHold(world);
    }

    private static Task EnrolAsync(ChargingWorld world, Func<Enrolment, Enrolment> change) =>
        world.DoAsync(ChargingWorld.Id(), now => new Enrol(change(ChargingWorld.NewEnrolment()), now));
}
