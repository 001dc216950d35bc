using Autopay.StripeSandbox.Bank;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>A confirmed intent meets the bank behind its payment method.</summary>
internal sealed class Submission(
    SandboxState state, SandboxClock clock, EventLog events, Charges charges, PaymentMethods methods, Mandates mandates, BankDiary diary, BankHours hours)
{
    private const string AuthenticationRequired = "authentication_required";
    private static readonly TimeSpan MicrodepositsArriveAfter = TimeSpan.FromDays(2);

    public PaymentIntent Debit(PaymentIntent intent, PaymentMethod method, Mandate mandate) =>
        methods.BankBehind(method).Behaviour == BankBehaviour.AsksForMicrodeposits
            ? Ask(intent, method, new NextAction { Type = "verify_with_microdeposits", VerifyWithMicrodeposits = Microdeposits() })
            : Send(intent, method, mandate);

    public PaymentIntent Card(PaymentIntent intent, PaymentMethod method, BankScript bank, IntentConfirmation with) => bank.Behaviour switch
    {
        BankBehaviour.Declines => throw charges.DeclineCard(intent, method, "card_declined", bank.CardDecline!, "Your card was declined."),
        BankBehaviour.AsksForAuthentication when with.OffSession => throw charges.DeclineCard(
            intent, method, AuthenticationRequired, AuthenticationRequired, "Your card was declined. This transaction requires authentication."),
        BankBehaviour.AsksForAuthentication => Ask(intent, method, new NextAction { Type = "redirect_to_url", RedirectToUrl = Redirect(with) }),
        _ => charges.ChargeCard(intent, method),
    };

    /// <summary>The customer did what was asked (amounts typed in, password given): on with the payment.</summary>
    public PaymentIntent Answered(PaymentIntent intent)
    {
        var method = methods.Resolve(intent.PaymentMethod!, null);
        return methods.BankBehind(method).IsCard
            ? charges.ChargeCard(intent, method)
            : Send(intent, method, mandates.ForDebit(intent.Customer, method, null, newAcceptance: false));
    }

    private PaymentIntent Send(PaymentIntent intent, PaymentMethod method, Mandate mandate)
    {
        var sent = charges.Submit(intent, method, mandate);
        var never = methods.BankBehind(method).Behaviour == BankBehaviour.NeverAnswers;
        diary.Schedule(BankTaskKind.Answer, sent.LatestCharge!, never ? null : hours.AnswerDue(clock.Now));
        return sent;
    }

    private PaymentIntent Ask(PaymentIntent intent, PaymentMethod method, NextAction action)
    {
        var asking = state.Intents.Put(intent with { Status = IntentStatus.RequiresAction, PaymentMethod = method.Id, NextAction = action });
        events.Emit("payment_intent.requires_action", asking);
        return asking;
    }

    private VerifyWithMicrodeposits Microdeposits() => new(
        (clock.Now + MicrodepositsArriveAfter).ToUnixTimeSeconds(), "https://payments.stripe.com/microdeposit/sandbox", "descriptor_code");

    private static RedirectToUrl Redirect(IntentConfirmation with) => new(with.ReturnUrl, "https://hooks.stripe.com/3d_secure/sandbox");
}
