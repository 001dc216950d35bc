using Autopay.StripeSandbox.Tests.Fixtures;
using Stripe;

namespace Autopay.StripeSandbox.Tests.Payments;

public sealed class CardAndActionTests
{
    [Fact]
    public async Task A_good_card_pays_at_once()
    {
        await using var stripe = await TestStripe.StartAsync();

        var intent = await stripe.ChargeAsync("pm_card_visa");

        Assert.Equal(("succeeded", 5000L), (intent.Status, intent.AmountReceived));
        Assert.StartsWith("ch_", intent.LatestChargeId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pm_card_chargeDeclined", "card_declined", "generic_decline")]
    [InlineData("pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds")]
    [InlineData("pm_card_authenticationRequired", "authentication_required", "authentication_required")]
    public async Task A_declined_card_is_a_402_and_the_intent_can_be_tried_with_another(
        string paymentMethod,
        string code,
        string decline
    )
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.CreateAsync(paymentMethod);

        var refusal = await TestStripe.RefusedAsync(() => stripe.ConfirmAsync(intent.Id));
        var dead = await stripe.V1.PaymentIntents.GetAsync(intent.Id);

        Assert.Equal((402, "card_error"), ((int)refusal.HttpStatusCode, refusal.StripeError.Type));
        Assert.Equal((code, decline), (refusal.StripeError.Code, refusal.StripeError.DeclineCode));
        Assert.Equal("requires_payment_method", refusal.StripeError.PaymentIntent.Status);
        Assert.Equal((code, "requires_payment_method"), (dead.LastPaymentError.Code, dead.Status));
        Assert.Equal(refusal.StripeError.Charge, dead.LatestChargeId);
    }

    [Fact]
    public async Task With_the_customer_present_a_card_may_ask_for_authentication()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.CreateAsync("pm_card_authenticationRequired");

        var asking = await stripe.V1.PaymentIntents.ConfirmAsync(
            intent.Id,
            new PaymentIntentConfirmOptions { ReturnUrl = "https://example.com/back" }
        );
        var done = stripe.Control.CompleteAction(intent.Id);

        Assert.Equal(("requires_action", "redirect_to_url"), (asking.Status, asking.NextAction.Type));
        Assert.Equal("succeeded", done.Status);
    }

    [Fact]
    public async Task A_new_bank_account_may_ask_for_microdeposits()
    {
        await using var stripe = await TestStripe.StartAsync();

        var asking = await stripe.ChargeAsync("pm_usBankAccount_requiresMicrodeposits");
        var wrong = await TestStripe.RefusedAsync(() => VerifyAsync("SM00XX"));
        var verified = await VerifyAsync("SM11AA");

        Assert.Equal(("requires_action", "verify_with_microdeposits"), (asking.Status, asking.NextAction.Type));
        Assert.Null(asking.LatestChargeId);
        Assert.Equal("payment_method_microdeposit_verification_descriptor_code_mismatch", wrong.StripeError.Code);
        Assert.Equal("processing", verified.Status);

        Task<PaymentIntent> VerifyAsync(string code) =>
            stripe.V1.PaymentIntents.VerifyMicrodepositsAsync(
                asking.Id,
                new PaymentIntentVerifyMicrodepositsOptions { DescriptorCode = code }
            );
    }

    [Fact]
    public async Task What_waits_for_its_customer_can_be_cancelled()
    {
        await using var stripe = await TestStripe.StartAsync();
        var asking = await stripe.ChargeAsync("pm_usBankAccount_requiresMicrodeposits");

        var canceled = await stripe.V1.PaymentIntents.CancelAsync(asking.Id);

        Assert.Equal("canceled", canceled.Status);
        Assert.Null(canceled.NextAction);
    }

    [Fact]
    public async Task Attaching_a_test_id_makes_a_new_one_with_the_same_bank_behind_it()
    {
        await using var stripe = await TestStripe.StartAsync();
        var customer = await stripe.V1.Customers.CreateAsync(new CustomerCreateOptions { Name = "A resident" });

        var attached = await stripe.V1.PaymentMethods.AttachAsync(
            "pm_usBankAccount_accountClosed",
            new PaymentMethodAttachOptions { Customer = customer.Id }
        );
        var listed = await stripe.V1.PaymentMethods.ListAsync(
            new PaymentMethodListOptions { Customer = customer.Id, Type = TestStripe.Bank }
        );
        var intent = await stripe.SettledAsync(attached.Id, customer: customer.Id);
        var foreign = await TestStripe.RefusedAsync(() => stripe.CreateAsync(attached.Id, customer: "cus_neighbour"));

        Assert.NotEqual("pm_usBankAccount_accountClosed", attached.Id);
        Assert.Equal(attached.Id, Assert.Single(listed).Id);
        Assert.Equal("account_closed", intent.LastPaymentError.Code);
        Assert.Equal(
            "R02",
            (await stripe.V1.PaymentMethods.GetAsync(attached.Id)).UsBankAccount.StatusDetails.Blocked.NetworkCode
        );
        Assert.Equal("payment_method", foreign.StripeError.Param);
    }
}
