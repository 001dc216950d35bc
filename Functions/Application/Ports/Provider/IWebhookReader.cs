namespace Autopay.Application.Ports.Provider;

/// <summary>A webhook's body after its signature was checked over the raw bytes.</summary>
/// <param name="Event">What is to be stored; null when it is refused or ignored.</param>
/// <param name="Refusal">Why nothing of it may be believed.</param>
/// <param name="IsOfOtherMode">It is signed, but live where we are for tests, or the other way round.</param>
public sealed record WebhookReading(ProviderEvent? Event, string? Refusal, bool IsOfOtherMode = false)
{
    /// <summary>The provider's own word, of a type that changes nothing here.</summary>
    public static WebhookReading Ignored { get; } = new(null, null);
}

public interface IWebhookReader
{
    ValueTask<WebhookReading> ReadAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancel);
}
