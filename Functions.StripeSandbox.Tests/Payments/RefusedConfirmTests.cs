using Autopay.StripeSandbox;
using Autopay.StripeSandbox.Tests.Fixtures;
using Autopay.Tests.Fixtures;
using Stripe;

namespace Autopay.StripeSandbox.Tests.Payments;

/// <summary>What Stripe does not debit, in its own words, and what becomes of the intent.</summary>
public sealed class RefusedConfirmTests
{
    private const string NoneFound = "This PaymentIntent requires a mandate, but no existing mandate was found.";

    private static readonly SandboxOptions AsStripe = FrozenSandbox.Options with { MissingMandate = default };

    [Fact]
    public async Task An_ACH_confirm_without_a_mandate_is_refused_and_leaves_its_intent_untouched()
    {
        await using var stripe = await TestStripe.StartAsync(AsStripe);

        await ThenRefusedAsync(stripe, TestStripe.Pays, with: new(), code: null, NoneFound);
    }

    [Fact]
    public async Task The_setting_says_with_which_refusal()
    {
        await using var stripe = await TestStripe.StartAsync(AsStripe with { MissingMandate = MissingMandate.Invalid });

        await ThenRefusedAsync(
            stripe,
            TestStripe.Pays,
            with: new(),
            "payment_intent_mandate_invalid",
            "The provided mandate is invalid"
        );
    }

    [Theory]
    [InlineData("mandate_inactive_1", "payment_intent_mandate_invalid", "The provided mandate is invalid")]
    [InlineData("mandate_unknown_1", "resource_missing", "No such mandate: 'mandate_unknown_1'")]
    [InlineData("no mandate", "resource_missing", "No such mandate: 'no mandate'")]
    public async Task A_named_mandate_that_is_inactive_or_unknown_is_refused(
        string mandate,
        string code,
        string message
    )
    {
        await using var stripe = await TestStripe.StartAsync();

        await ThenRefusedAsync(stripe, TestStripe.Pays, new() { Mandate = mandate }, code, message);
    }

    [Fact]
    public async Task A_strict_sandbox_knows_only_mandates_that_were_accepted_there()
    {
        await using var stripe = await TestStripe.StartAsync(AsStripe with { StrictIds = true });
        var customer = await stripe.V1.Customers.CreateAsync(new CustomerCreateOptions());
        var intent = await stripe.CreateAsync(customer: customer.Id);

        var refusal = await TestStripe.RefusedAsync(() =>
            ConfirmAsync(stripe, intent.Id, new() { Mandate = "mandate_of_another_city" })
        );

        Assert.Equal("resource_missing", refusal.StripeError.Code);
    }

    [Fact]
    public async Task A_mandate_of_another_payment_method_is_refused()
    {
        await using var stripe = await TestStripe.StartAsync();
        var mandate = stripe.Control.AcceptMandate("cus_resident1", "pm_old_bank");

        await ThenRefusedAsync(
            stripe,
            "pm_new_bank",
            new() { Mandate = mandate.Id },
            "payment_intent_mandate_invalid",
            "The provided mandate is invalid"
        );
    }

    [Theory]
    [InlineData("named")]
    [InlineData("accepted with the confirm")]
    [InlineData("saved before")]
    public async Task With_a_mandate_it_is_sent_and_the_next_confirm_finds_it(string how)
    {
        await using var stripe = await TestStripe.StartAsync(AsStripe);
        var saved = how == "saved before" ? stripe.Control.AcceptMandate("cus_resident1", "pm_bank").Id : null;
        PaymentIntentConfirmOptions with = how switch
        {
            "named" => new() { Mandate = "mandate_1" },
            "saved before" => new(),
            _ => new() { MandateData = new() { CustomerAcceptance = new() { Type = "offline" } } },
        };

        var first = await ConfirmAsync(stripe, (await stripe.CreateAsync("pm_bank")).Id, with);
        var next = await stripe.ChargeAsync("pm_bank");

        var (one, two) = (await MandateOfAsync(stripe, first), await MandateOfAsync(stripe, next));
        Assert.Equal(("processing", "processing", one), (first.Status, next.Status, two));
        Assert.Equal(saved ?? one, one);
    }

    [Fact]
    public async Task A_mandate_that_the_customer_revoked_is_found_no_more()
    {
        await using var stripe = await TestStripe.StartAsync();
        var mandate = stripe.Control.AcceptMandate("cus_resident1", "pm_bank");

        Assert.Equal("inactive", stripe.Control.EndMandate(mandate.Id).Status);

        await ThenRefusedAsync(stripe, "pm_bank", new(), null, NoneFound);
    }

