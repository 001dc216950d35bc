using Autopay.StripeSandbox;
using Autopay.StripeSandbox.Faults;
using Autopay.StripeSandbox.Tests.Fixtures;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;
using Stripe;

namespace Autopay.StripeSandbox.Tests.Control;

public sealed class FaultTests
{
    [Theory]
    [InlineData(FaultKind.Error500Before, false, typeof(StripeException))]
    [InlineData(FaultKind.Error500After, true, typeof(StripeException))]
    [InlineData(FaultKind.ResetBefore, false, typeof(HttpRequestException))]
    [InlineData(FaultKind.ResetAfter, true, typeof(HttpRequestException))]
    [InlineData(FaultKind.HangBefore, false, typeof(TaskCanceledException))]
    [InlineData(FaultKind.HangAfter, true, typeof(TaskCanceledException))]
    [InlineData(FaultKind.Html502Before, false, typeof(StripeException))]
    [InlineData(FaultKind.Html502After, true, typeof(StripeException))]
    [InlineData(FaultKind.RateLimited, false, typeof(StripeException))]
    [InlineData(FaultKind.LockTimeout, false, typeof(StripeException))]
    [InlineData(FaultKind.KeyInUse, false, typeof(StripeException))]
    public async Task Each_fault_is_felt_by_the_caller_and_either_happened_or_not(
        FaultKind kind,
        bool happened,
        Type felt
    )
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.CreateAsync();
        stripe.Control.AddFaults(
            new FaultRule
            {
                Kind = kind,
                Match = new() { Method = "POST", Path = "/v1/payment_intents/*/confirm" },
            }
        );

        var caller = kind is FaultKind.HangBefore or FaultKind.HangAfter ? stripe.LeavingClient() : stripe.Client;
        var problem = await Record.ExceptionAsync(() => stripe.ConfirmAsync(intent.Id, "cf", caller));
        await Eventually.HoldsAsync(
            "the fault is over",
            () => stripe.Control.Calls.Calls.Any(call => call.Key == "cf" && call.Fault is not null)
        );

