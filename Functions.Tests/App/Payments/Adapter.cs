using Autopay.Application.Ports.Provider;
using Autopay.Payments;
using Autopay.StripeSandbox;
using Autopay.StripeSandbox.Control;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Payments;

/// <summary>The adapter, the unmodified SDK below it, and the sandbox at the other end of a real connection.</summary>
internal sealed class Adapter : IAsyncDisposable
{
    public const string Pays = "pm_usBankAccount_success";
    private readonly SandboxServer server;
    private readonly HttpClient http;

    private Adapter(SandboxServer server, StripeOptions options, bool leaves)
    {
        this.server = server;
        http = new HttpClient(leaves ? new LeavesWhenHit(() => Control) : new SocketsHttpHandler());
        Provider = new StripePaymentProvider(
            options with
            {
                ApiBase = options.ApiBase.Port == 1 ? options.ApiBase : server.BaseUrl,
            },
            http,
            TimeProvider.System
        );
    }

    public StripePaymentProvider Provider { get; }

    public SandboxControl Control => server.Control;

    public IReadOnlyList<RecordedCall> Calls => Control.Calls.Calls;

    public static async Task<Adapter> StartAsync(StripeOptions? options = null, bool leaves = false) =>
        new(
            await SandboxServer.StartAsync(FrozenSandbox.Options),
            options
                ?? new StripeOptions
                {
                    ApiKey = "sk_test_adapter",
                    RequestsPerSecond = 1000,
                    RequestsPerSecondPerEndpoint = 1000,
                    Environment = "test",
                },
            leaves
        );

    public static Attempt NewAttempt(string paymentMethod = Pays, int number = 1, long cents = 5000) =>
        new()
        {
            Debit = new DebitId(new AccountId("10-0042"), 1, 7),
            Number = number,
            Amount = new Money(cents),
            Lines = [new AttemptLine(new BillId("b1"), new Money(cents))],
            Customer = "cus_resident1",
            PaymentMethod = paymentMethod,
            KeyAt = FrozenSandbox.Monday,
            TouchedAt = FrozenSandbox.Monday,
        };

    public Task<ProviderAnswer> CreateAsync(Attempt attempt) =>
        Provider.CreateAsync(new IntentRequest(attempt, attempt.Debit.Account));

    /// <summary>P1 went well: the attempt knows its intent.</summary>
    public async Task<Attempt> CreatedAsync(string paymentMethod = Pays, int number = 1)
    {
        var attempt = NewAttempt(paymentMethod, number);
        return attempt with { IntentId = Reading(await CreateAsync(attempt)).IntentId };
    }

    public async Task<Attempt> ConfirmedAsync(string paymentMethod = Pays, int number = 1)
    {
        var attempt = await CreatedAsync(paymentMethod, number);
        await Provider.ConfirmAsync(attempt);
        return attempt;
    }

    public async Task<IntentReading> ReadAsync(Attempt attempt) => Reading(await Provider.ReadAsync(attempt.IntentId!));

    public static IntentReading Reading(ProviderAnswer answer) => Assert.IsType<ProviderAnswer.Read>(answer).Intent;

    public async ValueTask DisposeAsync()
    {
        await Provider.DisposeAsync();
        http.Dispose();
        await server.DisposeAsync();
    }
}
