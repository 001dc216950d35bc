using System.Collections.Concurrent;
using Autopay.Application.Ports.Provider;
using Autopay.Payments;
using Autopay.StripeSandbox.Faults;

namespace Autopay.Tests.App.Payments;

/// <summary>What each fault of each call becomes. Only a reading is evidence; the rest says what to do next.</summary>
public sealed class AnswersTests
{
    private static readonly Dictionary<FaultKind, Type> Expected = new()
    {
        [FaultKind.Error500Before] = typeof(ProviderAnswer.ServerError),
        [FaultKind.Error500After] = typeof(ProviderAnswer.ServerError),
        [FaultKind.ResetBefore] = typeof(ProviderAnswer.Doubt),
        [FaultKind.ResetAfter] = typeof(ProviderAnswer.Doubt),
        [FaultKind.HangBefore] = typeof(ProviderAnswer.Doubt),
        [FaultKind.HangAfter] = typeof(ProviderAnswer.Doubt),
        [FaultKind.Truncated] = typeof(ProviderAnswer.Doubt),
        [FaultKind.Html502Before] = typeof(ProviderAnswer.Doubt),
        [FaultKind.Html502After] = typeof(ProviderAnswer.Doubt),
        [FaultKind.RateLimited] = typeof(ProviderAnswer.NotYet),
        [FaultKind.LockTimeout] = typeof(ProviderAnswer.NotYet),
        [FaultKind.KeyInUse] = typeof(ProviderAnswer.Doubt),
    };

    private static readonly Dictionary<
        string,
        (string Method, string Path, Func<Adapter, Attempt, Task<ProviderAnswer>> Ask)
    > Verbs = new()
    {
        ["create"] = (
            "POST",
            "/v1/payment_intents",
            (adapter, attempt) => adapter.CreateAsync(attempt with { Number = 2 })
        ),
        ["confirm"] = ("POST", "*/confirm", (adapter, attempt) => adapter.Provider.ConfirmAsync(attempt)),
        ["cancel"] = (
            "POST",
            "*/cancel",
            (adapter, attempt) =>
                adapter.Provider.CancelAsync(attempt.IntentId!, attempt.CancelKeyAt(DateTimeOffset.UnixEpoch))
        ),
        ["read"] = (
            "GET",
            "/v1/payment_intents/*",
            (adapter, attempt) => adapter.Provider.ReadAsync(attempt.IntentId!)
        ),
    };

    public static TheoryData<string, FaultKind> EachFaultOfEachCall() =>
        [.. Verbs.Keys.SelectMany(verb => Expected.Keys.Select(kind => (verb, kind)))];

    [Theory]
    [MemberData(nameof(EachFaultOfEachCall))]
    public async Task Each_fault_of_each_call_has_one_meaning_and_no_call_is_repeated(string verb, FaultKind kind)
    {
        await using var adapter = await Adapter.StartAsync(leaves: kind is FaultKind.HangBefore or FaultKind.HangAfter);
        var attempt = await adapter.CreatedAsync();
        var (method, path, ask) = Verbs[verb];
        adapter.Control.AddFaults(
            new FaultRule
            {
                Kind = kind,
                Match = new()
                {
                    Method = method,
                    Path = path,
                    Count = 1,
                },
            }
        );

        var answer = await ask(adapter, attempt);

        Assert.IsType(Expected[kind], answer);
        Assert.Equal(2, adapter.Calls.Count);
    }

    [Theory]
    [InlineData(FaultKind.Error500Before)]
    [InlineData(FaultKind.ResetBefore)]
    [InlineData(FaultKind.Html502Before)]
    [InlineData(FaultKind.Truncated)]
    [InlineData(FaultKind.RateLimited)]
    public async Task A_list_that_fails_is_no_empty_list(FaultKind kind)
    {
        await using var adapter = await Adapter.StartAsync();
        adapter.Control.AddFaults(
            new FaultRule
            {
                Kind = kind,
                Match = new()
                {
                    Method = "GET",
                    Path = "/v1/payment_intents",
                    Count = 1,
                },
            }
        );

        Assert.Null(await adapter.Provider.ListAsync("cus_resident1", DateTimeOffset.UnixEpoch));
        Assert.Empty((await adapter.Provider.ListAsync("cus_resident1", DateTimeOffset.UnixEpoch))!);
    }

