using System.Text.Json;
using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>The customer's authorization to debit. A dispute of an ACH debit ends it; a new acceptance (`mandate_data`) opens a new one.</summary>
internal sealed class Mandates(Core core)
{
    private static readonly JsonElement BankAccount = JsonElement.Parse("""{"type":"us_bank_account","us_bank_account":{}}""");

    public Mandate ForDebit(string? customer, PaymentMethod method, string? named, bool newAcceptance)
    {
        var use = $"{customer}|{method.Id}";
        var mandate = named is not null ? Resolve(named, method.Id)
            : newAcceptance || core.State.MandatesInUse.Find(use) is not { } inUse ? Make(Ids.New("mandate"), method.Id)
            : core.State.Mandates.Find(inUse.Mandate)!;
        if (!mandate.IsActive)
        {
            throw RefusedException.State(
                "payment_intent_mandate_invalid",
                $"The mandate {mandate.Id} is inactive and can't be used to debit this bank account. Collect a new mandate.");
        }
        core.State.MandatesInUse.Put(new MandateInUse(use, mandate.Id));
        return mandate;
    }

    public void End(string id)
    {
        if (core.State.Mandates.Find(id) is { IsActive: true } mandate)
        {
            core.Events.Emit("mandate.updated", core.State.Mandates.Put(mandate with { Status = "inactive" }), mandate);
        }
    }

    private Mandate Resolve(string id, string paymentMethod) =>
        core.State.Mandates.Find(id)
        ?? (!core.Strict && Ids.IsPlausible(id, "mandate") ? Make(id, paymentMethod) : throw RefusedException.Missing("mandate", id, "mandate"));

    private Mandate Make(string id, string paymentMethod) => core.State.Mandates.Put(new Mandate
    {
        Id = id,
        CustomerAcceptance = new CustomerAcceptance(core.Clock.UnixNow, "offline", Wire.EmptyObject),
        MultiUse = Wire.EmptyObject,
        PaymentMethod = paymentMethod,
        PaymentMethodDetails = BankAccount,
        Status = "active",
    });
}
