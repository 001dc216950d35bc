using System.Text.Json;
using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>
/// The customer's authorization to debit. A dispute of an ACH debit ends it; a new acceptance (`mandate_data`) opens a
/// new one.
/// </summary>
internal sealed class Mandates(Core core, MissingMandate missing)
{
    private const string Unknown = "mandate_unknown";
    private const string Inactive = "mandate_inactive";

    private static readonly JsonElement BankAccount = JsonElement.Parse(
        """{"type":"us_bank_account","us_bank_account":{}}"""
    );

    /// <summary>
    /// The mandate that is named, a new one for a new acceptance, or the one that is saved for the customer's payment
    /// method.
    /// </summary>
    /// <exception cref="RefusedException">There is none, or it is of no use; the intent stays as it was.</exception>
    public Mandate ForDebit(PaymentIntent intent, PaymentMethod method, string? named, bool newAcceptance)
    {
        if (named is null && newAcceptance)
        {
            return Accept(intent.Customer, method.Id);
        }

        var use = Use(intent.Customer, method.Id);
        var mandate = named is not null
            ? Usable(Resolve(named, method.Id), method, intent)
            : Saved(use, method) ?? throw Missing(intent);
        core.State.MandatesInUse.Put(new MandateInUse(use, mandate.Id));
        return mandate;
    }

    /// <summary>
    /// The customer accepts: debits of the payment method need no mandate by name from now on, as after a SetupIntent.
    /// </summary>
    public Mandate Accept(string? customer, string paymentMethod)
    {
        var mandate = Make(Ids.New("mandate"), paymentMethod);
        core.State.MandatesInUse.Put(new MandateInUse(Use(customer, paymentMethod), mandate.Id));
        return mandate;
    }

    /// <returns>The mandate as it is now; null when there is none of that id.</returns>
    public Mandate? End(string id)
    {
        if (core.State.Mandates.Find(id) is not { IsActive: true } mandate)
        {
            return core.State.Mandates.Find(id);
        }

        var ended = core.State.Mandates.Put(mandate with { Status = "inactive" });
        core.Events.Emit("mandate.updated", ended, mandate);
        return ended;
    }

    private static string Use(string? customer, string paymentMethod) => $"{customer}|{paymentMethod}";

    // One that ended stays ended: Stripe finds no mandate then, whatever was saved before.
    private Mandate? Saved(string use, PaymentMethod method) =>
        core.State.MandatesInUse.Find(use) is { } inUse
            ? core.State.Mandates.Find(inUse.Mandate) is { IsActive: true } active
                ? active
                : null
            : missing == MissingMandate.Saved && core.State.TestIdOf(method) != TroubledMethods.NoMandate
                ? Make(Ids.New("mandate"), method.Id)
                : null;

    private static Mandate Usable(Mandate mandate, PaymentMethod method, PaymentIntent intent) =>
        mandate.IsActive && mandate.PaymentMethod == method.Id ? mandate : throw Invalid(intent);

    private RefusedException Missing(PaymentIntent intent) =>
        missing == MissingMandate.Invalid
            ? Invalid(intent)
            : RefusedException.State(
                null,
                "This PaymentIntent requires a mandate, but no existing mandate was found. Collect mandate "
                    + "acceptance from the customer and try again, "
                    + "providing acceptance data in the mandate_data parameter.",
                intent
            );

    private static RefusedException Invalid(PaymentIntent intent) =>
        RefusedException.State(
            "payment_intent_mandate_invalid",
            "The provided mandate is invalid and can't be used for the payment intent.",
            intent
        );

    private Mandate Resolve(string id, string paymentMethod) =>
        core.State.Mandates.Find(id)
        ?? (
            !core.Strict && Ids.IsPlausible(id, "mandate") && !id.StartsWith(Unknown, StringComparison.Ordinal)
                ? Make(id, paymentMethod)
                : throw RefusedException.Missing("mandate", id, "mandate")
        );

    private Mandate Make(string id, string paymentMethod) =>
        core.State.Mandates.Put(
            new Mandate
            {
                Id = id,
                CustomerAcceptance = new CustomerAcceptance(core.Clock.UnixNow, "offline", Wire.EmptyObject),
                MultiUse = Wire.EmptyObject,
                PaymentMethod = paymentMethod,
                PaymentMethodDetails = BankAccount,
                Status = id.StartsWith(Inactive, StringComparison.Ordinal) ? "inactive" : "active",
            }
        );
}
