using Autopay.Application;

namespace Autopay.Tests.App.ChargeProtocol;

/// <summary>
/// P3 with one confirm in a group: what changes while the first debit of an account is confirmed, and the second is
/// locked already.
/// </summary>
public sealed class BeforeConfirmTests
{
    private const long FirstCents = 700;

    [Theory]
    [InlineData("hold", DebitState.Deferred)]
    [InlineData("halt", DebitState.Scheduled)]
    [InlineData("reconcile before charge", DebitState.Scheduled)]
    [InlineData("suspension", DebitState.Deferred)]
    [InlineData("autopay off", DebitState.Cancelled)]
    public async Task What_speaks_against_a_locked_charge_before_its_confirm_cancels_its_intent(
        string change,
        DebitState ends
    )
    {
        await using var world = await TwoDueAsync();
        world.Bank.Meanwhile(Call.Confirm, () => PreChargeCheckTests.Changes[change](world));

        await world.WalkAsync();

        Assert.Equal(FirstCents, Assert.Single(world.Bank.Charging).Amount.Cents);
        Assert.Equal((ends, 1), (world.Debit(debit: 1).State, world.Bank.Count(Call.Confirm)));
        Assert.Equal(
            ChargingWorld.Cents,
            Assert.Single(world.Bank.Intents, intent => intent.Status == IntentStatus.Cancelled).Amount.Cents
        );
        Worlds.ThenInvariantsHold(world);
    }

    /// <summary>
    /// Behind many pages a confirm waits for minutes: it leaves by what holds when its turn comes. The hold is about
    /// the second bill only.
    /// </summary>
    [Theory]
    [InlineData("hold", DebitState.Deferred, 1)]
    [InlineData("halt", DebitState.Scheduled, 0)]
    [InlineData("reconcile before charge", DebitState.Scheduled, 0)]
    public async Task What_is_declared_while_confirms_wait_for_their_turn_cancels_their_intents(
        string change,
        DebitState ends,
        int leave
    )
    {
        await using var world = await TwoDueAsync(group: 2);
        var others = PreChargeCheckTests.Changes[change];
        world.Bank.WhileOneWaits = () =>
        {
            var first = others;
            others = _ => Task.CompletedTask;
            return first(world);
        };

        await world.WalkAsync();

        Assert.Equal(leave, world.Bank.Count(Call.Confirm));
        Assert.Equal(Enumerable.Repeat(FirstCents, leave), world.Bank.Charging.Select(intent => intent.Amount.Cents));
        Assert.Equal(2 - leave, world.Bank.Intents.Count(intent => intent.Status == IntentStatus.Cancelled));
        Assert.Equal(ends, world.Debit(debit: 1).State);
        Worlds.ThenInvariantsHold(world);
    }

    // A frozen amount is not looked at again (R5, R9, R15), and who pays it neither.
    [Theory]
    [InlineData("merge")]
    [InlineData("cap")]
    [InlineData("paid in full")]
    [InlineData("paid in part")]
    [InlineData("adjustment")]
    [InlineData("new bank")]
    [InlineData("new customer")]
    [InlineData("new mandate")]
    public async Task What_comes_too_late_for_a_locked_charge_leaves_it_as_it_was_locked(string change)
    {
        await using var world = await TwoDueAsync();
        world.Bank.Meanwhile(Call.Confirm, () => PreChargeCheckTests.Changes[change](world));

        await world.WalkAsync();

        Assert.Equal([FirstCents, ChargingWorld.Cents], world.Bank.Charging.Select(intent => intent.Amount.Cents));
        Assert.All(
            world.Bank.Charging,
            intent => Assert.Equal(("cus_1", "pm_pays"), (intent.Customer, intent.PaymentMethod))
        );
        Assert.All(world.Ledger().Debits, debit => Assert.Equal(DebitState.Submitted, debit.State));
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task A_skip_before_the_confirm_of_a_locked_charge_is_refused_and_the_charge_goes_on()
    {
        await using var world = await TwoDueAsync();
        string? refusal = null;
        world.Bank.Meanwhile(
            Call.Confirm,
            async () =>
                refusal = await world.TryAsync(ChargingWorld.Id(), now => new SkipBill(new BillId("b1"), "asked", now))
        );

        await world.WalkAsync();

        Assert.Contains("flight", refusal, StringComparison.Ordinal);
        Assert.Equal(2, world.Bank.Charging.Count());
        Worlds.ThenInvariantsHold(world);
    }

    private static async Task<ChargingWorld> TwoDueAsync(int group = 1)
    {
        var world = new ChargingWorld(
            new ProcessingOptions
            {
                Lease = TimeSpan.Zero,
                ConfirmGroup = group,
                ProviderParallelism = 1,
            }
        );
        await world.DoAsync(ChargingWorld.Id(), now => new Enrol(ChargingWorld.NewEnrolment(), now));
        await world.BillAsync(ChargingWorld.Id(), "b0", FirstCents, new DateOnly(2020, 1, 21));
        await world.BillAsync(ChargingWorld.Id(), "b1", previousCents: FirstCents);
        return world;
    }
}
