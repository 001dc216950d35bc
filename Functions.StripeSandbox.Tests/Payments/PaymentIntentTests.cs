using Autopay.StripeSandbox.Tests.Fixtures;
using Autopay.Tests.Fixtures;
using Stripe;

namespace Autopay.StripeSandbox.Tests.Payments;

public sealed class PaymentIntentTests
{
    [Fact]
    public async Task A_created_intent_waits_untouched_for_its_confirm()
    {
        await using var stripe = await TestStripe.StartAsync();

        var intent = await stripe.CreateAsync();

        Assert.Equal("requires_confirmation", intent.Status);
        Assert.Null(intent.LatestChargeId);
        Assert.Null(intent.LastPaymentError);
        Assert.Equal([TestStripe.Bank], intent.AllowedPaymentMethodTypes);
        Assert.Equal("D1", intent.Metadata["debit_id"]);
        Assert.Equal(FrozenSandbox.Monday.UtcDateTime, intent.Created);
    }

    [Fact]
    public async Task Without_a_payment_method_it_asks_for_one()
    {
        await using var stripe = await TestStripe.StartAsync();

        var intent = await stripe.V1.PaymentIntents.CreateAsync(
            new PaymentIntentCreateOptions { Amount = 5000, Currency = "usd" }
        );
        var refusal = await TestStripe.RefusedAsync(() => stripe.ConfirmAsync(intent.Id));

        Assert.Equal("requires_payment_method", intent.Status);
        Assert.Equal("payment_intent_unexpected_state", refusal.StripeError.Code);
    }

    [Fact]
    public async Task A_confirmed_debit_is_processing_with_a_pending_charge()
    {
        await using var stripe = await TestStripe.StartAsync();

        var intent = await stripe.ChargeAsync();
        var charge = await stripe.V1.Charges.GetAsync(intent.LatestChargeId);

        Assert.Equal("processing", intent.Status);
        Assert.Equal("pending", charge.Status);
        Assert.Equal(intent.Id, charge.PaymentIntentId);
        Assert.Equal("D1", charge.Metadata["debit_id"]);
        Assert.StartsWith("mandate_", charge.PaymentMethodDetails.UsBankAccount.MandateId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_with_confirm_does_both()
    {
        await using var stripe = await TestStripe.StartAsync();

        var intent = await stripe.V1.PaymentIntents.CreateAsync(
            new PaymentIntentCreateOptions
            {
                Amount = 5000,
                Currency = "usd",
                Customer = "cus_resident1",
                PaymentMethod = TestStripe.Pays,
                Confirm = true,
                OffSession = true,
            }
        );

        Assert.Equal("processing", intent.Status);
    }

    [Theory]
    [InlineData(false, "has a status of processing")]
    [InlineData(true, "already succeeded")]
    public async Task A_second_confirm_is_a_tidy_400_that_shows_the_intent(bool settled, string message)
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = settled ? await stripe.SettledAsync() : await stripe.ChargeAsync();

        var refusal = await TestStripe.RefusedAsync(() => stripe.ConfirmAsync(intent.Id));

        Assert.Equal(400, (int)refusal.HttpStatusCode);
        Assert.Equal("payment_intent_unexpected_state", refusal.StripeError.Code);
        Assert.Equal(intent.Status, refusal.StripeError.PaymentIntent.Status);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_intent_makes_at_most_one_successful_charge()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.ChargeAsync("pm_usBankAccount_insufficientFunds");
        stripe.Control.AnswerNow();

        var again = await stripe.V1.PaymentIntents.ConfirmAsync(
            intent.Id,
            new PaymentIntentConfirmOptions { PaymentMethod = TestStripe.Pays }
        );
        stripe.Control.AnswerNow();
        await TestStripe.RefusedAsync(() => stripe.ConfirmAsync(intent.Id));
        var charges = await stripe.V1.Charges.ListAsync(new ChargeListOptions { PaymentIntent = intent.Id });

        Assert.Equal("processing", again.Status);
        Assert.Equal(["succeeded", "failed"], charges.Select(charge => charge.Status));
    }

    [Theory]
    [InlineData("pm_usBankAccount_success", "requires_confirmation")]
    [InlineData(null, "requires_payment_method")]
    public async Task Before_its_confirm_it_can_be_cancelled(string? paymentMethod, string status)
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.V1.PaymentIntents.CreateAsync(
            new PaymentIntentCreateOptions
            {
                Amount = 5000,
                Currency = "usd",
                PaymentMethod = paymentMethod,
            }
        );

        var canceled = await stripe.V1.PaymentIntents.CancelAsync(
            intent.Id,
            new PaymentIntentCancelOptions { CancellationReason = "abandoned" }
        );

        Assert.Equal(status, intent.Status);
        Assert.Equal("canceled", canceled.Status);
        Assert.Equal("abandoned", canceled.CancellationReason);
        Assert.NotNull(canceled.CanceledAt);
    }

    [Theory]
    [InlineData("processing")]
    [InlineData("succeeded")]
    [InlineData("canceled")]
    public async Task Afterwards_it_cannot(string status)
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = status switch
        {
            "processing" => await stripe.ChargeAsync(),
            "succeeded" => await stripe.SettledAsync(),
            _ => await stripe.V1.PaymentIntents.CancelAsync((await stripe.CreateAsync()).Id),
        };

        var refusal = await TestStripe.RefusedAsync(() => stripe.V1.PaymentIntents.CancelAsync(intent.Id));

        Assert.Equal(status, intent.Status);
        Assert.Equal("payment_intent_unexpected_state", refusal.StripeError.Code);
        Assert.Equal(status, refusal.StripeError.PaymentIntent.Status);
    }

    [Fact]
    public async Task Metadata_can_be_added_changed_and_taken_away()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.CreateAsync();
        Task<PaymentIntent> SetAsync(string key, string value) =>
            stripe.V1.PaymentIntents.UpdateAsync(
                intent.Id,
                new PaymentIntentUpdateOptions { Metadata = new Dictionary<string, string> { [key] = value } }
            );

        var added = await SetAsync("attempt", "1");
        var removed = await SetAsync("debit_id", "");

        Assert.Equal(["attempt", "debit_id"], added.Metadata.Keys.Order());
        Assert.Equal(["attempt"], removed.Metadata.Keys);
    }

    [Fact]
    public async Task Expanding_shows_the_charge_inside_the_intent()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.SettledAsync();

        var expanded = await stripe.V1.PaymentIntents.GetAsync(
            intent.Id,
            new PaymentIntentGetOptions { Expand = ["latest_charge.balance_transaction", "customer"] }
        );

        Assert.Equal(5000, expanded.LatestCharge.BalanceTransaction.Amount);
        Assert.Equal("cus_resident1", expanded.Customer.Id);
    }
}
