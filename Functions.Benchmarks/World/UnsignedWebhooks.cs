using System.Text;
using Autopay.Application.Ports.Provider;

namespace Autopay.Benchmarks.World;

/// <summary>A webhook whose body is the id of an intent: checking signatures is not what is counted here.</summary>
public sealed class UnsignedWebhooks(TimeProvider time) : IWebhookReader
{
    public ValueTask<WebhookReading> ReadAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancel)
    {
        var intent = Encoding.UTF8.GetString(body.Span);
        return new(
            new WebhookReading(
                new ProviderEvent
                {
                    Id = $"evt-{intent}",
                    Type = "payment_intent.succeeded",
                    ApiVersion = "",
                    Livemode = false,
                    IntentId = intent,
                    Body = intent,
                    ReceivedAt = time.GetUtcNow(),
                },
                null
            )
        );
    }
}
