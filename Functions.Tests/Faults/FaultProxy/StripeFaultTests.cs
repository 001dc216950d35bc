namespace Autopay.Tests.Faults.FaultProxy;

/// <summary>L5: the production adapter and the unmodified SDK, with a broken network before the sandbox.</summary>
[Trait("Layer", "L5")]
public sealed class StripeFaultTests(FaultyWorld world) : IClassFixture<FaultyWorld>
{
    private const string Create = "/v1/payment_intents";
    private const string Confirm = "/confirm";

    [Theory]
    [InlineData(nameof(ProxyFault.ResetAfter))]
    [InlineData(nameof(ProxyFault.HangAfter))]
    [InlineData(nameof(ProxyFault.Duplicate))]
    public async Task F07_an_intent_whose_answer_is_lost_is_created_once(string fault) =>
        await BrokenOnceAsync(Create, fault);

    [Theory]
    [InlineData(nameof(ProxyFault.ResetAfter))]
    [InlineData(nameof(ProxyFault.HangAfter))]
    [InlineData(nameof(ProxyFault.Busy503After))]
    [InlineData(nameof(ProxyFault.Duplicate))]
    public async Task F11_a_confirm_that_succeeded_and_whose_answer_is_lost_charges_once(string fault) =>
        await BrokenOnceAsync(Confirm, fault);

    [Theory]
    [InlineData(Create)]
    [InlineData(Confirm)]
    public async Task F17_half_an_answer_is_a_doubt_and_the_intent_decides(string path) =>
        await BrokenOnceAsync(path, nameof(ProxyFault.HalfBody));

    [Fact]
    public async Task F11_F17_an_intent_that_cannot_be_read_after_a_lost_confirm_stays_unknown_until_it_can()
    {
        var account = await world.EnrolAsync();
        world.Stripe.Break("POST", Confirm, ProxyFault.ResetAfter);
        world.Stripe.Break("GET", Create, ProxyFault.HalfBody);

        await world.WalkAsync(account);
        Assert.Equal(DebitState.Unknown, (await world.DebitAsync(account)).State);

        await world.RecoverAsync(account);
        await world.ThenChargedOnceAsync(account);
        Assert.Single((await world.DebitAsync(account)).Attempts);
    }

    [Theory]
    [InlineData(nameof(ProxyFault.Throttled429Before))]
    [InlineData(nameof(ProxyFault.Error500Before))]
    public async Task F15_F16_a_provider_that_is_away_for_a_while_is_asked_again_later(string fault)
    {
        var account = await world.EnrolAsync();
        world.Stripe.BreakAll(Enum.Parse<ProxyFault>(fault));

        for (var walk = 0; walk < 3; walk++)
        {
            await world.WalkAsync(account);
            world.Later();
        }

        Assert.Equal(DebitState.Charging, (await world.DebitAsync(account)).State);
        await world.RecoverAsync(account);
        await world.ThenChargedOnceAsync(account);
    }

    private async Task BrokenOnceAsync(string path, string fault)
    {
        var account = await world.EnrolAsync();
        world.Stripe.Break("POST", path, Enum.Parse<ProxyFault>(fault));

        await world.WalkAsync(account);
        Assert.Equal(0, world.Stripe.Left);
        await world.RecoverAsync(account);
        await world.ThenChargedOnceAsync(account);
        Assert.Single((await world.DebitAsync(account)).Attempts);
        Assert.Equal(
            1,
            world.Ledger.Groups.Single(group => group.Name.StartsWith(account.Value, StringComparison.Ordinal)).Intents
        );
    }
}
