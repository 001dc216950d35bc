using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Resources;

namespace Autopay.StripeSandbox.Payments;

/// <summary>
/// The life of an intent up to the moment at which money is asked for. It makes at most one successful charge, for
/// ever.
/// </summary>
internal sealed class PaymentIntents(Core core, Accounts accounts, Submission submission)
{
    public PaymentIntent Create(PaymentIntent intent)
    {
        if (intent.PaymentMethod is { } id)
        {
            RefuseIncompatible(intent, accounts.Methods.Resolve(id, "payment_method"));
        }
        var created = core.State.Intents.Put(
            intent with
            {
                Status = intent.PaymentMethod is null
                    ? IntentStatus.RequiresPaymentMethod
                    : IntentStatus.RequiresConfirmation,
            }
        );
        core.Events.Emit("payment_intent.created", created);
        return created;
    }

    public PaymentIntent Find(string id) =>
        core.State.Intents.Find(id) ?? throw RefusedException.Missing("payment_intent", id, param: null);

    public PaymentIntent Confirm(PaymentIntent intent, IntentConfirmation with)
    {
        RefuseUnlessConfirmable(intent);
        var id = with.PaymentMethod ?? intent.PaymentMethod ?? throw MissingMethod(intent);
        var method = accounts.Methods.Resolve(id, "payment_method");
        RefuseIncompatible(intent, method);
        accounts.Methods.RefuseDetached(method, intent);
        return accounts.Methods.BankBehind(method) is { IsCard: true } card
            ? submission.Card(intent, method, card, with)
            : submission.Debit(
                intent,
                method,
                accounts.Mandates.ForDebit(intent, method, with.Mandate, with.HasMandateData)
            );
    }

    public PaymentIntent Cancel(PaymentIntent intent, string? reason)
    {
        if (intent.Status is IntentStatus.Processing or IntentStatus.Succeeded or IntentStatus.Canceled)
        {
            throw RefusedException.State(
                "payment_intent_unexpected_state",
                $"You cannot cancel this PaymentIntent because it has a status of {intent.Status}. Only a "
                    + "PaymentIntent with one of the following "
                    + "statuses may be canceled: requires_payment_method, requires_capture, "
                    + "requires_confirmation, requires_action.",
                intent
            );
        }
        var canceled = core.State.Intents.Put(
            intent with
            {
                Status = IntentStatus.Canceled,
                CanceledAt = core.Clock.UnixNow,
                CancellationReason = reason,
                NextAction = null,
            }
        );
        core.Events.Emit("payment_intent.canceled", canceled);
        return canceled;
    }

    public PaymentIntent Update(PaymentIntent changed)
    {
        if (changed.PaymentMethod is { } id)
        {
            RefuseIncompatible(changed, accounts.Methods.Resolve(id, "payment_method"));
        }
        return core.State.Intents.Put(
            changed is { Status: IntentStatus.RequiresPaymentMethod, PaymentMethod: not null }
                ? changed with
                {
                    Status = IntentStatus.RequiresConfirmation,
                }
                : changed
        );
    }

    private static void RefuseUnlessConfirmable(PaymentIntent intent)
    {
        if (
            intent.Status
            is IntentStatus.RequiresConfirmation
                or IntentStatus.RequiresPaymentMethod
                or IntentStatus.RequiresAction
        )
        {
            return;
        }
        throw RefusedException.State(
            "payment_intent_unexpected_state",
            intent.Status == IntentStatus.Succeeded
                ? "You cannot confirm this PaymentIntent because it has already "
                    + "succeeded after being previously confirmed."
                : $"You cannot confirm this PaymentIntent because it has a status of {intent.Status}. Only a "
                    + "PaymentIntent with one of the following "
                    + "statuses may be confirmed: requires_confirmation, requires_action.",
            intent
        );
    }

    private static void RefuseIncompatible(PaymentIntent intent, PaymentMethod method)
    {
        if (!intent.Allows(method.Type))
        {
            throw RefusedException.State(
                "payment_intent_incompatible_payment_method",
                $"The PaymentMethod provided ({method.Type}) is not allowed for this PaymentIntent. Please attach "
                    + "one of the following PaymentMethod "
                    + $"types: {string.Join(", ", intent.PaymentMethodTypes)}.",
                intent
            );
        }
        if (method.Customer is { } owner && owner != intent.Customer)
        {
            throw RefusedException.Parameter(
                $"The PaymentMethod {method.Id} belongs to a different customer than the one supplied ("
                    + $"{intent.Customer ?? "none"}).",
                "payment_method"
            );
        }
    }

    private static RefusedException MissingMethod(PaymentIntent intent) =>
        RefusedException.State(
            "payment_intent_unexpected_state",
            "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update "
                + "the PaymentIntent with a payment method "
                + "and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
            intent
        );
}