    [Fact]
    public async Task A_list_has_every_page_and_reads_the_metadata_of_each()
    {
        await using var adapter = await Adapter.StartAsync();
        var numbers = new ConcurrentBag<int>(Enumerable.Range(1, 103));
        await Parallel.ForEachAsync(numbers, async (number, _) => await adapter.CreatedAsync(number: number));

        var found = await adapter.Provider.ListAsync("cus_resident1", DateTimeOffset.UnixEpoch);

        Assert.Equal(numbers.Order(), found!.Select(intent => intent.AttemptNumber!.Value).Order());
        Assert.All(
            found!,
            intent =>
                Assert.Equal(
                    ("10-0042", "10-0042-1-0007", "test"),
                    (intent.AccountId, intent.DebitId, intent.Environment)
                )
        );
    }

    [Fact]
    public async Task Another_amount_under_the_same_key_is_a_misused_key()
    {
        await using var adapter = await Adapter.StartAsync();
        await adapter.CreatedAsync();

        Assert.IsType<ProviderAnswer.KeyMisused>(await adapter.CreateAsync(Adapter.NewAttempt(cents: 5001)));
    }

    [Fact]
    public async Task A_second_confirm_is_replayed_and_a_confirm_under_another_key_is_rejected()
    {
        await using var adapter = await Adapter.StartAsync();
        var attempt = await adapter.ConfirmedAsync();

        Assert.Equal(IntentStatus.Processing, Adapter.Reading(await adapter.Provider.ConfirmAsync(attempt)).Status);
        Assert.IsType<ProviderAnswer.Rejected>(await adapter.Provider.ConfirmAsync(attempt with { Number = 2 }));
        Assert.Single(adapter.Control.Ledger("debit_id").Groups.Single().Movements);
    }

    [Fact]
    public async Task A_wrong_key_is_not_yet_and_not_a_no()
    {
        await using var adapter = await Adapter.StartAsync(
            new StripeOptions
            {
                ApiKey = "not_a_key",
                RequestsPerSecond = 1000,
                RequestsPerSecondPerEndpoint = 1000,
            }
        );

        Assert.IsType<ProviderAnswer.NotYet>(await adapter.CreateAsync(Adapter.NewAttempt()));
    }

    [Fact]
    public async Task A_refused_connection_is_not_yet()
    {
        await using var adapter = await Adapter.StartAsync(
            new StripeOptions { ApiKey = "sk_test_x", ApiBase = new Uri("http://127.0.0.1:1") }
        );

        Assert.IsType<ProviderAnswer.NotYet>(await adapter.CreateAsync(Adapter.NewAttempt()));
        Assert.Null(await adapter.Provider.ListAsync("cus_resident1", DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public async Task Every_call_that_changes_something_carries_our_key_and_no_key_is_random()
    {
        await using var adapter = await Adapter.StartAsync();
        var attempt = await adapter.ConfirmedAsync("pm_usBankAccount_insufficientFunds");
        adapter.Control.AnswerNow(attempt.IntentId);
        await adapter.Provider.CancelAsync(attempt.IntentId!, attempt.CancelKeyAt(DateTimeOffset.UnixEpoch));
        await adapter.CreatedAsync(number: 2);

        Assert.Equal(
            [
                "pi-10-0042-1-0007-1",
                "cf-10-0042-1-0007-1",
                "cx-10-0042-1-0007-1-19700101000000000",
                "pi-10-0042-1-0007-2",
            ],
            adapter.Calls.Where(call => call.Method == "POST").Select(call => call.Key)
        );
    }

    // R27: what is the method's suspends the account, the rest is for a person.
    [Theory]
    [InlineData("payment_intent_mandate_invalid", null, "The mandate is inactive.", true)]
    [InlineData(null, null, "This PaymentIntent requires a mandate, but no existing mandate was found.", true)]
    [InlineData("resource_missing", "mandate", "No such mandate: 'mandate_1'", true)]
    [InlineData("resource_missing", "payment_method", "No such PaymentMethod: 'pm_1'", true)]
    [InlineData("payment_method_bank_account_blocked", null, "This bank account is blocked.", true)]
    [InlineData(
        null,
        null,
        "The provided PaymentMethod was detached from its Customer. It may not be used again.",
        true
    )]
    [InlineData("amount_too_large", "amount", "Amount must be no more than $999,999.99", false)]
    [InlineData("parameter_unknown", "foo", "Received unknown parameter: foo", false)]
    public void A_refusal_says_whether_it_is_the_payment_methods(
        string? code,
        string? parameter,
        string message,
        bool isOfTheMethod
    )
    {
        var error = new Stripe.StripeError
        {
            Type = "invalid_request_error",
            Code = code,
            Param = parameter,
            Message = message,
        };
        var answer = StripeOutcomes.ToAnswer(
            new Stripe.StripeException(System.Net.HttpStatusCode.BadRequest, error, message)
        );
        Assert.Equal(isOfTheMethod, Assert.IsType<ProviderAnswer.Rejected>(answer).OfTheMethod);
    }
}
