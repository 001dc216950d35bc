using System.Runtime.CompilerServices;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Stripe;

namespace Autopay.Payments;

/// <summary>Stripe's own lists, page by page through the same rate and breaker as everything else.</summary>
public sealed class StripeProviderRecords(StripePaymentProvider provider, StripeEventText events) : IProviderRecords
{
    private const int PageSize = 100;

    public async Task<IntentPage> ReadIntentsAsync(IntentRange range, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var list = new PaymentIntentListOptions
        {
            Limit = PageSize,
            StartingAfter = range.After,
            Expand = ["data.latest_charge"],
            Created = new DateRangeOptions
            {
                GreaterThanOrEqual = range.From.UtcDateTime,
                LessThan = range.Before?.UtcDateTime,
            },
        };
        var page = await PageAsync("list", () => provider.Intents.ListAsync(list, cancellationToken: cancel));
        return new IntentPage(
            await Task.WhenAll(page.Data.Select(provider.ToReadingAsync)),
            page.HasMore ? range with { After = page.Data[^1].Id } : null
        );
    }

    public async IAsyncEnumerable<EventPage> ReadEventsAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var list = new EventListOptions
        {
            Limit = PageSize,
            Types = [.. StripeEventTypes.Subscribed],
            Created = new DateRangeOptions { GreaterThanOrEqual = from.UtcDateTime, LessThanOrEqual = to.UtcDateTime },
        };
        StripeList<Event>? page;
        do
        {
            cancel.ThrowIfCancellationRequested();
            page = await PageAsync("events", () => provider.Events.ListAsync(list, cancellationToken: cancel));
            if (page.Data.Count > 0)
            {
                yield return new EventPage(
                    [.. page.Data.Select(Read).OfType<ProviderEvent>()],
                    new DateTimeOffset(DateTime.SpecifyKind(page.Data[^1].Created, DateTimeKind.Utc))
                );
                list.StartingAfter = page.Data[^1].Id;
            }
        } while (page.HasMore);
    }

    // The SDK leaves out an object of a kind that it does not know: such an event is about none of our intents, and
    // must not stop the list.
    private ProviderEvent? Read(Event happened)
    {
        try
        {
            return events.Parse(happened.ToJson());
        }
        catch (Exception unreadable)
            when (unreadable is System.Text.Json.JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    // An answer that is not a page is no empty page.
    private async Task<T> PageAsync<T>(string endpoint, Func<Task<T>> call)
        where T : class
    {
        var answer = await provider.AskAsync(endpoint, async () => new ProviderAnswer.Had<T>(await call()));
        return (answer as ProviderAnswer.Had<T>)?.What
            ?? throw new ProviderAwayException($"The provider's list could not be read: {answer.GetType().Name}.");
    }
}
