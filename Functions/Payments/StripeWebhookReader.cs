using System.Text;
using System.Text.Json;
using Autopay.Application.Ports.Provider;
using Stripe;

namespace Autopay.Payments;

/// <summary>
/// Believes a webhook only by its signature over the raw bytes, with any of our secrets; its contents are read
/// leniently, to be kept.
/// </summary>
public sealed class StripeWebhookReader(StripeOptions options, TimeProvider time) : IWebhookReader
{
    private const long ToleranceSeconds = 300;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly StripeEventText events = new(options, time);

    public WebhookReading Read(ReadOnlyMemory<byte> body, string? signature)
    {
        if (string.IsNullOrEmpty(signature))
        {
            return Refuse("no Stripe-Signature"); // The SDK would throw a null reference.
        }

        try
        {
            var text = Utf8.GetString(body.Span);
            return options.Secrets.Any(secret => IsSignedWith(secret, text, signature))
                ? Parse(text)
                : Refuse("the signature does not match");
        }
        catch (DecoderFallbackException)
        {
            return Refuse("the body is not UTF-8");
        }
        catch (Exception notAnEvent)
            when (notAnEvent is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Refuse("the body is not an event");
        }
    }

    private bool IsSignedWith(string secret, string text, string signature)
    {
        try
        {
            EventUtility.ValidateSignature(
                text,
                signature,
                secret,
                ToleranceSeconds,
                time.GetUtcNow().ToUnixTimeSeconds()
            );
            return true;
        }
        catch (StripeException)
        {
            return false;
        }
    }

    private WebhookReading Parse(string text) =>
        events.Parse(text) is not { } happened
            ? Refuse($"the event's mode is not ours (live: {options.IsLive})") with
            {
                IsOfOtherMode = true,
            }
        : StripeEventTypes.IsSubscribed(happened.Type) ? new WebhookReading(happened, null)
        : WebhookReading.Ignored;

    private static WebhookReading Refuse(string why) => new(null, why);
}