    [Fact]
    public async Task A_detached_payment_method_pays_nothing_and_is_not_attached_again()
    {
        await using var stripe = await TestStripe.StartAsync();
        var method = await stripe.V1.PaymentMethods.AttachAsync(
            TestStripe.Pays,
            new PaymentMethodAttachOptions { Customer = "cus_resident1" }
        );
        var intent = await stripe.CreateAsync(method.Id);
        var detached = await stripe.V1.PaymentMethods.DetachAsync(method.Id);

        var refusal = await TestStripe.RefusedAsync(() => ConfirmAsync(stripe, intent.Id, new()));
        var again = await TestStripe.RefusedAsync(() =>
            stripe.V1.PaymentMethods.AttachAsync(
                method.Id,
                new PaymentMethodAttachOptions { Customer = "cus_resident1" }
            )
        );

        Assert.Null(detached.CustomerId);
        Assert.Contains(
            "was detached from a Customer. It may not be used again.",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(
            (400, "invalid_request_error", "requires_confirmation"),
            (
                (int)refusal.HttpStatusCode,
                refusal.StripeError.Type,
                (await stripe.V1.PaymentIntents.GetAsync(intent.Id)).Status
            )
        );
        Assert.Equal("invalid_request_error", again.StripeError.Type);
    }

    [Theory]
    [InlineData("pm_usBankAccount_blocked")]
    [InlineData("pm_bank")]
    public async Task A_blocked_bank_account_is_a_failed_payment_that_no_bank_hears_of(string method)
    {
        await using var stripe = await TestStripe.StartAsync();
        if (method == "pm_bank")
        {
            Assert.Equal("R02", stripe.Control.BlockMethod(method, "R02").BlockedBy);
        }

        var intent = await stripe.CreateAsync(method);
        var refusal = await TestStripe.RefusedAsync(() => ConfirmAsync(stripe, intent.Id, new()));
        var after = await stripe.V1.PaymentIntents.GetAsync(intent.Id);
        var charge = await stripe.V1.Charges.GetAsync(after.LatestChargeId);

        Assert.Equal((402, "bank_account_unusable"), ((int)refusal.HttpStatusCode, refusal.StripeError.Code));
        Assert.Equal(("requires_payment_method", "bank_account_unusable"), (after.Status, after.LastPaymentError.Code));
        Assert.Equal(
            ("failed", "blocked", "not_sent_to_network"),
            (charge.Status, charge.Outcome.Type, charge.Outcome.NetworkStatus)
        );
        Assert.Empty(stripe.Control.AnswerNow());
    }

    [Theory]
    [InlineData("pm_usBankAccount_noMandate")]
    [InlineData("pm_usBankAccount_detached")]
    public async Task Ids_of_a_file_play_the_rest_whatever_the_setting(string method)
    {
        await using var stripe = await TestStripe.StartAsync();

        await ThenRefusedAsync(
            stripe,
            method,
            new(),
            code: null,
            method.EndsWith("noMandate", StringComparison.Ordinal) ? NoneFound : "The provided PaymentMethod was"
        );
    }

    [Theory]
    [InlineData("--missing-mandate", "refused", MissingMandate.Refused)]
    [InlineData("--missing-mandate", "invalid", MissingMandate.Invalid)]
    [InlineData("--missing-mandate", "saved", MissingMandate.Saved)]
    [InlineData("--port", "0", MissingMandate.Refused)]
    public void The_command_line_sets_it(string name, string value, MissingMandate missing)
    {
        var command = new CommandLine([name, value]);

        Assert.Equal((null, missing), (command.Problem, command.Options.MissingMandate));
    }

    [Fact]
    public void Another_word_is_told()
    {
        var command = new CommandLine(["--missing-mandate", "never"]);

        Assert.Equal("--missing-mandate takes refused, invalid, saved, not 'never'.", command.Problem);
    }

    private static async Task ThenRefusedAsync(
        TestStripe stripe,
        string method,
        PaymentIntentConfirmOptions with,
        string? code,
        string message
    )
    {
        var intent = await stripe.CreateAsync(method);

        var refusal = await TestStripe.RefusedAsync(() => ConfirmAsync(stripe, intent.Id, with));
        var after = await stripe.V1.PaymentIntents.GetAsync(intent.Id);

        Assert.Equal(
            (400, "invalid_request_error", code),
            ((int)refusal.HttpStatusCode, refusal.StripeError.Type, refusal.StripeError.Code)
        );
        Assert.StartsWith(message, refusal.StripeError.Message, StringComparison.Ordinal);
        Assert.Equal(
            ("requires_confirmation", null, null),
            (after.Status, after.LatestChargeId, after.LastPaymentError)
        );
        Assert.Empty((await stripe.V1.Charges.ListAsync()).Data);
    }

    private static Task<PaymentIntent> ConfirmAsync(TestStripe stripe, string intent, PaymentIntentConfirmOptions with)
    {
        with.OffSession = with.MandateData is null ? true : null;
        return stripe.V1.PaymentIntents.ConfirmAsync(intent, with);
    }

    private static async Task<string> MandateOfAsync(TestStripe stripe, PaymentIntent intent) =>
        (await stripe.V1.Charges.GetAsync(intent.LatestChargeId)).PaymentMethodDetails.UsBankAccount.MandateId;
}
