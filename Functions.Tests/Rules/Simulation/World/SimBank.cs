using System.Globalization;
using Autopay.Application.Ports.Provider;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.Rules.Simulation.World;

/// <summary>
/// The provider and the bank behind it: what they hold is the truth that our books are compared with. What the bank
/// will say of an attempt follows from the seed and the attempt alone, so that a shrunk history meets the same bank.
/// </summary>
internal sealed class SimBank
{
    private static readonly TimeSpan KeysLast = TimeSpan.FromHours(24);
    private readonly TimeProvider time;
    private readonly int seed;
    private readonly Dictionary<string, (ProviderAnswer Answer, DateTimeOffset At)> stored = [];
    private readonly Dictionary<(string Debit, int Number), string> keys = [];
    private readonly PriorityQueue<
        (string Intent, Func<IntentReading, IntentReading> Says),
        (DateTimeOffset At, int Order)
    > answers = new();
    private readonly HashSet<string> refundsPlanned = [];
    private int planned;

    public SimBank(TimeProvider time, int seed)
    {
        (this.time, this.seed) = (time, seed);
        Story = new StoryBank(time) { KeysLast = KeysLast, OnConfirm = Confirm };
    }

    public StoryBank Story { get; }

    /// <summary>What changed, in the order in which it did.</summary>
    public List<ProviderEvent> Events { get; } = [];

    /// <summary>The bank says yes to everything, after its four days.</summary>
    public bool AlwaysPays { get; set; }

    public Action<ProviderEvent> OnEvent { get; set; } = _ => { };

    public DateTimeOffset? NextAnswerAt => answers.TryPeek(out _, out var at) ? at.At : null;

    public ILookup<string?, IntentReading> IntentsByAccount() => Story.Intents.ToLookup(intent => intent.AccountId);

    /// <summary>The answer to a request under a key: for a day the same one, whatever it was.</summary>
    public ProviderAnswer Keyed(string key, Func<ProviderAnswer> effect)
    {
        if (stored.TryGetValue(key, out var known) && time.GetUtcNow() - known.At < KeysLast)
        {
            return known.Answer;
        }

        return Store(key, effect());
    }

    public ProviderAnswer Store(string key, ProviderAnswer answer)
    {
        stored[key] = (answer, time.GetUtcNow());
        return answer;
    }

    /// <summary>I14: an attempt is created under one key, and the key asks for one thing.</summary>
    public string? WhyKeyIsWrong(Attempt attempt, string key) =>
        keys.TryAdd((attempt.Debit.Value, attempt.Number), key) || keys[(attempt.Debit.Value, attempt.Number)] == key
            ? null
            : $"attempt {attempt.Number} of {attempt.Debit} was created under "
                + $"{keys[(attempt.Debit.Value, attempt.Number)]} and under {key}";

    public void AnswerWhatIsDue()
    {
        while (NextAnswerAt <= time.GetUtcNow())
        {
            var (id, says) = answers.Dequeue();
            var before = IntentOf(id).Status;
            Story.Change(id, says);
            Emit(id, IntentOf(id).Status != before);
        }
    }

    /// <param name="isItsStatus">The event is of the intent itself, and says what became of it; not of a refund or a
    /// dispute.</param>
    public void Emit(string intentId, bool isItsStatus)
    {
        var (id, intent) = (string.Create(CultureInfo.InvariantCulture, $"evt_{Events.Count + 1}"), IntentOf(intentId));
        var happened = new ProviderEvent
        {
            Id = id,
            Type = "payment_intent",
            ApiVersion = "",
            Livemode = false,
            IntentId = intentId,
            Body = $"{id} {intentId}",
            HappenedAt = time.GetUtcNow(),
            ReceivedAt = time.GetUtcNow(),
            Amount = isItsStatus ? intent.Amount : null,
            Claim = isItsStatus ? ClaimOf(intent) : null,
        };
        Events.Add(happened);
        OnEvent(happened);
    }

