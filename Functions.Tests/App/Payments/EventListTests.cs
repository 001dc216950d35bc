using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Autopay.Payments;
using Autopay.StripeSandbox.Faults;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Payments;

/// <summary>
/// The provider's own list of events: only what a webhook would have been kept of, and never half of a stretch for the
/// whole.
/// </summary>
public sealed class EventListTests
{
    [Fact]
    public async Task Only_events_that_can_change_a_debit_are_listed_and_they_say_what_webhooks_say()
    {
        await using var adapter = await Adapter.StartAsync();
        var attempt = await adapter.ConfirmedAsync();
        adapter.Control.AnswerNow(attempt.IntentId);

        var happened = Assert.Single(
            await ListAsync(adapter, FrozenSandbox.Monday.AddHours(-1), FrozenSandbox.Monday.AddHours(1))
        );

        Assert.Equal(
            ("payment_intent.succeeded", attempt.IntentId, ProviderEventState.Stored),
            (happened.Type, happened.IntentId, happened.State)
        );
        Assert.Equal(
            (attempt.Debit, 1, 5000),
            (happened.Claim!.Debit, happened.Claim.Attempt, happened.Claim.Received.Cents)
        );
    }

    [Fact]
    public async Task A_stretch_has_both_of_its_ends_and_nothing_outside()
    {
        await using var adapter = await Adapter.StartAsync();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            adapter.Control.AnswerNow(
                (
                    await adapter.ConfirmedAsync(
                        number: (int)(adapter.Control.Clock.Now - FrozenSandbox.Monday).TotalHours + 1
                    )
                ).IntentId
            );
            adapter.Control.AdvanceBy(TimeSpan.FromHours(1));
        }

        Assert.Equal(2, (await ListAsync(adapter, FrozenSandbox.Monday, FrozenSandbox.Monday.AddHours(1))).Count);
        Assert.Single(await ListAsync(adapter, FrozenSandbox.Monday.AddHours(2), FrozenSandbox.Monday.AddHours(9)));
        Assert.Empty(await ListAsync(adapter, FrozenSandbox.Monday.AddHours(3), FrozenSandbox.Monday.AddHours(9)));
    }

    [Fact]
    public async Task A_page_that_cannot_be_had_is_no_empty_page()
    {
        await using var adapter = await Adapter.StartAsync();
        adapter.Control.AddFaults(
            new FaultRule
            {
                Kind = FaultKind.RateLimited,
                Match = new() { Path = "/v1/events" },
            }
        );

        await Assert.ThrowsAsync<ProviderAwayException>(() =>
            ListAsync(adapter, FrozenSandbox.Monday.AddDays(-1), FrozenSandbox.Monday)
        );
    }

    private static async Task<IReadOnlyList<ProviderEvent>> ListAsync(
        Adapter adapter,
        DateTimeOffset from,
        DateTimeOffset to
    )
    {
        var text = new StripeEventText(
            new SecretsInSettings(new StripeOptions { ApiKey = "sk_test_adapter", Environment = "test" }),
            new FakeTimeProvider(FrozenSandbox.Monday)
        );
        var pages = await new StripeProviderRecords(adapter.Provider, text)
            .ReadEventsAsync(from, to, CancellationToken.None)
            .ToListAsync();
        return [.. pages.SelectMany(page => page.Events)];
    }
}
