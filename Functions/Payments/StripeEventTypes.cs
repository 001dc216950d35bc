using Stripe;

namespace Autopay.Payments;

/// <summary>
/// The types of events that a webhook endpoint subscribes to: what can change a debit, and nothing else. The walk that
/// confirms hears itself that the bank was asked, charges and payouts are read where they are needed. Events of any
/// other type are acknowledged and not kept.
/// </summary>
public static class StripeEventTypes
{
    public static IReadOnlyList<string> Subscribed { get; } =
    [
        EventTypes.PaymentIntentSucceeded,
        EventTypes.PaymentIntentPaymentFailed,
        EventTypes.PaymentIntentCanceled,
        EventTypes.PaymentIntentRequiresAction,
        EventTypes.RefundCreated,
        EventTypes.RefundUpdated,
        EventTypes.RefundFailed,
        EventTypes.ChargeDisputeCreated,
        EventTypes.ChargeDisputeClosed,
    ];

    public static bool IsSubscribed(string type) => Subscribed.Contains(type);

    /// <summary>What an event of this type says of its intent; null where it says nothing of its state.</summary>
    internal static IntentStatus? SaidBy(string type) =>
        type switch
        {
            EventTypes.PaymentIntentSucceeded => IntentStatus.Succeeded,
            EventTypes.PaymentIntentPaymentFailed => IntentStatus.Dead,
            EventTypes.PaymentIntentCanceled => IntentStatus.Cancelled,
            EventTypes.PaymentIntentRequiresAction => IntentStatus.RequiresAction,
            _ => null,
        };
}
