namespace Autopay.Application.Ports;

/// <summary>What the provider has on record, page by page. Asks, and changes nothing.</summary>
public interface IProviderRecords
{
    /// <summary>Every intent created since then by the provider's clock, with all that came back of it, in pages of up to 100.</summary>
    /// <exception cref="ProviderAwayException">A page could not be had: what was read so far is not everything.</exception>
    IAsyncEnumerable<IReadOnlyList<IntentReading>> ReadIntentsAsync(DateTimeOffset from, CancellationToken cancel);

    /// <summary>The events of the last days, as webhooks would have brought them; the provider keeps them for 30 days.</summary>
    /// <exception cref="ProviderAwayException">A page could not be had.</exception>
    IAsyncEnumerable<IReadOnlyList<ProviderEvent>> ReadEventsAsync(DateTimeOffset from, CancellationToken cancel);
}
