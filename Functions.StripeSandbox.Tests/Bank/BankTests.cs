using Autopay.StripeSandbox;
using Autopay.StripeSandbox.Tests.Fixtures;
using Autopay.StripeSandbox.Tests.Webhooks;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;
using Stripe;

namespace Autopay.StripeSandbox.Tests.Bank;

public sealed class BankTests
{
    [Theory]
    [InlineData("2020-01-14T16:00:00Z", "2020-01-21T11:00:00Z", "over the weekend and Martin Luther King day")]
    [InlineData("2020-02-20T16:00:00Z", "2020-02-26T11:00:00Z", "over a weekend")]
    [InlineData("2020-02-15T16:00:00Z", "2020-02-21T11:00:00Z", "sent on a Saturday, with Presidents' day")]
    [InlineData("2020-03-04T16:00:00Z", "2020-03-10T10:00:00Z", "over the change to daylight saving time")]
    [InlineData("2026-11-23T18:00:00Z", "2026-11-30T11:00:00Z", "over Thanksgiving")]
    [InlineData("2026-11-24T04:00:00Z", "2026-11-30T11:00:00Z", "late on Monday in Missouri, Tuesday in UTC")]
    [InlineData("2026-12-31T16:00:00Z", "2027-01-07T11:00:00Z", "over New Year")]
    [InlineData("2022-12-22T16:00:00Z", "2022-12-29T11:00:00Z", "Christmas on a Sunday is kept on Monday")]
    public async Task The_bank_answers_at_five_on_the_fourth_banking_day(string submitted, string answered, string why)
    {
        await using var stripe = await TestStripe.StartAsync(FrozenSandbox.Options with { StartAt = At(submitted) });
        var intent = await stripe.ChargeAsync();

        stripe.Control.AdvanceTo(At(answered).AddSeconds(-1));
        var before = await stripe.V1.PaymentIntents.GetAsync(intent.Id);
        stripe.Control.AdvanceTo(At(answered));
        var after = await stripe.V1.PaymentIntents.GetAsync(intent.Id);

        Assert.Equal(("processing", "succeeded"), (before.Status, after.Status));
        Assert.True(after.AmountReceived == 5000, why);
    }

    [Theory]
    [InlineData("pm_usBankAccount_insufficientFunds", "R01", "insufficient_funds", "insufficient_funds")]
    [InlineData("pm_usBankAccount_accountClosed", "R02", "account_closed", "bank_account_closed")]
    [InlineData("pm_usBankAccount_noAccount", "R03", "no_account", "bank_account_invalid_details")]
    [InlineData("pm_usBankAccount_debitNotAuthorized", "R10", "debit_not_authorized", "debit_not_authorized")]
    [InlineData("pm_usBankAccount_R16", "R16", "bank_account_restricted", "bank_account_frozen")]
    [InlineData("pm_usBankAccount_R29", "R29", "debit_not_authorized", "debit_not_authorized")]
    public async Task A_return_says_why_in_all_the_places_where_Stripe_says_it(
        string paymentMethod,
        string network,
        string code,
        string decline
    )
    {
        await using var stripe = await TestStripe.StartAsync();

        var intent = await stripe.SettledAsync(paymentMethod);
        var charge = await stripe.V1.Charges.GetAsync(intent.LatestChargeId);

        Assert.Equal("requires_payment_method", intent.Status);
        Assert.Null(intent.PaymentMethodId);
        var error = intent.LastPaymentError;
        Assert.Equal((code, decline, network), (error.Code, error.DeclineCode, error.NetworkDeclineCode));
        Assert.Equal(charge.Id, error.Charge);
        Assert.Equal(("failed", code, network), (charge.Status, charge.FailureCode, charge.Outcome.NetworkDeclineCode));
        Assert.Equal(
            code == "insufficient_funds" ? null : network,
            error.PaymentMethod.UsBankAccount.StatusDetails.Blocked?.NetworkCode
        );
    }

    [Fact]
    public async Task A_disputed_debit_succeeds_first_and_is_disputed_the_next_banking_day()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.ChargeAsync("pm_usBankAccount_dispute");

        stripe.Control.AdvanceTo(At("2026-12-01T10:59:59Z"));
        var early = await stripe.V1.Disputes.ListAsync();
        stripe.Control.AdvanceTo(At("2026-12-01T11:00:00Z"));
        var dispute = Assert.Single(
            await stripe.V1.Disputes.ListAsync(new DisputeListOptions { PaymentIntent = intent.Id })
        );
        var charge = await stripe.V1.Charges.GetAsync(dispute.ChargeId);