    private IntentReading IntentOf(string id) => Story.Intents.First(intent => intent.IntentId == id);

    private static IntentClaim ClaimOf(IntentReading intent) =>
        new()
        {
            IntentId = intent.IntentId,
            Debit = DebitId.From(intent.DebitId!),
            Attempt = intent.AttemptNumber!.Value,
            Status = intent.Status,
            Amount = intent.Amount,
            Received = intent.Received,
        };

    private IntentReading Confirm(IntentReading intent)
    {
        var roll = new Random(Hash($"{seed} {intent.DebitId} {intent.AttemptNumber}"));
        var now = (AlwaysPays ? 99 : roll.Next(100)) switch
        {
            < 12 => Yes(intent),
            < 16 => No("card_declined")(intent),
            < 20 => intent with { Status = IntentStatus.RequiresAction },
            _ => intent with { Status = IntentStatus.Processing },
        };
        if (now.Status == IntentStatus.Processing)
        {
            PlanAnswer(intent.IntentId, roll);
        }

        return now;
    }

    private void PlanAnswer(string intentId, Random roll)
    {
        var day = BankingCalendar.AddBankingDays(
            ChargingWorld.City.At(time.GetUtcNow()).Today,
            roll.Next(8) == 0 ? 7 : roll.Next(2, 5)
        );
        var at = ChargingWorld.City.ToUtc(day, new TimeOnly(5, 0));
        string[] codes =
        [
            "R01",
            "R01",
            "R01",
            "R01",
            "R01",
            "R09",
            "R02",
            "R10",
            "R08",
            "R15",
            "R31",
            "expired_card",
            "debit_not_authorized",
        ];
        var says = !AlwaysPays && roll.Next(100) < 30 ? No(codes[roll.Next(codes.Length)]) : Yes;
        answers.Enqueue((intentId, says), (at, planned++));
        if (!AlwaysPays && says == Yes && roll.Next(10) == 0)
        {
            answers.Enqueue(
                (
                    intentId,
                    intent =>
                        intent with
                        {
                            ReturnedCents = intent.Amount,
                            ReturnedCode = "R10",
                            EndsMandate = roll.Next(2) == 0,
                        }
                ),
                (at.AddDays(roll.Next(1, 20)), planned++)
            );
        }
    }

    /// <summary>
    /// What the bank will say of a refund: paid in a few days, or not; some that were paid come back after all.
    /// </summary>
    public void PlanRefund(string refundId, string intentId)
    {
        if (refundsPlanned.Add(refundId))
        {
            var roll = new Random(Hash($"{seed} {refundId} {intentId}"));
            var at = time.GetUtcNow().AddDays(roll.Next(1, 6));
            var fails = roll.Next(4) == 0;
            PlanSettling(refundId, intentId, fails && roll.Next(2) == 0 ? RefundState.Failed : RefundState.Paid, at);
            if (fails)
            {
                PlanSettling(refundId, intentId, RefundState.Failed, at.AddDays(roll.Next(1, 10)));
            }
        }
    }

    private void PlanSettling(string refundId, string intentId, RefundState state, DateTimeOffset at) =>
        answers.Enqueue(
            (
                intentId,
                _ =>
                {
                    if (Story.Refunds.First(refund => refund.RefundId == refundId).State != RefundState.Failed)
                    {
                        Story.AnswerRefund(refundId, state);
                    }

                    return IntentOf(intentId);
                }
            ),
            (at, planned++)
        );

    private static IntentReading Yes(IntentReading intent) =>
        intent with
        {
            Status = IntentStatus.Succeeded,
            Received = intent.Amount,
        };

    private static Func<IntentReading, IntentReading> No(string code) =>
        intent => intent with { Status = IntentStatus.Dead, Code = code };

    // The same in every process, unlike string.GetHashCode.
    public static int Hash(string text) => text.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));
}
