using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;

namespace Autopay.Tests.App.ChargeProtocol;

internal enum Call
{
    Create,
    Confirm,
    Cancel,
    Read,
    List,
    Refund,
    ListRefunds,
}

/// <summary>One call as the provider saw it; the key is null for a read and a list.</summary>
internal sealed record ProviderCall(Call Kind, string? IntentId, string? Key);

/// <summary>
/// A provider that keeps Stripe's promises and no others: one charge per intent, answers replayed under their key until
/// it is pruned. A test says what happens to the next call of a kind, or what happens elsewhere while it is under way.
/// </summary>
internal sealed class StoryBank(TimeProvider time) : IPaymentProvider, IProviderRecords, IRefundProvider
{
    private const int PageSize = 2;
    private readonly Dictionary<string, IntentReading> intents = [];
    private readonly Dictionary<string, string> createdBy = [];
    private readonly Dictionary<string, DateTimeOffset> keyedAt = [];
    private readonly Dictionary<string, RefundReading> refunds = [];
    private readonly Dictionary<Call, Queue<(ProviderAnswer Answer, bool Happens)>> faults = [];
    private readonly Dictionary<Call, Queue<Func<Task>>> meanwhile = [];

    public string Environment => "story";

    public List<ProviderCall> Calls { get; } = [];

    public IReadOnlyCollection<IntentReading> Intents => intents.Values;

    /// <summary>What a confirm makes of an intent.</summary>
    public Func<IntentReading, IntentReading> OnConfirm { get; set; } =
        intent => intent with { Status = IntentStatus.Processing };

    /// <summary>A list that is empty although there is something.</summary>
    public bool HidesLists { get; set; }

    /// <summary>Intents that the provider does not know any more: neither listed nor read.</summary>
    public HashSet<string> Lost { get; } = [];

    /// <summary>Intents that a list has not got yet, and a read has.</summary>
    public HashSet<string> Unlisted { get; } = [];

    /// <summary>How long the keys of creates are remembered; for ever unless a test says otherwise.</summary>
    public TimeSpan KeysLast { get; set; } = TimeSpan.MaxValue;

    /// <summary>By how much the provider's clock is behind ours.</summary>
    public TimeSpan Behind { get; set; }

    public IEnumerable<IntentReading> Charging =>
        Intents.Where(intent => intent.Status is IntentStatus.Processing or IntentStatus.Succeeded);

    public int Count(Call kind) => Calls.Count(call => call.Kind == kind);

    /// <summary>The next call of the kind is answered so, whether it happens or not.</summary>
    public void Answers(Call kind, ProviderAnswer answer, bool happens = false, int times = 1)
    {
        for (var time = 0; time < times; time++)
        {
            QueueOf(faults, kind).Enqueue((answer, happens));
        }
    }

    /// <summary>
    /// What happens elsewhere while the next call of the kind is under way: after it arrived, before it is answered.
    /// </summary>
    public void Meanwhile(Call kind, Func<Task> elsewhere) => QueueOf(meanwhile, kind).Enqueue(elsewhere);

    public IReadOnlyCollection<RefundReading> Refunds => refunds.Values;

    public void PruneKeys() => createdBy.Clear();

    public Task<ProviderAnswer> CreateRefundAsync(Refund refund, string intentId) =>
        AnswerAsync(
            Call.Refund,
            intentId,
            refund.Key,
            () =>
            {
                if (!createdBy.TryGetValue(refund.Key, out var id))
                {
                    createdBy[refund.Key] = id = RefundByHand(intentId, refund.Amount.Cents);
                    refunds[id] = refunds[id] with
                    {
                        Number = refund.Number,
                        Debit = refund.Debit.Value,
                        RequestId = refund.RequestId,
                        Kind = refund.Kind,
                    };
                }

                return new ProviderAnswer.Given(refunds[id]);
            }
        );

