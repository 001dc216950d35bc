using Autopay.Application.ProviderEvents;

namespace Autopay.Application.Ports.Provider;

/// <param name="Oldest">When the last of its events happened, also of those that are none of ours.</param>
public sealed record EventPage(IReadOnlyList<ProviderEvent> Events, DateTimeOffset Oldest);

/// <summary>What the provider has on record, page by page. Asks, and changes nothing.</summary>
public interface IProviderRecords
{
    /// <summary>
    /// Every intent created since then by the provider's clock, with all that came back of it, in pages of up to 100.
    /// </summary>
    /// <param name="after">The last intent of the page before; null: from the first page on.</param>
    /// <exception cref="ProviderAwayException">A page could not be had: what was read so far is not
    /// everything.</exception>
    IAsyncEnumerable<IReadOnlyList<IntentReading>> ReadIntentsAsync(
        DateTimeOffset from,
        string? after,
        CancellationToken cancel
    );

    /// <summary>
    /// What happened between two instants by the provider's clock, both included, as webhooks would have brought it,
    /// the newest first in pages of up to 100. The provider keeps events for 30 days.
    /// </summary>
    /// <exception cref="ProviderAwayException">A page could not be had.</exception>
    IAsyncEnumerable<EventPage> ReadEventsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel);
}
