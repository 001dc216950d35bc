using Autopay.StripeSandbox.Tests.Fixtures;
using Autopay.Tests.Fixtures;

namespace Autopay.StripeSandbox.Tests.Payments;

public sealed class RefusedParameterTests
{
    private const string Valid = "amount=5000&currency=usd";

    [Theory]
    [InlineData("amount=49&currency=usd", "amount_too_small", "amount")]
    [InlineData("amount=100000000&currency=usd", "amount_too_large", "amount")]
    [InlineData("currency=usd", "parameter_missing", "amount")]
    [InlineData("amount=5000", "parameter_missing", "currency")]
    [InlineData("amount=&currency=usd", "parameter_invalid_empty", "amount")]
    [InlineData("amount=12.50&currency=usd", "parameter_invalid_integer", "amount")]
    [InlineData(Valid + "&payment_method_types[]=us_bank_account", "parameter_unknown", "payment_method_types")]
    [InlineData(Valid + "&off_session=true", null, "off_session")]
    [InlineData(
        Valid + "&payment_method=pm_card_visa&allowed_payment_method_types[]=us_bank_account",
        "payment_intent_incompatible_payment_method",
        null
    )]
    [InlineData(Valid + "&customer=nobody", "resource_missing", "customer")]
    [InlineData(Valid + "&expand[]=nonsense", null, "expand")]
    public async Task A_create_that_Stripe_would_refuse_is_refused_in_Stripes_words(
        string form,
        string? code,
        string? param
    )
    {
        await using var stripe = await TestStripe.StartAsync();

        var (status, body, _) = await stripe.PostAsync("/v1/payment_intents", form);
        var error = body["error"]!;

        Assert.Equal(400, status);
        Assert.Equal("invalid_request_error", (string?)error["type"]);
        Assert.Equal(code, (string?)error["code"]);
        Assert.Equal(param, (string?)error["param"]);
        Assert.NotEmpty((string)error["message"]!);
        Assert.Empty(stripe.Control.Ledger("debit_id").IntentsWithoutKey);
    }

    [Theory]
    [InlineData("/v1/payment_intents/pi_unknown123456")]
    [InlineData("/v1/charges/ch_unknown123456")]
    [InlineData("/v1/refunds/re_unknown123456")]
    [InlineData("/v1/disputes/dp_unknown123456")]
    [InlineData("/v1/events/evt_unknown123456")]
    [InlineData("/v1/mandates/mandate_unknown123456")]
    public async Task What_is_not_there_is_404_resource_missing(string path)
    {
        await using var stripe = await TestStripe.StartAsync();

        using var response = await stripe.Http.GetAsync(new Uri(path, UriKind.Relative));
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Contains("\"code\":\"resource_missing\"", body, StringComparison.Ordinal);
        Assert.Contains("No such", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer pk_test_public", 401)]
    [InlineData("Bearer sk_live_real", 401)]
    [InlineData("Bearer sk_test_x", 200)]
    [InlineData("Basic c2tfdGVzdF94Og==", 200)]
    public async Task Only_a_secret_test_key_opens_the_door(string? authorization, int status)
    {
        await using var stripe = await TestStripe.StartAsync();
        stripe.Http.DefaultRequestHeaders.Remove("Authorization");
        if (authorization is not null)
        {
            stripe.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await stripe.Http.GetAsync(new Uri("/v1/payment_intents", UriKind.Relative));

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Every_answer_names_its_request_and_the_version()
    {
        await using var stripe = await TestStripe.StartAsync();

        var (_, _, response) = await stripe.PostAsync("/v1/payment_intents", Valid, "k1");

        Assert.StartsWith("req_", response.Headers.GetValues("Request-Id").Single(), StringComparison.Ordinal);
        Assert.Equal(Stripe.StripeConfiguration.ApiVersion, response.Headers.GetValues("Stripe-Version").Single());
        Assert.Equal("k1", response.Headers.GetValues("Idempotency-Key").Single());
    }

    [Fact]
    public async Task A_strict_sandbox_knows_only_what_was_made_in_it()
    {
        await using var stripe = await TestStripe.StartAsync(FrozenSandbox.Options with { StrictIds = true });
        var known = await stripe.V1.Customers.CreateAsync(
            new Stripe.CustomerCreateOptions { Email = "resident@example.com" }
        );

        var refusal = await TestStripe.RefusedAsync(() => stripe.CreateAsync());
        var method = await TestStripe.RefusedAsync(() => stripe.CreateAsync("pm_1Pretended", customer: known.Id));

        Assert.Equal("requires_confirmation", (await stripe.CreateAsync(customer: known.Id)).Status);
        Assert.Equal("resource_missing", refusal.StripeError.Code);
        Assert.Equal("payment_method", method.StripeError.Param);
    }
}