    public async Task<IReadOnlyList<RefundReading>?> ListRefundsAsync(string intentId)
    {
        IReadOnlyList<RefundReading> found = [.. refunds.Values.Where(refund => refund.IntentId == intentId)];
        var answer = await AnswerAsync(
            Call.ListRefunds,
            intentId,
            null,
            () => new ProviderAnswer.Had<IReadOnlyList<RefundReading>>(found)
        );
        return (answer as ProviderAnswer.Had<IReadOnlyList<RefundReading>>)?.What;
    }

    /// <summary>A refund that somebody makes at the provider itself.</summary>
    public string RefundByHand(string intentId, long cents)
    {
        var id = $"re_{refunds.Count + 1}";
        refunds[id] = new RefundReading(id, intentId, new Money(cents), RefundState.Sent, null, null);
        intents[intentId] = intents[intentId] with { Refunded = intents[intentId].Refunded + new Money(cents) };
        return id;
    }

    public void AnswerRefund(string refundId, RefundState state)
    {
        var refund = refunds[refundId] = refunds[refundId] with { State = state };
        if (state == RefundState.Failed)
        {
            intents[refund.IntentId] = intents[refund.IntentId] with
            {
                Refunded = intents[refund.IntentId].Refunded - refund.Amount,
            };
        }
    }

    public void Change(string intentId, Func<IntentReading, IntentReading> change) =>
        intents[intentId] = change(intents[intentId]);

    public Task<ProviderAnswer> CreateAsync(IntentRequest request) =>
        AnswerAsync(
            Call.Create,
            null,
            request.Attempt.CreateKey,
            () =>
            {
                var attempt = request.Attempt;
                if (
                    !createdBy.TryGetValue(attempt.CreateKey, out var id)
                    || time.GetUtcNow() - keyedAt[attempt.CreateKey] >= KeysLast
                )
                {
                    createdBy[attempt.CreateKey] = id = $"pi_{intents.Count + 1}";
                    keyedAt[attempt.CreateKey] = time.GetUtcNow();
                    intents[id] = NewIntent(id, attempt);
                }

                return intents[id].Amount == attempt.Amount
                    // Replayed as it was stored.
                    ? new ProviderAnswer.Read(intents[id] with { Status = IntentStatus.Untouched })
                    : new ProviderAnswer.KeyMisused("same key, other parameters");
            }
        );

    /// <summary>What others do while a confirm waits for its turn; null: none waits.</summary>
    public Func<Task>? WhileOneWaits { get; set; }

    public async Task<ProviderAnswer> ConfirmAsync(Attempt attempt)
    {
        if (WhileOneWaits is { } others)
        {
            await others();
            if (!await ProviderTurn.MayLeaveAsync())
            {
                return new ProviderAnswer.NotAsked();
            }
        }

        return await AnswerAsync(
            Call.Confirm,
            attempt.IntentId,
            attempt.ConfirmKey,
            () =>
                intents[attempt.IntentId!].Status == IntentStatus.Untouched
                    ? Changed(attempt.IntentId!, OnConfirm(intents[attempt.IntentId!]))
                    : new ProviderAnswer.Rejected("400: this intent cannot be confirmed")
        );
    }

    public Task<ProviderAnswer> CancelAsync(string intentId, string idempotencyKey) =>
        AnswerAsync(
            Call.Cancel,
            intentId,
            idempotencyKey,
            () =>
                intents[intentId].Status is IntentStatus.Processing or IntentStatus.Succeeded
                    ? new ProviderAnswer.Rejected("400: this intent cannot be cancelled")
                    : Changed(intentId, intents[intentId] with { Status = IntentStatus.Cancelled })
        );

    public Task<ProviderAnswer> ReadAsync(string intentId) =>
        AnswerAsync(
            Call.Read,
            intentId,
            null,
            () =>
                !Lost.Contains(intentId) && intents.TryGetValue(intentId, out var intent)
                    ? new ProviderAnswer.Read(intent)
                    : new ProviderAnswer.Rejected("404: no such intent")
        );

