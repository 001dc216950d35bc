using System.Globalization;
using System.Text.Json;
using Autopay.Application.Ports.Provider;
using Stripe;

namespace Autopay.Payments;

/// <summary>What an event's JSON says of itself, whether a webhook brought it or a list.</summary>
public sealed class StripeEventText(IStripeSecrets secrets, TimeProvider time)
{
    private StripeOptions Options => secrets.Known;

    /// <summary>Null: the event is of the other mode (live or test), and none of ours.</summary>
    /// <exception cref="JsonException">It is no event.</exception>
    public ProviderEvent? Parse(string text)
    {
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        var item = root.GetProperty("data").GetProperty("object");
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("The event is about nothing.");
        }

        var happened = new ProviderEvent
        {
            Id = Text(root, "id"),
            Type = Text(root, "type"),
            ApiVersion = root.GetProperty("api_version").GetString() ?? "",
            Livemode = root.GetProperty("livemode").GetBoolean(),
            IntentId = IntentOf(item),
            Amount = AmountOf(item),
            Body = text,
            ReceivedAt = time.GetUtcNow(),
            HappenedAt =
                root.TryGetProperty("created", out var created) && created.TryGetInt64(out var seconds)
                    ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                    : null,
        };
        return happened.Livemode != Options.IsLive ? null
            : WhyParked(happened, item) is { } why ? happened with { State = ProviderEventState.Parked, Note = why }
            : happened with { Claim = ClaimOf(happened, item) };
    }

    // Only of our own intents, and only what this version understands.
    private IntentClaim? ClaimOf(ProviderEvent happened, JsonElement item) =>
        happened is { IntentId: { } intent, Amount: { } amount }
        && StripeEventTypes.SaidBy(happened.Type) is { } status
        && IsIntent(item)
        && item.TryGetProperty("metadata", out var metadata)
        && metadata.ValueKind == JsonValueKind.Object
        && Metadata(metadata, "environment") == Options.Environment
        && DebitId.TryParse(Metadata(metadata, "debit_id"), out var debit)
        && int.TryParse(Metadata(metadata, "attempt"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            ? new IntentClaim
            {
                IntentId = intent,
                Debit = debit,
                Attempt = attempt,
                Status = status,
                Amount = amount,
                Received = new Money(Cents(item, "amount_received") ?? 0),
            }
            : null;

    private static string? Metadata(JsonElement metadata, string name) =>
        metadata.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    // Kept for a person: another version may mean something else by the same words, and all of a charge is collected or
    // nothing.
    private static string? WhyParked(ProviderEvent happened, JsonElement item) =>
        happened.ApiVersion != StripeConfiguration.ApiVersion
            ? $"API version {happened.ApiVersion}, this app speaks {StripeConfiguration.ApiVersion}"
        : happened is { Type: EventTypes.PaymentIntentSucceeded, Amount: { } amount }
        && Cents(item, "amount_received") is { } received
        && received != amount.Cents
            ? $"says that {new Money(received)} of {amount} was collected"
        : null;

    private static Money? AmountOf(JsonElement item) =>
        IsIntent(item) && Cents(item, "amount") is { } cents ? new Money(cents) : null;

    private static long? Cents(JsonElement item, string name) =>
        item.TryGetProperty(name, out var number)
        && number.ValueKind == JsonValueKind.Number
        && number.TryGetInt64(out var cents)
            ? cents
            : null;

    private static bool IsIntent(JsonElement item) =>
        item.TryGetProperty("object", out var kind) && kind.GetString() == "payment_intent";

    private static string? IntentOf(JsonElement item)
    {
        if (IsIntent(item))
        {
            return Text(item, "id");
        }

        return !item.TryGetProperty("payment_intent", out var intent)
            ? null
            : intent.ValueKind switch
            {
                JsonValueKind.String => intent.GetString(),
                JsonValueKind.Object => Text(intent, "id"),
                _ => null,
            };
    }

    private static string Text(JsonElement item, string name) =>
        item.GetProperty(name).GetString() is { Length: > 0 and < 256 } text
            ? text
            : throw new JsonException($"The event has no {name}.");
}
