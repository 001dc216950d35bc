using System.Globalization;
using Autopay.Application.Ports.Provider;

namespace Autopay.Rehearsal.World;

/// <summary>
/// A provider without any network: a rehearsal cannot reach a live account, by construction. The payment method's id
/// decides what the bank does, at 05:00 on the fourth banking day after submission (rehearsal.md).
/// </summary>
public sealed class RehearsalBank(CityCalendar city, TimeProvider time) : IPaymentProvider
{
    private const int AnswerAfterBankingDays = 4;
    private static readonly TimeOnly AnswersAt = new(5, 0);
    private readonly Dictionary<string, IntentReading> intents = [];
    private readonly Dictionary<string, string> intentOfKey = [];
    private readonly PriorityQueue<
        (string Intent, Func<IntentReading, IntentReading> Answer),
        (DateTimeOffset, int)
    > answers = new();
    private int answersPlanned;

    public string Environment => "rehearsal";

    /// <summary>What it confirms of a batch; null: everything.</summary>
    public BatchLimit? Limit { get; set; }

    public IReadOnlyCollection<IntentReading> Intents => intents.Values;

    /// <summary>When the bank next has something to say.</summary>
    public DateTimeOffset? NextAnswerAt => answers.TryPeek(out _, out var at) ? at.Item1 : null;

    public Task<ProviderAnswer> CreateAsync(IntentRequest request)
    {
        var attempt = request.Attempt;
        if (!intentOfKey.TryGetValue(attempt.CreateKey, out var id))
        {
            id = intentOfKey[attempt.CreateKey] =
                "pi_" + (intents.Count + 1).ToString("0000000", CultureInfo.InvariantCulture);
            intents[id] = new IntentReading
            {
                IntentId = id,
                Status = IntentStatus.Untouched,
                Amount = attempt.Amount,
                Customer = attempt.Customer,
                PaymentMethod = attempt.PaymentMethod,
                CreatedAt = time.GetUtcNow(),
                AccountId = request.Account.Value,
                DebitId = attempt.Debit.Value,
                AttemptNumber = attempt.Number,
                Environment = Environment,
            };
        }

        return Answer(id);
    }

    public Task<ProviderAnswer> ConfirmAsync(Attempt attempt)
    {
        var isAnswered = Limit?.Confirms(time.GetUtcNow()) ?? true;
        var intent = intents[attempt.Intent];
        if (intent.Status == IntentStatus.Untouched && (isAnswered || Limit is { TakesTheOthers: true }))
        {
            intents[intent.IntentId] = intent with { Status = IntentStatus.Processing };
            Submit(intent);
        }

        return isAnswered
            ? Answer(intent.IntentId)
            : Task.FromResult<ProviderAnswer>(new ProviderAnswer.Doubt("no confirmation came"));
    }

    public Task<ProviderAnswer> CancelAsync(string intentId, string idempotencyKey)
    {
        var intent = intents[intentId];
        if (intent.Status is IntentStatus.Untouched or IntentStatus.Dead)
        {
            intents[intentId] = intent with { Status = IntentStatus.Cancelled };
        }

        return Answer(intentId);
    }

    public Task<ProviderAnswer> ReadAsync(string intentId) => Answer(intentId);

    public Task<IReadOnlyList<IntentReading>?> ListAsync(string customer, DateTimeOffset createdFrom) =>
        Task.FromResult<IReadOnlyList<IntentReading>?>([
            .. intents.Values.Where(intent => intent.Customer == customer && intent.CreatedAt >= createdFrom),
        ]);

    /// <summary>Lets the bank say what is due now; the intents that changed.</summary>
    public IReadOnlyList<string> AnswerWhatIsDue()
    {
        List<string> changed = [];
        while (NextAnswerAt <= time.GetUtcNow())
        {
            var (id, answer) = answers.Dequeue();
            intents[id] = answer(intents[id]);
            changed.Add(id);
        }

        return changed;
    }

    private Task<ProviderAnswer> Answer(string intentId) =>
        Task.FromResult<ProviderAnswer>(new ProviderAnswer.Read(intents[intentId]));

    private void Submit(IntentReading intent)
    {
        switch (intent.PaymentMethod)
        {
            case "pm_usBankAccount_insufficientFunds":
                Plan(intent, AnswerAfterBankingDays, No("R01"));
                break;
            case "pm_usBankAccount_accountClosed":
                Plan(intent, AnswerAfterBankingDays, No("R02"));
                break;
            case "pm_usBankAccount_noAccount":
                Plan(intent, AnswerAfterBankingDays, No("R03"));
                break;
            case "pm_usBankAccount_debitNotAuthorized":
                Plan(intent, AnswerAfterBankingDays, No("R10"));
                break;
            case "pm_usBankAccount_processing":
                break;
            case "pm_usBankAccount_dispute":
                Plan(intent, AnswerAfterBankingDays, Yes);
                Plan(intent, AnswerAfterBankingDays + 1, Disputed);
                break;
            default:
                Plan(intent, AnswerAfterBankingDays, Yes);
                break;
        }
    }

    private void Plan(IntentReading intent, int bankingDays, Func<IntentReading, IntentReading> answer)
    {
        var day = BankingCalendar.AddBankingDays(city.At(time.GetUtcNow()).Today, bankingDays);
        answers.Enqueue((intent.IntentId, answer), (city.ToUtc(day, AnswersAt), answersPlanned++));
    }

    private static Func<IntentReading, IntentReading> No(string code) =>
        intent => intent with { Status = IntentStatus.Dead, Code = code };

    private static IntentReading Yes(IntentReading intent) =>
        intent with
        {
            Status = IntentStatus.Succeeded,
            Received = intent.Amount,
        };

    private static IntentReading Disputed(IntentReading intent) =>
        intent with
        {
            ReturnedCents = intent.Amount,
            ReturnedCode = "dispute",
            EndsMandate = true,
        };
}
