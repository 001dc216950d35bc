using System.Text.Json;
using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>The customer's authorization to debit. A dispute of an ACH debit ends it; only a new acceptance (`mandate_data`) opens a new one.</summary>
internal sealed class Mandates(SandboxState state, SandboxClock clock, EventLog events, bool strict)
{
    private static readonly JsonElement BankAccount = JsonElement.Parse("""{"type":"us_bank_account","us_bank_account":{}}""");

    public Mandate ForDebit(string? customer, PaymentMethod method, string? named, bool newAcceptance)
    {
        var use = $"{customer}|{method.Id}";
        var mandate = named is not null ? Resolve(named, method.Id)
            : newAcceptance || state.MandatesInUse.Find(use) is not { } inUse ? Make(Ids.New("mandate"), method.Id)
            : state.Mandates.Find(inUse.Mandate)!;
        if (!mandate.IsActive)
        {
            throw RefusedException.State(
                "payment_intent_mandate_invalid", $"The mandate {mandate.Id} is inactive and can't be used to debit this bank account. Collect a new mandate.");
        }
        state.MandatesInUse.Put(new MandateInUse(use, mandate.Id));
        return mandate;
    }

    public void End(string id)
    {
        if (state.Mandates.Find(id) is { IsActive: true } mandate)
        {
            events.Emit("mandate.updated", state.Mandates.Put(mandate with { Status = "inactive" }), mandate);
        }
    }

    private Mandate Resolve(string id, string paymentMethod) =>
        state.Mandates.Find(id)
        ?? (!strict && Ids.IsPlausible(id, "mandate") ? Make(id, paymentMethod) : throw RefusedException.Missing("mandate", id, "mandate"));

    private Mandate Make(string id, string paymentMethod) => state.Mandates.Put(new Mandate
    {
        Id = id,
        CustomerAcceptance = new CustomerAcceptance(clock.UnixNow, "offline", Wire.EmptyObject),
        MultiUse = Wire.EmptyObject,
        PaymentMethod = paymentMethod,
        PaymentMethodDetails = BankAccount,
        Status = "active",
    });
}
