using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Autopay.StripeSandbox;
using Autopay.StripeSandbox.Control;
using Autopay.Tests.Fixtures;
using Stripe;

namespace Autopay.StripeSandbox.Tests.Fixtures;

/// <summary>A sandbox on a free port with a frozen clock, and the unmodified Stripe.net that talks to it.</summary>
internal sealed class TestStripe : IAsyncDisposable
{
    public const string Bank = "us_bank_account";
    public const string Pays = "pm_usBankAccount_success";

    private readonly HttpClient http;

    private TestStripe(SandboxServer server, HttpMessageHandler? handler)
    {
        Server = server;
        http = new HttpClient(handler ?? new SocketsHttpHandler())
        {
            BaseAddress = server.BaseUrl,
            Timeout = TimeSpan.FromSeconds(20),
        };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "sk_test_autopay");
        Client = ClientOf(http);
    }

    public SandboxServer Server { get; }

    public SandboxControl Control => Server.Control;

    public StripeClient Client { get; }

    /// <summary>How much the next intents are about.</summary>
    public long Cents { get; set; } = 5000;

    public V1Services V1 => Client.V1;

    /// <summary>Without any SDK, for what an SDK would hide.</summary>
    public HttpClient Http => http;

    public static async Task<TestStripe> StartAsync(
        SandboxOptions? options = null,
        HttpMessageHandler? handler = null
    ) => new(await SandboxServer.StartAsync(options ?? FrozenSandbox.Options), handler);

    public StripeClient LeavingClient() =>
        ClientOf(new HttpClient(new LeavesWhenHit(() => Control)) { BaseAddress = Server.BaseUrl });

    public Task<PaymentIntent> CreateAsync(
        string paymentMethod = Pays,
        string customer = "cus_resident1",
        string? debit = "D1",
        string? key = null
    ) =>
        V1.PaymentIntents.CreateAsync(
            new PaymentIntentCreateOptions
            {
                Amount = Cents,
                Currency = "usd",
                Customer = customer,
                PaymentMethod = paymentMethod,
                AllowedPaymentMethodTypes = paymentMethod.StartsWith("pm_card", StringComparison.Ordinal)
                    ? ["card"]
                    : [Bank],
                Metadata = debit is null ? null : new Dictionary<string, string> { ["debit_id"] = debit },
            },
            Key(key)
        );

    public Task<PaymentIntent> ConfirmAsync(string intent, string? key = null, StripeClient? by = null) =>
        (by ?? Client).V1.PaymentIntents.ConfirmAsync(
            intent,
            new PaymentIntentConfirmOptions { OffSession = true },
            Key(key)
        );

    public async Task<PaymentIntent> ChargeAsync(
        string paymentMethod = Pays,
        string customer = "cus_resident1",
        string? debit = "D1"
    ) => await ConfirmAsync((await CreateAsync(paymentMethod, customer, debit)).Id);

    /// <summary>Charged, and the bank's answer is in.</summary>
    public async Task<PaymentIntent> SettledAsync(
        string paymentMethod = Pays,
        string customer = "cus_resident1",
        string? debit = "D1"
    )
    {
        var intent = await ChargeAsync(paymentMethod, customer, debit);
        Control.AnswerNow(intent.Id);
        return await V1.PaymentIntents.GetAsync(intent.Id);
    }

    /// <summary>An attached payment method, whatever its kind.</summary>
    public async Task SettledOrPaidAsync(PaymentMethod method, string customer)
    {
        await V1.PaymentIntents.CreateAsync(
            new PaymentIntentCreateOptions
            {
                Amount = 5000,
                Currency = "usd",
                Customer = customer,
                PaymentMethod = method.Id,
                Confirm = true,
                OffSession = true,
            }
        );
        Control.AnswerNow();
    }

    public async Task<(int Status, JsonObject Body, HttpResponseMessage Response)> PostAsync(
        string path,
        string form,
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }
        var response = await http.SendAsync(request);
        return (
            (int)response.StatusCode,
            JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject(),
            response
        );
    }

    public static async Task<StripeException> RefusedAsync(Func<Task> call) =>
        await Assert.ThrowsAsync<StripeException>(call);

    public static RequestOptions? Key(string? key) => key is null ? null : new RequestOptions { IdempotencyKey = key };

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Server.DisposeAsync();
    }

    private StripeClient ClientOf(HttpClient client) =>
        new(
            "sk_test_autopay",
            null,
            new SystemNetHttpClient(client, maxNetworkRetries: 0, appInfo: null, enableTelemetry: false),
            Server.BaseUrl.GetLeftPart(UriPartial.Authority)
        );
}
