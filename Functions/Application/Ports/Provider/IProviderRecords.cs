using Autopay.Application.ProviderEvents;

namespace Autopay.Application.Ports.Provider;

/// <param name="Oldest">When the last of its events happened, also of those that are none of ours.</param>
public sealed record EventPage(IReadOnlyList<ProviderEvent> Events, DateTimeOffset Oldest);

/// <summary>What is still to be read of the provider's list of intents, which has the newest first.</summary>
/// <param name="From">When the first of them was created, by the provider's clock; included.</param>
/// <param name="Before">Not included; null: whatever there is.</param>
/// <param name="After">The last intent of the page before; null: no page was read yet.</param>
public sealed record IntentRange(DateTimeOffset From, DateTimeOffset? Before = null, string? After = null)
{
    public bool Holds(DateTimeOffset created) => created >= From && !(created >= Before);
}

/// <param name="Rest">What comes after this page; null: nothing.</param>
public sealed record IntentPage(IReadOnlyList<IntentReading> Intents, IntentRange? Rest);

/// <summary>What the provider has on record, page by page. Asks, and changes nothing.</summary>
public interface IProviderRecords
{
    /// <summary>The next intents of a range, up to 100, with all that came back of them.</summary>
    /// <exception cref="ProviderAwayException">The page could not be had: what was read so far is not
    /// everything.</exception>
    Task<IntentPage> ReadIntentsAsync(IntentRange range, CancellationToken cancel);

    /// <summary>
    /// What happened between two instants by the provider's clock, both included, as webhooks would have brought it,
    /// the newest first in pages of up to 100. The provider keeps events for 30 days.
    /// </summary>
    /// <exception cref="ProviderAwayException">A page could not be had.</exception>
    IAsyncEnumerable<EventPage> ReadEventsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel);
}
