using System.Collections.Concurrent;
using System.Globalization;
using Autopay.Application.Ports.Provider;

namespace Autopay.Benchmarks.World;

/// <summary>
/// A provider in memory that takes every debit and collects it. Each call lets a little time pass, as a real one does.
/// </summary>
/// <param name="known">Shared with other instances; null: its own.</param>
public sealed class PromptBank(SteppingClock clock, ConcurrentDictionary<string, IntentReading>? known = null)
    : IPaymentProvider
{
    private static readonly TimeSpan CallTakes = TimeSpan.FromMilliseconds(50);
    private readonly ConcurrentDictionary<string, IntentReading> intents = known ?? new();
    private int calls;

    public string Environment => "benchmark";

    public int Calls => Volatile.Read(ref calls);

    public IReadOnlyDictionary<string, IntentReading> Known => intents;

    public IReadOnlyCollection<IntentReading> Intents => [.. intents.Values];

    public IReadOnlyCollection<string> Submitted =>
        [.. intents.Values.Where(intent => intent.Status == IntentStatus.Processing).Select(intent => intent.IntentId)];

    public Task<ProviderAnswer> CreateAsync(IntentRequest request)
    {
        var attempt = request.Attempt;
        var intent = intents.GetOrAdd(
            $"{attempt.CreateKey}-intent",
            id => new IntentReading
            {
                IntentId = id,
                Status = IntentStatus.Untouched,
                Amount = attempt.Amount,
                Customer = attempt.Customer,
                PaymentMethod = attempt.PaymentMethod,
                CreatedAt = clock.GetUtcNow(),
                AccountId = request.Account.Value,
                DebitId = attempt.Debit.Value,
                AttemptNumber = attempt.Number,
                Environment = Environment,
            }
        );
        return Answer(intent);
    }

    public Task<ProviderAnswer> ConfirmAsync(Attempt attempt) => Change(attempt.IntentId!, IntentStatus.Processing);

    public Task<ProviderAnswer> CancelAsync(string intentId, string idempotencyKey) =>
        Change(intentId, IntentStatus.Cancelled);

    public Task<ProviderAnswer> ReadAsync(string intentId) => Answer(intents[intentId]);

    public Task<IReadOnlyList<IntentReading>?> ListAsync(string customer, DateTimeOffset createdFrom) =>
        throw new InvalidOperationException(
            "Nothing fails here, so nothing has to be looked up: "
                + string.Create(CultureInfo.InvariantCulture, $"{customer} from {createdFrom:u}.")
        );

    /// <summary>The money of a submitted intent is there.</summary>
    public void Collect(string intentId) =>
        intents[intentId] = intents[intentId] with
        {
            Status = IntentStatus.Succeeded,
            Received = intents[intentId].Amount,
        };

    private Task<ProviderAnswer> Change(string intentId, IntentStatus status) =>
        Answer(intents[intentId] = intents[intentId] with { Status = status });

    private Task<ProviderAnswer> Answer(IntentReading intent)
    {
        Interlocked.Increment(ref calls);
        clock.Advance(CallTakes);
        return Task.FromResult<ProviderAnswer>(new ProviderAnswer.Read(intent));
    }
}
