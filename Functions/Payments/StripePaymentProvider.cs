using System.Globalization;
using Autopay.Application.Ports.Provider;
using Stripe;

namespace Autopay.Payments;

/// <summary>
/// Stripe, through its own SDK. Every call that changes something carries our key; the SDK repeats nothing.
/// </summary>
public sealed class StripePaymentProvider : IPaymentProvider, IAsyncDisposable
{
    private const int MostListed = 100;
    private static readonly List<string> WithCharge = ["latest_charge"];
    private readonly StripeOptions options;
    private readonly StripeGate gate;
    private readonly DisputeService disputes;

    public StripePaymentProvider(
        StripeOptions options,
        HttpClient http,
        TimeProvider time,
        ISharedRateStore? rates = null
    )
    {
        this.options = options;
        gate = new StripeGate(options, time, rates);
        var client = new StripeClient(
            new StripeClientOptions
            {
                // The client wants a key when it is made; that of the vault comes with each request.
                ApiKey = options.HasVault ? nameof(options.VaultUri) : options.ApiKey,
                ApiBase = options.ApiBase.AbsoluteUri.TrimEnd('/'),
                HttpClient = new SystemNetHttpClient(http, maxNetworkRetries: 0, enableTelemetry: false),
            }
        );
        Intents = new PaymentIntentService(client);
        Events = new EventService(client);
        disputes = new DisputeService(client);
        Refunds = new RefundService(client);
        Payouts = new PayoutService(client);
        Balance = new BalanceTransactionService(client);
    }

    public string Environment => options.Environment;

    internal PaymentIntentService Intents { get; }

    internal EventService Events { get; }

    internal RefundService Refunds { get; }

    internal PayoutService Payouts { get; }

    internal BalanceTransactionService Balance { get; }

    private static ProviderAnswer NoIntent { get; } =
        new ProviderAnswer.Doubt("an answer without the intent that was asked for");

    /// <summary>
    /// P1. The type filter of Stripe drops what does not fit silently, so what was returned is checked.
    /// </summary>
    public Task<ProviderAnswer> CreateAsync(IntentRequest request) =>
        AskAsync(
            "create",
            async () =>
            {
                var intent = await Intents.CreateAsync(ToCreate(request), Key(request.Attempt.CreateKey));
                return intent.Id is not { Length: > 0 } ? NoIntent
                    : intent.PaymentMethodTypes is { Count: > 0 }
                        ? new ProviderAnswer.Read(StripeOutcomes.ToReading(intent))
                    : new ProviderAnswer.Rejected("none of the allowed payment method types fits this charge");
            }
        );

    /// <summary>P3. Off session belongs here: on create it would demand a confirm.</summary>
    public Task<ProviderAnswer> ConfirmAsync(Attempt attempt) =>
        AskAsync(
            "confirm",
            async () =>
                new ProviderAnswer.Read(
                    StripeOutcomes.ToReading(
                        await Intents.ConfirmAsync(
                            attempt.IntentId,
                            new PaymentIntentConfirmOptions
                            {
                                OffSession = true,
                                PaymentMethod = attempt.PaymentMethod,
                                Mandate = attempt.Mandate,
                                Expand = WithCharge,
                            },
                            Key(attempt.ConfirmKey)
                        )
                    )
                )
        );

    public Task<ProviderAnswer> CancelAsync(string intentId, string idempotencyKey) =>
        AskAsync(
            "cancel",
            async () =>
                new ProviderAnswer.Read(
                    StripeOutcomes.ToReading(
                        await Intents.CancelAsync(
                            intentId,
                            new PaymentIntentCancelOptions { Expand = WithCharge },
                            Key(idempotencyKey)
                        )
                    )
                )
        );

    public Task<ProviderAnswer> ReadAsync(string intentId) =>
        AskAsync(
            "read",
            async () =>
            {
                var intent = await Intents.GetAsync(intentId, new PaymentIntentGetOptions { Expand = WithCharge });
                return intent.Id == intentId ? new ProviderAnswer.Read(await ToReadingAsync(intent)) : NoIntent;
            }
        );

