using Autopay.StripeSandbox.Bank;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>A confirmed intent meets the bank behind its payment method.</summary>
internal sealed class Submission(Core core, Accounts accounts, Charges charges, BankDiary diary)
{
    private static readonly CardDecline Unauthenticated = new(
        "authentication_required",
        "authentication_required",
        "Your card was declined. This transaction requires authentication."
    );
    private static readonly TimeSpan MicrodepositsArriveAfter = TimeSpan.FromDays(2);

    public PaymentIntent Debit(PaymentIntent intent, PaymentMethod method, Mandate mandate) =>
        method.UsBankAccount?.StatusDetails?.Blocked is not null ? throw charges.DeclineBlocked(intent, method, mandate)
        : accounts.Methods.BankBehind(method).Behaviour == BankBehaviour.AsksForMicrodeposits
            ? Ask(
                intent,
                method,
                new NextAction { Type = "verify_with_microdeposits", VerifyWithMicrodeposits = Microdeposits() }
            )
        : Send(intent, method, mandate);

    public PaymentIntent Card(PaymentIntent intent, PaymentMethod method, BankScript bank, IntentConfirmation with) =>
        bank.Behaviour switch
        {
            BankBehaviour.Declines => throw charges.DeclineCard(
                intent,
                method,
                new("card_declined", bank.CardDecline!, "Your card was declined.")
            ),
            BankBehaviour.AsksForAuthentication when with.OffSession => throw charges.DeclineCard(
                intent,
                method,
                Unauthenticated
            ),
            BankBehaviour.AsksForAuthentication => Ask(
                intent,
                method,
                new NextAction { Type = "redirect_to_url", RedirectToUrl = Redirect(with) }
            ),
            _ => charges.ChargeCard(intent, method),
        };

    /// <summary>The customer did what was asked (amounts typed in, password given): on with the payment.</summary>
    public PaymentIntent Answered(PaymentIntent intent)
    {
        var method = accounts.Methods.Resolve(intent.PaymentMethod!, null);
        return accounts.Methods.BankBehind(method).IsCard
            ? charges.ChargeCard(intent, method)
            : Send(intent, method, accounts.Mandates.ForDebit(intent, method, null, newAcceptance: false));
    }

    private PaymentIntent Send(PaymentIntent intent, PaymentMethod method, Mandate mandate)
    {
        var sent = charges.Submit(intent, method, mandate);
        if (accounts.Methods.BankBehind(method).Behaviour == BankBehaviour.NeverAnswers)
        {
            diary.Schedule(BankTaskKind.Answer, sent.LatestCharge!, dueAt: null);
        }
        else
        {
            diary.ScheduleAnswer(BankTaskKind.Answer, sent.LatestCharge!, core.Clock.Now);
        }
        return sent;
    }

    private PaymentIntent Ask(PaymentIntent intent, PaymentMethod method, NextAction action)
    {
        var asking = core.State.Intents.Put(
            intent with
            {
                Status = IntentStatus.RequiresAction,
                PaymentMethod = method.Id,
                NextAction = action,
            }
        );
        core.Events.Emit("payment_intent.requires_action", asking);
        return asking;
    }

    private VerifyWithMicrodeposits Microdeposits() =>
        new(
            (core.Clock.Now + MicrodepositsArriveAfter).ToUnixTimeSeconds(),
            "https://payments.stripe.com/microdeposit/sandbox",
            "descriptor_code"
        );

    private static RedirectToUrl Redirect(IntentConfirmation with) =>
        new(with.ReturnUrl, "https://hooks.stripe.com/3d_secure/sandbox");
}
