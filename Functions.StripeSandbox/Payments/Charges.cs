using Autopay.StripeSandbox.Bank;
using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>Money on its way: a charge and its intent always change together.</summary>
internal sealed class Charges(Core core, Balance balance, PaymentMethods methods, BankHours hours)
{
    /// <summary>An ACH debit is sent; the bank answers days later.</summary>
    public PaymentIntent Submit(PaymentIntent intent, PaymentMethod method, Mandate mandate)
    {
        var charge = core.State.Charges.Put(
            Make(intent, method, "py") with
            {
                Status = ChargeStatus.Pending,
                Captured = true,
                AmountCaptured = intent.Amount,
                PaymentMethodDetails = WithAccount(method, mandate),
            }
        );
        core.Events.Emit("charge.pending", charge);
        return Move(
            "payment_intent.processing",
            intent with
            {
                Status = IntentStatus.Processing,
                LatestCharge = charge.Id,
                PaymentMethod = method.Id,
                LastPaymentError = null,
                NextAction = null,
            }
        );
    }

    /// <summary>A card answers at once.</summary>
    public PaymentIntent ChargeCard(PaymentIntent intent, PaymentMethod method)
    {
        var charge = Make(intent, method, "ch") with { PaymentMethodDetails = WithCard(method) };
        var sent = intent with
        {
            LatestCharge = charge.Id,
            PaymentMethod = method.Id,
            LastPaymentError = null,
            NextAction = null,
        };
        return Succeed(sent, charge with { Captured = true, AmountCaptured = intent.Amount });
    }

    public RefusedException DeclineCard(PaymentIntent intent, PaymentMethod method, CardDecline decline)
    {
        var error = RefusedException.Describe("card_error", decline.Code, decline.Message) with
        {
            DeclineCode = decline.Decline,
        };
        var charge = Make(intent, method, "ch") with { PaymentMethodDetails = WithCard(method) };
        var failed = Fail(
            intent,
            method,
            charge with
            {
                Outcome = ChargeOutcome.Declined(decline.Decline, null, "normal"),
            },
            error
        );
        return RefusedException.Payment(failed.LastPaymentError! with { PaymentIntent = failed });
    }

    /// <summary>Stripe does not send what a blocked account would pay: a failed payment at once, and 402.</summary>
    public RefusedException DeclineBlocked(PaymentIntent intent, PaymentMethod method, Mandate mandate)
    {
        var error = RefusedException.Describe(
            "invalid_request_error",
            "bank_account_unusable",
            "The bank account provided cannot be used for payments. A different bank account must be used."
        );
        var charge = Make(intent, method, "py") with { PaymentMethodDetails = WithAccount(method, mandate) };
        var failed = Fail(intent, method, charge with { Outcome = ChargeOutcome.Blocked() }, error);
        return RefusedException.Payment(failed.LastPaymentError! with { PaymentIntent = failed });
    }

    public PaymentIntent Succeed(string charge)
    {
        var pending = core.State.Charges.Find(charge)!;
        return Succeed(core.State.Intents.Find(pending.PaymentIntent)!, pending);
    }

    public PaymentIntent Return(string charge, ReturnCode code)
    {
        var pending = core.State.Charges.Find(charge)!;
        var method = methods.Resolve(pending.PaymentMethod, null);
        var error = RefusedException.Describe("invalid_request_error", code.Code, code.Message) with
        {
            DeclineCode = code.Decline,
            NetworkDeclineCode = code.Network,
        };
        return Fail(
            core.State.Intents.Find(pending.PaymentIntent)!,
            code.BlocksAccount ? methods.Block(method, code) : method,
            pending with
            {
                Outcome = ChargeOutcome.Declined(code.Decline, code.Network, null),
            },
            error
        );
    }

    private PaymentIntent Succeed(PaymentIntent intent, Charge charge)
    {
        var paid = charge with
        {
            Status = ChargeStatus.Succeeded,
            Paid = true,
            BalanceTransaction = balance.Charged(charge).Id,
            Outcome = ChargeOutcome.Approved(charge.IsCard ? "normal" : null),
        };
        core.Events.Emit("charge.succeeded", core.State.Charges.Put(paid));
        return Move(
            "payment_intent.succeeded",
            intent with
            {
                Status = IntentStatus.Succeeded,
                AmountReceived = charge.Amount,
            }
        );
    }

    private PaymentIntent Fail(PaymentIntent intent, PaymentMethod method, Charge charge, PaymentError error)
    {
        var failed = charge with
        {
            Status = ChargeStatus.Failed,
            Paid = false,
            Captured = false,
            AmountCaptured = 0,
            FailureCode = error.Code,
            FailureMessage = error.Message,
        };
        core.Events.Emit("charge.failed", core.State.Charges.Put(failed));
        return Move(
            "payment_intent.payment_failed",
            intent with
            {
                Status = IntentStatus.RequiresPaymentMethod,
                LatestCharge = charge.Id,
                PaymentMethod = null,
                NextAction = null,
                LastPaymentError = error with { Charge = charge.Id, PaymentMethod = method },
            }
        );
    }

    private PaymentIntent Move(string eventType, PaymentIntent after)
    {
        core.Events.Emit(eventType, core.State.Intents.Put(after));
        return after;
    }

    private Charge Make(PaymentIntent intent, PaymentMethod method, string prefix) =>
        new()
        {
            Id = Ids.New(prefix),
            Amount = intent.Amount,
            BillingDetails = method.BillingDetails,
            Created = core.Clock.UnixNow,
            Currency = intent.Currency,
            Customer = intent.Customer,
            Description = intent.Description,
            FraudDetails = Wire.EmptyObject,
            Metadata = intent.Metadata,
            Outcome = ChargeOutcome.Approved(null),
            PaymentIntent = intent.Id,
            PaymentMethod = method.Id,
            PaymentMethodDetails = new ChargedWith { Type = method.Type },
            Status = ChargeStatus.Pending,
        };

    private ChargedWith WithAccount(PaymentMethod method, Mandate mandate) =>
        new()
        {
            Type = method.Type,
            UsBankAccount = new ChargedBankAccount
            {
                ExpectedDebitDate = BankingDays
                    .Next(hours.DayOf(core.Clock.Now))
                    .ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                Fingerprint = method.UsBankAccount?.Fingerprint,
                Last4 = method.UsBankAccount?.Last4,
                Mandate = mandate.Id,
            },
        };

    private static ChargedWith WithCard(PaymentMethod method) =>
        new()
        {
            Type = method.Type,
            Card = new ChargedCard { Fingerprint = method.Card?.Fingerprint, Last4 = method.Card?.Last4 },
        };
}
