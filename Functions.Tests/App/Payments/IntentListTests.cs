using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Autopay.Payments;
using Autopay.StripeSandbox.Faults;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Payments;

/// <summary>Stripe's own list of intents, a stretch of time after the other.</summary>
public sealed class IntentListTests
{
    [Fact]
    public async Task Two_ranges_that_meet_hold_each_intent_once()
    {
        await using var adapter = await Adapter.StartAsync();
        List<string> made = [];
        for (var number = 1; number <= 4; number++)
        {
            made.Add((await adapter.CreatedAsync(number: number)).Intent);
            adapter.Control.AdvanceBy(TimeSpan.FromHours(1));
        }

        var (from, middle) = (FrozenSandbox.Monday, FrozenSandbox.Monday.AddHours(2));
        var newer = await ReadAsync(adapter, new IntentRange(middle));
        var older = await ReadAsync(adapter, new IntentRange(from, middle));

        Assert.Equal([made[3], made[2]], newer.Intents.Select(intent => intent.IntentId));
        Assert.Equal([made[1], made[0]], older.Intents.Select(intent => intent.IntentId));
        Assert.True(newer.Rest is null && older.Rest is null);
        Assert.Empty((await ReadAsync(adapter, new IntentRange(from, from))).Intents);
    }

    [Fact]
    public async Task What_is_left_after_a_full_page_comes_with_the_next_and_nothing_comes_twice()
    {
        await using var adapter = await Adapter.StartAsync();
        for (var number = 1; number <= 101; number++)
        {
            await adapter.CreatedAsync(number: number);
        }

        var range = new IntentRange(FrozenSandbox.Monday, FrozenSandbox.Monday.AddHours(1));
        var first = await ReadAsync(adapter, range);
        var last = await ReadAsync(adapter, first.Rest!);

        Assert.Equal(range with { After = first.Intents[^1].IntentId }, first.Rest);
        Assert.Equal((100, 1), (first.Intents.Count, last.Intents.Count));
        Assert.Equal(101, first.Intents.Concat(last.Intents).Select(intent => intent.IntentId).Distinct().Count());
        Assert.Null(last.Rest);
    }

    [Fact]
    public async Task A_page_that_cannot_be_had_is_no_empty_page()
    {
        await using var adapter = await Adapter.StartAsync();
        adapter.Control.AddFaults(
            new FaultRule
            {
                Kind = FaultKind.RateLimited,
                Match = new() { Path = "/v1/payment_intents" },
            }
        );

        await Assert.ThrowsAsync<ProviderAwayException>(() =>
            ReadAsync(adapter, new IntentRange(FrozenSandbox.Monday))
        );
    }

    private static Task<IntentPage> ReadAsync(Adapter adapter, IntentRange range) =>
        new StripeProviderRecords(
            adapter.Provider,
            new StripeEventText(
                new SecretsInSettings(new StripeOptions { ApiKey = "sk_test_adapter", Environment = "test" }),
                new FakeTimeProvider(FrozenSandbox.Monday)
            )
        ).ReadIntentsAsync(range, CancellationToken.None);
}
