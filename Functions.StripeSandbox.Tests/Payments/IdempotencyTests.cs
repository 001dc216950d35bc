using Autopay.StripeSandbox.Faults;
using Autopay.StripeSandbox.Tests.Fixtures;
using Autopay.Tests.Fixtures;
using Stripe;

namespace Autopay.StripeSandbox.Tests.Payments;

public sealed class IdempotencyTests
{
    private const string Create = "/v1/payment_intents";
    private const string Form = "amount=5000&currency=usd&metadata[debit_id]=D1";

    [Fact]
    public async Task The_same_key_gets_the_same_answer_again_and_says_so()
    {
        await using var stripe = await TestStripe.StartAsync();

        var (_, first, firstResponse) = await stripe.PostAsync(Create, Form, "pi-D1-1");
        var (_, second, secondResponse) = await stripe.PostAsync(Create, Form, "pi-D1-1");

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.False(firstResponse.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal("true", secondResponse.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(
            firstResponse.Headers.GetValues("Request-Id"),
            secondResponse.Headers.GetValues("Original-Request")
        );
        Assert.Single(stripe.Control.Ledger("debit_id").Groups);
    }

    [Fact]
    public async Task The_order_of_the_fields_does_not_matter()
    {
        await using var stripe = await TestStripe.StartAsync();

        await stripe.PostAsync(Create, Form, "k");
        var (status, _, response) = await stripe.PostAsync(
            Create,
            "metadata[debit_id]=D1&currency=usd&amount=5000",
            "k"
        );

        Assert.Equal(200, status);
        Assert.True(response.Headers.Contains("Idempotent-Replayed"));
    }

    [Theory]
    [InlineData(Create, "amount=5001&currency=usd&metadata[debit_id]=D1", "same parameters")]
    [InlineData("/v1/customers", Form, "same endpoint")]
    public async Task The_same_key_for_something_else_is_an_idempotency_error(string path, string form, string message)
    {
        await using var stripe = await TestStripe.StartAsync();
        await stripe.PostAsync(Create, Form, "k");

        var (status, body, _) = await stripe.PostAsync(path, form, "k");
        var (again, _, _) = await stripe.PostAsync(Create, Form, "k");

        Assert.Equal((400, "idempotency_error"), (status, (string?)body["error"]!["type"]));
        Assert.Contains(message, (string)body["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Equal(200, again);
    }

    [Fact]
    public async Task A_replay_shows_what_was_true_then_not_what_is_true_now()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.CreateAsync(key: "pi");
        await stripe.ConfirmAsync(intent.Id, "cf");
        stripe.Control.AnswerNow();

        var replay = await stripe.ConfirmAsync(intent.Id, "cf");

        Assert.Equal("processing", replay.Status);
        Assert.Equal("succeeded", (await stripe.V1.PaymentIntents.GetAsync(intent.Id)).Status);
    }

    [Fact]
    public async Task After_24_hours_the_key_is_forgotten()
    {
        await using var stripe = await TestStripe.StartAsync();
        var first = await stripe.CreateAsync(key: "k");

        stripe.Control.AdvanceBy(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        var replayed = await stripe.CreateAsync(key: "k");
        stripe.Control.AdvanceBy(TimeSpan.FromSeconds(1));
        var anew = await stripe.CreateAsync(key: "k");

        Assert.Equal(first.Id, replayed.Id);
        Assert.NotEqual(first.Id, anew.Id);
    }

    [Fact]
    public async Task Refused_parameters_are_not_kept_under_the_key()
    {
        await using var stripe = await TestStripe.StartAsync();

        var (refused, _, _) = await stripe.PostAsync(Create, "amount=10&currency=usd", "k");
        var (corrected, _, _) = await stripe.PostAsync(Create, Form, "k");

        Assert.Equal((400, 200), (refused, corrected));
    }

    [Fact]
    public async Task A_refusal_by_the_state_of_things_is_kept()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.V1.PaymentIntents.CreateAsync(
            new PaymentIntentCreateOptions { Amount = 5000, Currency = "usd" }
        );
        await TestStripe.RefusedAsync(() => stripe.ConfirmAsync(intent.Id, "cf"));
        await stripe.V1.PaymentIntents.UpdateAsync(
            intent.Id,
            new PaymentIntentUpdateOptions { PaymentMethod = TestStripe.Pays }
        );

        var replay = await TestStripe.RefusedAsync(() => stripe.ConfirmAsync(intent.Id, "cf"));

        Assert.Equal("payment_intent_unexpected_state", replay.StripeError.Code);
        Assert.Equal("processing", (await stripe.ConfirmAsync(intent.Id, "cf-2")).Status);
    }

    [Fact]
    public async Task A_500_is_kept_and_given_again_whatever_really_happened()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.CreateAsync();
        stripe.Control.AddFaults(
            new FaultRule
            {
                Kind = FaultKind.Error500After,
                Match = new() { Path = "*/confirm", Count = 1 },
            }
        );

        var first = await TestStripe.RefusedAsync(() => stripe.ConfirmAsync(intent.Id, "cf"));
        var second = await TestStripe.RefusedAsync(() => stripe.ConfirmAsync(intent.Id, "cf"));

        Assert.Equal(["api_error", "api_error"], [first.StripeError.Type, second.StripeError.Type]);
        Assert.Equal("processing", (await stripe.V1.PaymentIntents.GetAsync(intent.Id)).Status);
    }

    [Theory]
    [InlineData(FaultKind.RateLimited, 429)]
    [InlineData(FaultKind.LockTimeout, 429)]
    [InlineData(FaultKind.KeyInUse, 409)]
    public async Task Being_turned_away_is_not_kept(FaultKind kind, int status)
    {
        await using var stripe = await TestStripe.StartAsync();
        stripe.Control.AddFaults(
            new FaultRule
            {
                Kind = kind,
                Match = new() { Count = 1 },
            }
        );

        var (first, _, _) = await stripe.PostAsync(Create, Form, "k");
        var (second, _, response) = await stripe.PostAsync(Create, Form, "k");

        Assert.Equal((status, 200), (first, second));
        Assert.False(response.Headers.Contains("Idempotent-Replayed"));
    }

    [Fact]
    public async Task A_key_whose_first_call_still_runs_is_in_use()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.CreateAsync();
        stripe.Control.AddFaults(
            new FaultRule
            {
                Kind = FaultKind.HangBefore,
                Match = new() { IdempotencyKeyPrefix = "cf", Count = 1 },
            }
        );
        using var patience = new CancellationTokenSource();
        var hanging = stripe.V1.PaymentIntents.ConfirmAsync(
            intent.Id,
            new PaymentIntentConfirmOptions { OffSession = true },
            TestStripe.Key("cf"),
            patience.Token
        );
        await Eventually.HoldsAsync("the first confirm arrives", () => stripe.Control.Faults[0].Hit == 1);

        var (status, body, response) = await stripe.PostAsync(
            $"{Create}/{intent.Id}/confirm",
            "off_session=true",
            "cf"
        );
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);

        Assert.Equal(409, status);
        Assert.Equal(
            ("idempotency_error", "idempotency_key_in_use"),
            ((string?)body["error"]!["type"], (string?)body["error"]!["code"])
        );
        Assert.Equal("true", response.Headers.GetValues("Stripe-Should-Retry").Single());
        await Eventually.HoldsAsync(
            "the key is free again",
            async () =>
                (await stripe.PostAsync($"{Create}/{intent.Id}/confirm", "off_session=true", "cf")).Status == 200
        );
    }

    [Fact]
    public async Task A_hundred_at_once_with_one_key_make_one_charge()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.CreateAsync();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(_ => stripe.PostAsync($"{Create}/{intent.Id}/confirm", "off_session=true", "cf"))
        );

        Assert.All(answers, answer => Assert.Contains(answer.Status, (int[])[200, 409]));
        Assert.Single(await stripe.V1.Charges.ListAsync(new ChargeListOptions { PaymentIntent = intent.Id }));
    }

    [Fact]
    public async Task Reading_ignores_keys()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.CreateAsync(key: "k");

        var read = await stripe.V1.PaymentIntents.GetAsync(intent.Id, null, TestStripe.Key("k"));

        Assert.Equal(intent.Id, read.Id);
    }
}
