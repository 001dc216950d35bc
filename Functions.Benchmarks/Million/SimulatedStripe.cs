using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Autopay.Application.Ports.Provider;
using Autopay.Benchmarks.World;
using Autopay.Payments.Rates;

namespace Autopay.Benchmarks.Million;

/// <summary>Stripe's side: its limits, and the intents that there are.</summary>
/// <param name="OfEndpoint">Calls a second; 25, unless more was granted.</param>
internal sealed record StripeSide(VirtualTime Time, int OfEndpoint)
{
    /// <summary>Of a live account.</summary>
    private const int InAll = 100;
    private static readonly TimeSpan Quickest = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Spread = TimeSpan.FromMilliseconds(600);
    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Second, int Calls)> seconds = new(StringComparer.Ordinal);
    private int calls;
    private IntentList? list;

    public ConcurrentDictionary<string, IntentReading> Intents { get; } = new();

    public IntentList List => list ??= new IntentList(Intents);

    public int Calls => calls;

    public int Refused { get; private set; }

    public int Submitted { get; set; }

    /// <summary>False: 429.</summary>
    public bool Admits(string endpoint)
    {
        lock (gate)
        {
            calls++;
            var refused = Count("all") > InAll | Count(endpoint) > OfEndpoint;
            Refused += refused ? 1 : 0;
            return !refused;
        }
    }

    /// <summary>How long a call takes is published nowhere: 0.3 to 0.9 s is assumed.</summary>
    public Task TakeTimeAsync() => Time.WaitAsync(Quickest + (Spread * (calls * 37 % 100 / 100.0)));

    private int Count(string pool)
    {
        var second = (long)Time.Passed.TotalSeconds;
        var (last, taken) = seconds.GetValueOrDefault(pool);
        seconds[pool] = (second, last == second ? taken + 1 : 1);
        return seconds[pool].Calls;
    }
}

/// <summary>An instance's way to Stripe: the shared rate as the app keeps it, in virtual time.</summary>
internal sealed class SimulatedStripe(StripeSide side, SharedRate rate) : IPaymentProvider, IProviderRecords
{
    private readonly SteppingClock clock = new(side.Time.GetUtcNow());
    private PromptBank? bank;

    public string Environment => Bank.Environment;

    private PromptBank Bank => bank ??= new PromptBank(clock, side.Intents);

    public Task<ProviderAnswer> CreateAsync(IntentRequest request) =>
        AskAsync(
            "create",
            () =>
            {
                clock.MoveTo(side.Time.GetUtcNow());
                return Bank.CreateAsync(request);
            }
        );

    public async Task<ProviderAnswer> ConfirmAsync(Attempt attempt)
    {
        var answer = await AskAsync("confirm", () => Bank.ConfirmAsync(attempt));
        side.Submitted += answer is ProviderAnswer.Read ? 1 : 0;
        return answer;
    }

    public Task<ProviderAnswer> CancelAsync(string intentId, string idempotencyKey) =>
        AskAsync("cancel", () => Bank.CancelAsync(intentId, idempotencyKey));

    public Task<ProviderAnswer> ReadAsync(string intentId) => AskAsync("read", () => Bank.ReadAsync(intentId));

    public Task<IReadOnlyList<IntentReading>?> ListAsync(string customer, DateTimeOffset createdFrom) =>
        Bank.ListAsync(customer, createdFrom);

    public async Task<IntentPage> ReadIntentsAsync(IntentRange range, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        while (true)
        {
            var answer = await AskAsync(
                "list",
                () => Task.FromResult<ProviderAnswer>(new ProviderAnswer.Had<IntentPage>(side.List.Page(range)))
            );
            if (answer is ProviderAnswer.Had<IntentPage> had)
            {
                return had.What;
            }

            await side.TakeTimeAsync();
        }
    }

    public async IAsyncEnumerable<EventPage> ReadEventsAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await AskAsync("events", () => Task.FromResult<ProviderAnswer>(new ProviderAnswer.Had<int>(0)));
        yield break;
    }

    private async Task<ProviderAnswer> AskAsync(string endpoint, Func<Task<ProviderAnswer>> answer)
    {
        try
        {
            if (!await rate.Turns.WaitAsync(endpoint, ProviderTurn.BulkWork, ProviderTurn.GivenUp))
            {
                return new ProviderAnswer.NotYet($"more calls of {endpoint} wait than its rate allows");
            }
        }
        catch (OperationCanceledException)
        {
            return new ProviderAnswer.NotAsked();
        }

        var isAdmitted = side.Admits(endpoint);
        await side.TakeTimeAsync();
        return isAdmitted ? await answer() : new ProviderAnswer.NotYet("429");
    }
}