    /// <summary>With what was returned of it, which only its disputes tell.</summary>
    internal async Task<IntentReading> ToReadingAsync(PaymentIntent intent)
    {
        var reading = StripeOutcomes.ToReading(intent);
        return intent.LatestCharge is { Disputed: true } charge ? await WithDisputesAsync(reading, charge) : reading;
    }

    public async Task<IReadOnlyList<IntentReading>?> ListAsync(string customer, DateTimeOffset createdFrom)
    {
        var answer = await AskAsync(
            "list",
            async () =>
            {
                List<IntentReading> found = [];
                var list = new PaymentIntentListOptions
                {
                    Customer = customer,
                    Limit = MostListed,
                    Created = new DateRangeOptions { GreaterThanOrEqual = createdFrom.UtcDateTime },
                    Expand = ["data.latest_charge"],
                };
                try
                {
                    await foreach (var intent in EachAsync("list", list, it => Intents.ListAsync(it)))
                    {
                        found.Add(StripeOutcomes.ToReading(intent));
                    }
                }
                catch (StripeException unknown)
                    when (unknown.StripeError is { Code: "resource_missing" } && found.Count == 0)
                {
                    // A customer that Stripe does not know has no intents.
                }

                return new ProviderAnswer.Had<IReadOnlyList<IntentReading>>(found);
            }
        );
        return (answer as ProviderAnswer.Had<IReadOnlyList<IntentReading>>)?.What;
    }

    public ValueTask DisposeAsync() => gate.DisposeAsync();

    private PaymentIntentCreateOptions ToCreate(IntentRequest request) =>
        new()
        {
            Amount = request.Attempt.Amount.Cents,
            Currency = request.Attempt.Currency,
            Customer = request.Attempt.Customer,
            PaymentMethod = request.Attempt.PaymentMethod,
            AllowedPaymentMethodTypes = [.. options.Types],
            Metadata = new Dictionary<string, string>
            {
                ["account_id"] = request.Account.Value,
                ["debit_id"] = request.Attempt.Debit.Value,
                ["attempt"] = request.Attempt.Number.ToString(CultureInfo.InvariantCulture),
                ["environment"] = Environment,
            },
        };

    // An ACH dispute is final when it comes; a card dispute counts only when it is lost (R20).
    private async Task<IntentReading> WithDisputesAsync(IntentReading reading, Charge charge)
    {
        await gate.NextAsync("disputes");
        var all = await disputes.ListAsync(
            new DisputeListOptions { PaymentIntent = reading.IntentId, Limit = MostListed }
        );
        var isAch = charge.PaymentMethodDetails?.Type == "us_bank_account";
        var counting = all
            .Data.Where(dispute => dispute.Status == "lost" || (isAch && dispute.Status != "won"))
            .ToList();
        return reading with
        {
            ReturnedCents = new Money(counting.Sum(dispute => dispute.Amount)),
            ReturnedCode = StripeOutcomes.CodeOf(counting.FirstOrDefault(), isAch),
            EndsMandate = isAch && counting.Count > 0,
        };
    }

    internal Task<ProviderAnswer> AskAsync(string endpoint, Func<Task<ProviderAnswer>> call) =>
        gate.PassAsync(
            endpoint,
            async () =>
            {
                try
                {
                    return await call();
                }
                catch (Exception failure)
                {
                    // Whatever the SDK makes of a broken answer, it proves nothing.
                    return StripeOutcomes.ToAnswer(failure);
                }
            }
        );

    internal Task NextTurnAsync(string endpoint) => gate.NextAsync(endpoint);

    /// <summary>All pages of a list; each page after the first takes a turn of its own.</summary>
    internal async IAsyncEnumerable<T> EachAsync<T, TOptions>(
        string endpoint,
        TOptions options,
        Func<TOptions, Task<StripeList<T>>> list
    )
        where T : StripeEntity, IHasId
        where TOptions : ListOptions
    {
        for (var page = await list(options); ; page = await list(options))
        {
            foreach (var item in page.Data)
            {
                yield return item;
            }

            if (!page.HasMore || page.Data.Count == 0)
            {
                yield break;
            }

            options.StartingAfter = page.Data[^1].Id;
            await gate.NextAsync(endpoint);
        }
    }

    private static RequestOptions Key(string key) => new() { IdempotencyKey = key };
}
