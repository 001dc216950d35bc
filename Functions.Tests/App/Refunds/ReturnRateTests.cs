using Autopay.Application.Finance;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Refunds;

/// <summary>Return rates over 60 days, and the brake that a crossed ceiling pulls.</summary>
public sealed class ReturnRateTests
{
    [Theory]
    [InlineData("R10", 1, 0, 1)]
    [InlineData("R03", 0, 1, 1)]
    [InlineData("R01", 0, 0, 1)]
    [InlineData("card_declined", 0, 0, 0)]
    public async Task A_no_counts_in_the_family_of_its_code(
        string code,
        int unauthorized,
        int administrative,
        int overall
    )
    {
        await using var world = await RefusedAsync(code, of: 4);

        var rates = await world.Verb<WatchReturns>().ReadAsync(default);

        Assert.Equal([unauthorized, administrative, overall], rates.Select(rate => rate.Returned));
        Assert.All(rates, rate => Assert.Equal(4, rate.Sent));
    }

    [Fact]
    public async Task What_is_older_than_60_days_does_not_count()
    {
        await using var world = await RefusedAsync("R10", of: 4);
        world.At(world.Now.Today.AddDays(60));

        Assert.All(
            await world.Verb<WatchReturns>().ReadAsync(default),
            rate => Assert.Equal((0, 0), (rate.Sent, rate.Returned))
        );
    }

    [Fact]
    public async Task Crossing_a_ceiling_halts_once_and_a_person_may_resume()
    {
        await using var world = await RefusedAsync("R10", of: 4, new ReturnCeilings { ReturnRateAtLeastDebits = 4 });
        var watch = world.Verb<WatchReturns>();

        await watch.JudgeAsync(await watch.ReadAsync(default), default);
        Assert.Contains(
            "1 of 4 debits in 60 days are 25 %, the ceiling is 0.5 %",
            world.Controls.Current.Halt!.Reason,
            StringComparison.Ordinal
        );

        await world.ChangeAsync(new ChargingResumed());
        await watch.JudgeAsync(await watch.ReadAsync(default), default);
        Assert.False(world.Controls.Current.IsHalted);
    }

    [Fact]
    public async Task A_rate_of_few_debits_says_nothing()
    {
        await using var world = await RefusedAsync("R10", of: 4);
        var watch = world.Verb<WatchReturns>();

        await watch.JudgeAsync(await watch.ReadAsync(default), default);

        Assert.False(world.Controls.Current.IsHalted);
    }

    private static async Task<ChargingWorld> RefusedAsync(string code, int of, ReturnCeilings? ceilings = null)
    {
        var world = new ChargingWorld { Ceilings = ceilings ?? new ReturnCeilings() };
        await world.EnrolAsync(of);
        await world.SweepAsync(rounds: 1);
        var first = world.Bank.Intents.First().IntentId;
        world.Bank.Change(first, intent => intent with { Status = IntentStatus.Dead, Code = code });
        await world.HearAsync(first);
        return world;
    }
}