        Assert.IsType(felt, problem, exactMatch: false);
        Assert.Equal(
            happened ? "processing" : "requires_confirmation",
            (await stripe.V1.PaymentIntents.GetAsync(intent.Id)).Status
        );
    }

    [Fact]
    public async Task A_truncated_answer_is_a_success_that_nobody_can_read()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.CreateAsync();
        stripe.Control.AddFaults(
            new FaultRule
            {
                Kind = FaultKind.Truncated,
                Match = new() { Path = "*/confirm", Count = 1 },
            }
        );

        var problem = await Record.ExceptionAsync(() => stripe.ConfirmAsync(intent.Id, "cf"));

        Assert.NotNull(problem);
        Assert.Equal("processing", (await stripe.ConfirmAsync(intent.Id, "cf")).Status);
    }

    [Fact]
    public async Task A_slow_call_happens_although_its_caller_has_gone()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.CreateAsync();
        stripe.Control.AddFaults(
            new FaultRule
            {
                Kind = FaultKind.Slow,
                DelayMs = 5000,
                Match = new() { Path = "*/confirm" },
            }
        );

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            stripe.ConfirmAsync(intent.Id, "cf", stripe.LeavingClient())
        );
        var before = await stripe.V1.PaymentIntents.GetAsync(intent.Id);

        Assert.Equal("requires_confirmation", before.Status);
        await Eventually.HoldsAsync(
            "the slow confirm happens",
            async () => (await stripe.V1.PaymentIntents.GetAsync(intent.Id)).Status == "processing"
        );
    }

    [Fact]
    public async Task A_gateway_page_reaches_the_SDK_as_an_error_without_a_body()
    {
        await using var stripe = await TestStripe.StartAsync();
        stripe.Control.AddFaults(new FaultRule { Kind = FaultKind.Html502Before });

        var problem = await TestStripe.RefusedAsync(() => stripe.CreateAsync());

        Assert.Equal(502, (int)problem.HttpStatusCode);
        Assert.Null(problem.StripeError);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(7)]
    public async Task A_429_says_when_to_come_back_only_if_told_so(int? retryAfterSeconds)
    {
        await using var stripe = await TestStripe.StartAsync();
        stripe.Control.AddFaults(new FaultRule { Kind = FaultKind.RateLimited, RetryAfterSeconds = retryAfterSeconds });

        var (status, body, response) = await stripe.PostAsync("/v1/customers", "");

        Assert.Equal((429, "rate_limit"), (status, (string?)body["error"]!["code"]));
        Assert.Equal(retryAfterSeconds, response.Headers.RetryAfter?.Delta?.Seconds);
    }

    [Fact]
    public async Task Rules_choose_by_number()
    {
        await using var stripe = await TestStripe.StartAsync();
        async Task<string> SixAsync(FaultMatch match)
        {
            stripe.Control.ClearFaults();
            stripe.Control.AddFaults(new FaultRule { Kind = FaultKind.RateLimited, Match = match });
            var statuses = "";
            for (var call = 0; call < 6; call++)
            {
                statuses +=
                    (await stripe.PostAsync("/v1/customers", "", $"key-{call}-{Guid.NewGuid()}")).Status == 429
                        ? "x"
                        : ".";
            }
            return statuses;
        }

        Assert.Equal("..x...", await SixAsync(new() { Nth = 3 }));
        Assert.Equal("xx....", await SixAsync(new() { Count = 2 }));
        Assert.Equal(".x.x.x", await SixAsync(new() { Every = 2 }));
        Assert.Equal("......", await SixAsync(new() { Method = "GET" }));
        Assert.Equal("...x..", await SixAsync(new() { IdempotencyKeyPrefix = "key-3" }));
        Assert.Equal(await SixAsync(new() { Probability = 0.5 }), await SixAsync(new() { Probability = 0.5 }));
    }

    [Fact]
    public async Task The_limit_of_a_sandbox_is_felt_by_those_who_hurry()
    {
        var time = new FakeTimeProvider(FrozenSandbox.Monday);
        await using var stripe = await TestStripe.StartAsync(
            new SandboxOptions { RequestsPerSecond = 25, Time = time }
        );

        var hurried = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => stripe.PostAsync("/v1/customers", "")));
        var (elsewhere, _, _) = await stripe.PostAsync("/v1/payment_intents", "amount=5000&currency=usd");
        time.Advance(TimeSpan.FromSeconds(1));
        var (later, _, _) = await stripe.PostAsync("/v1/customers", "");

        Assert.Equal(25, hurried.Count(answer => answer.Status == 200));
        Assert.All(
            hurried.Where(answer => answer.Status != 200),
            answer => Assert.Equal("rate_limit", (string?)answer.Body["error"]!["code"])
        );
        Assert.Equal((200, 200), (elsewhere, later));
    }

    [Fact]
    public async Task The_limit_of_an_account_counts_all_endpoints_in_any_second_and_not_what_it_refused()
    {
        var time = new FakeTimeProvider(FrozenSandbox.Monday + TimeSpan.FromMilliseconds(900));
        await using var stripe = await TestStripe.StartAsync(
            new SandboxOptions { RequestsPerSecondInAll = 3, Time = time }
        );
        async Task<int> AskAsync(string path) => (await stripe.PostAsync(path, "amount=5000&currency=usd")).Status;

        var statuses = new List<int> { await AskAsync("/v1/payment_intents"), await AskAsync("/v1/payment_intents") };
        time.Advance(TimeSpan.FromMilliseconds(200));
        statuses.Add(await AskAsync("/v1/customers"));
        statuses.Add(await AskAsync("/v1/payment_intents"));
        time.Advance(TimeSpan.FromMilliseconds(800));
        statuses.Add(await AskAsync("/v1/payment_intents"));

        Assert.Equal([429, 200], statuses[^2..]);
    }

    [Fact]
    public async Task Every_call_is_on_record_with_what_became_of_it()
    {
        await using var stripe = await TestStripe.StartAsync();
        var intent = await stripe.CreateAsync(key: "pi");
        stripe.Control.AddFaults(
            new FaultRule
            {
                Kind = FaultKind.ResetAfter,
                Match = new() { Path = "*/confirm", Count = 1 },
            }
        );
        await Record.ExceptionAsync(() => stripe.ConfirmAsync(intent.Id, "cf"));
        await stripe.ConfirmAsync(intent.Id, "cf");

        // The client hears the end of a call before the record has it.
        await Eventually.HoldsAsync(
            "all calls have ended",
            () => stripe.Control.Calls.Calls is [_, { Fault: not null }, { Status: not null }]
        );
        var report = stripe.Control.Calls;

        Assert.Equal((3, 2), (report.Total, report.Counts["POST /v1/payment_intents/{id}/confirm"]));
        Assert.Equal(
            [(200, null, false), (null, "ResetAfter", false), (200, null, true)],
            report.Calls.Select(call => (call.Status, call.Fault, call.Replayed))
        );
        Assert.Equal(["pi", "cf", "cf"], report.Calls.Select(call => call.Key));
    }
}