    public async Task<IReadOnlyList<IntentReading>?> ListAsync(string customer, DateTimeOffset createdFrom)
    {
        IReadOnlyList<IntentReading> found =
        [
            .. Intents.Where(intent => intent.Customer == customer && intent.CreatedAt >= createdFrom),
        ];
        var answer = await AnswerAsync(
            Call.List,
            null,
            null,
            () => new ProviderAnswer.Had<IReadOnlyList<IntentReading>>(found)
        );
        return (answer as ProviderAnswer.Had<IReadOnlyList<IntentReading>>)?.What;
    }

    public async Task<IntentPage> ReadIntentsAsync(IntentRange range, CancellationToken cancel)
    {
        var page = Intents.Where(IsListed).PageOf(range, PageSize);
        var answer = await AnswerAsync(Call.List, null, null, () => new ProviderAnswer.Had<IntentPage>(page));
        return answer is ProviderAnswer.Had<IntentPage>
            ? page
            : throw new ProviderAwayException("a page of the list could not be had");
    }

    public IAsyncEnumerable<EventPage> ReadEventsAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancel
    ) => AsyncEnumerable.Empty<EventPage>();

    /// <summary>An intent that nobody of ours remembers, with the metadata of an attempt.</summary>
    public string Twin(Attempt attempt, IntentStatus status)
    {
        var id = $"pi_{intents.Count + 1}";
        intents[id] = NewIntent(id, attempt) with
        {
            Status = status,
            Received = status == IntentStatus.Succeeded ? attempt.Amount : Money.Zero,
        };
        return id;
    }

    private bool IsListed(IntentReading intent) =>
        !HidesLists && !Lost.Contains(intent.IntentId) && !Unlisted.Contains(intent.IntentId);

    private IntentReading NewIntent(string id, Attempt? attempt) =>
        new()
        {
            IntentId = id,
            Status = IntentStatus.Untouched,
            Amount = attempt?.Amount ?? Money.Zero,
            Customer = attempt?.Customer ?? "",
            PaymentMethod = attempt?.PaymentMethod ?? "",
            CreatedAt = time.GetUtcNow() - Behind,
            AccountId = attempt?.Debit.Account.Value,
            DebitId = attempt?.Debit.Value,
            AttemptNumber = attempt?.Number,
            Environment = Environment,
        };

    private ProviderAnswer.Read Changed(string id, IntentReading intent) => new(intents[id] = intent);

    private async Task<ProviderAnswer> AnswerAsync(
        Call kind,
        string? intentId,
        string? key,
        Func<ProviderAnswer> effect
    )
    {
        Calls.Add(new ProviderCall(kind, intentId, key));
        if (QueueOf(meanwhile, kind).TryDequeue(out var elsewhere))
        {
            await elsewhere();
        }

        if (!QueueOf(faults, kind).TryDequeue(out var fault))
        {
            return effect();
        }

        if (fault.Happens)
        {
            effect();
        }

        return fault.Answer;
    }

    private static Queue<T> QueueOf<T>(Dictionary<Call, Queue<T>> queues, Call kind) =>
        queues.TryGetValue(kind, out var queue) ? queue : queues[kind] = new Queue<T>();
}

internal static class ListedIntents
{
    /// <summary>A page of a list, the newest first; those of one instant in the order in which they came.</summary>
    public static IntentPage PageOf(this IEnumerable<IntentReading> intents, IntentRange range, int size)
    {
        var left = intents
            .Where(intent => range.Holds(intent.CreatedAt))
            .Reverse()
            .OrderByDescending(intent => intent.CreatedAt)
            .SkipWhile(intent => range.After is not null && intent.IntentId != range.After)
            .Skip(range.After is null ? 0 : 1)
            .ToList();
        IReadOnlyList<IntentReading> page = [.. left.Take(size)];
        return new IntentPage(page, left.Count > size ? range with { After = page[^1].IntentId } : null);
    }
}