        Assert.Empty(early);
        Assert.Equal(("lost", "debit_not_authorized", 5000L), (dispute.Status, dispute.Reason, dispute.Amount));
        Assert.Equal(("succeeded", true), (charge.Status, charge.Disputed));
        Assert.Equal("succeeded", (await stripe.V1.PaymentIntents.GetAsync(intent.Id)).Status);
    }

    [Fact]
    public async Task A_dispute_ends_the_mandate_of_that_customer_until_a_new_one_is_accepted()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.ChargeAsync("pm_usBankAccount_dispute");
        var mandate = (await stripe.V1.Charges.GetAsync(intent.LatestChargeId))
            .PaymentMethodDetails
            .UsBankAccount
            .MandateId;
        stripe.Control.AdvanceBy(TimeSpan.FromDays(14));
        var next = await stripe.CreateAsync("pm_usBankAccount_dispute");

        var refusal = await TestStripe.RefusedAsync(() => stripe.ConfirmAsync(next.Id));
        var named = await TestStripe.RefusedAsync(() =>
            stripe.V1.PaymentIntents.ConfirmAsync(
                next.Id,
                new PaymentIntentConfirmOptions { Mandate = mandate, OffSession = true }
            )
        );
        var other = await stripe.ChargeAsync("pm_usBankAccount_dispute", customer: "cus_neighbour");
        var accepted = await stripe.V1.PaymentIntents.ConfirmAsync(
            next.Id,
            new PaymentIntentConfirmOptions { MandateData = new() { CustomerAcceptance = new() { Type = "offline" } } }
        );

        Assert.Equal("inactive", (await stripe.V1.Mandates.GetAsync(mandate)).Status);
        Assert.StartsWith(
            "This PaymentIntent requires a mandate, but no existing mandate was found.",
            refusal.StripeError.Message,
            StringComparison.Ordinal
        );
        Assert.Equal("payment_intent_mandate_invalid", named.StripeError.Code);
        Assert.Equal(("processing", "processing"), (other.Status, accepted.Status));
    }

    [Fact]
    public async Task One_bank_never_answers_unless_it_is_made_to()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.ChargeAsync("pm_usBankAccount_processing");

        stripe.Control.AdvanceBy(TimeSpan.FromDays(60));
        var waiting = await stripe.V1.PaymentIntents.GetAsync(intent.Id);
        var forced = Assert.Single(stripe.Control.AnswerNow(intent.Id, "R02"));

        Assert.Equal("processing", waiting.Status);
        Assert.Equal(("requires_payment_method", "account_closed"), (forced.Status, forced.FailureCode));
    }

    [Fact]
    public async Task Answers_come_in_the_order_and_with_the_time_at_which_they_were_due()
    {
        await using var stripe = await TestStripe.StartAsync();
        var first = await stripe.ChargeAsync(debit: "first");
        stripe.Control.AdvanceBy(TimeSpan.FromDays(1));
        var second = await stripe.ChargeAsync(debit: "second");

        var moved = stripe.Control.AdvanceBy(TimeSpan.FromDays(20));
        var events = await stripe.V1.Events.ListAsync(new EventListOptions { Type = "payment_intent.succeeded" });

        Assert.Equal(2, moved.Answered);
        Assert.Equal([second.Id, first.Id], events.Select(written => ((PaymentIntent)written.Data.Object).Id));
        Assert.Equal(
            [At("2026-12-01T11:00:00Z").UtcDateTime, At("2026-11-30T11:00:00Z").UtcDateTime],
            events.Select(written => written.Created)
        );
    }

    [Fact]
    public async Task A_running_clock_lets_the_bank_answer_by_itself()
    {
        var time = new FakeTimeProvider(FrozenSandbox.Monday);
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var stripe = await TestStripe.StartAsync(
            new SandboxOptions
            {
                MissingMandate = MissingMandate.Saved,
                Time = time,
                Webhooks = [new WebhookTarget(receiver.Url, ["whsec_x"]) { Events = ["payment_intent.succeeded"] }],
            }
        );
        await stripe.ChargeAsync();

        time.Advance(TimeSpan.FromDays(7));
        await Eventually.HoldsAsync("the answer is delivered although nobody calls", () => !receiver.Received.IsEmpty);

        Assert.Equal(FrozenSandbox.Monday.AddDays(7), stripe.Control.Clock.Now);
        Assert.Equal(At("2026-11-30T11:00:00Z").UtcDateTime, receiver.Events.Single().Created);
    }

    private static DateTimeOffset At(string iso) =>
        DateTimeOffset.Parse(iso, System.Globalization.CultureInfo.InvariantCulture);
}
