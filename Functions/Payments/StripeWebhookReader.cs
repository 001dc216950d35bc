using System.Text;
using System.Text.Json;
using Autopay.Application.Ports.Provider;
using Stripe;

namespace Autopay.Payments;

/// <summary>
/// Believes a webhook only by its signature over the raw bytes, with any of our secrets; its contents are read
/// leniently, to be kept. Secrets may have been rotated a moment ago: what none of the known ones has signed is held
/// against newer ones before it is refused.
/// </summary>
public sealed class StripeWebhookReader(IStripeSecrets secrets, TimeProvider time) : IWebhookReader
{
    private const long ToleranceSeconds = 300;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly StripeEventText events = new(secrets, time);

    public async ValueTask<WebhookReading> ReadAsync(
        ReadOnlyMemory<byte> body,
        string? signature,
        CancellationToken cancel
    )
    {
        if (string.IsNullOrEmpty(signature))
        {
            return Refuse("no Stripe-Signature"); // The SDK would throw a null reference.
        }

        try
        {
            var text = Utf8.GetString(body.Span);
            return await IsOursAsync(text, signature, cancel) ? Parse(text) : Refuse("the signature does not match");
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

    private async ValueTask<bool> IsOursAsync(string text, string signature, CancellationToken cancel)
    {
        var known = await secrets.FreshAsync(cancel);
        if (IsSignedWithAny(known))
        {
            return true;
        }

        var newer = await secrets.NewerThanAsync(known, cancel);
        return !ReferenceEquals(newer, known) && IsSignedWithAny(newer);

        bool IsSignedWithAny(StripeOptions stripe) =>
            stripe.Secrets.Any(secret => IsSignedWith(secret, text, signature));
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
            ? Refuse($"the event's mode is not ours (live: {secrets.Known.IsLive})") with
            {
                IsOfOtherMode = true,
            }
        : StripeEventTypes.IsSubscribed(happened.Type) ? new WebhookReading(happened, null)
        : WebhookReading.Ignored;

    private static WebhookReading Refuse(string why) => new(null, why);
}
