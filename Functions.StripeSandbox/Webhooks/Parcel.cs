using Autopay.StripeSandbox.Resources;

namespace Autopay.StripeSandbox.Webhooks;

/// <summary>One delivery to be made.</summary>
internal sealed record Parcel(string Delivery, StripeEvent Event, WebhookTarget Target);
