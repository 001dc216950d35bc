using System.Text;
using System.Text.Json;
using Autopay.Application.Ports;
using Stripe;

namespace Autopay.Payments;

/// <summary>Believes a webhook only by its signature over the raw bytes, with any of our secrets; its contents are read leniently, to be kept.</summary>
public sealed class StripeWebhookReader(StripeOptions options, TimeProvider time) : IWebhookReader
{
    private const long ToleranceSeconds = 300;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public WebhookReading Read(ReadOnlyMemory<byte> body, string? signature)
    {
        if (string.IsNullOrEmpty(signature))
        {
            return Refuse("no Stripe-Signature"); // The SDK would throw a null reference.
        }

        try
        {
            var text = Utf8.GetString(body.Span);
            return options.Secrets.Any(secret => IsSignedWith(secret, text, signature)) ? Parse(text) : Refuse("the signature does not match");
        }
        catch (DecoderFallbackException)
        {
            return Refuse("the body is not UTF-8");
        }
        catch (Exception notAnEvent) when (notAnEvent is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Refuse("the body is not an event");
        }
    }

    private bool IsSignedWith(string secret, string text, string signature)
    {
        try
        {
            EventUtility.ValidateSignature(text, signature, secret, ToleranceSeconds, time.GetUtcNow().ToUnixTimeSeconds());
            return true;
        }
        catch (StripeException)
        {
            return false;
        }
    }

    private WebhookReading Parse(string text)
    {
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        var happened = new ProviderEvent
        {
            Id = Text(root, "id"), Type = Text(root, "type"), ApiVersion = root.GetProperty("api_version").GetString() ?? "",
            Livemode = root.GetProperty("livemode").GetBoolean(), IntentId = IntentOf(root.GetProperty("data").GetProperty("object")),
            Body = text, ReceivedAt = time.GetUtcNow(),
            HappenedAt = root.TryGetProperty("created", out var created) && created.TryGetInt64(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
        };
        return happened.Livemode == options.IsLive
            ? new WebhookReading(happened.ApiVersion == StripeConfiguration.ApiVersion ? happened : Parked(happened), null)
            : Refuse($"the event's mode (live: {happened.Livemode}) is not ours");
    }

    // Kept for a person: another version may mean something else by the same words.
    private static ProviderEvent Parked(ProviderEvent happened) => happened with
    {
        State = ProviderEventState.Parked, Note = $"API version {happened.ApiVersion}, this app speaks {StripeConfiguration.ApiVersion}",
    };

    private static string? IntentOf(JsonElement item)
    {
        if (item.TryGetProperty("object", out var kind) && kind.GetString() == "payment_intent")
        {
            return Text(item, "id");
        }

        return !item.TryGetProperty("payment_intent", out var intent) ? null : intent.ValueKind switch
        {
            JsonValueKind.String => intent.GetString(),
            JsonValueKind.Object => Text(intent, "id"),
            _ => null,
        };
    }

    private static string Text(JsonElement item, string name) =>
        item.GetProperty(name).GetString() is { Length: > 0 and < 256 } text ? text : throw new JsonException($"The event has no {name}.");

    private static WebhookReading Refuse(string why) => new(null, why);
}
