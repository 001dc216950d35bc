using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Rules.Simulation.Acts;

namespace Autopay.Tests.Rules.Simulation.World;

/// <summary>
/// The provider as one worker reaches it, through everything that can happen to a request and its answer.
/// </summary>
internal sealed class SimProvider(SimWorld world, Worker worker) : IPaymentProvider
{
    /// <summary>How the story of a refused confirm begins.</summary>
    public const string Refused = "refused:";

    private static readonly ProviderAnswer Lost = new ProviderAnswer.Doubt("the answer is lost");
    private int tries;

    public string Environment => world.Bank.Story.Environment;

    public Task<ProviderAnswer> CreateAsync(IntentRequest request)
    {
        var key =
            world.Mutant == Mutant.NewKeyForEachTry
                ? $"{request.Attempt.CreateKey}-{worker.Name}{++tries}"
                : request.Attempt.CreateKey;
        world.Checks.CreateBegins(request.Attempt, key);
        return AskAsync("create", key, () => world.Bank.Story.CreateAsync(request).Result);
    }

    public async Task<ProviderAnswer> ConfirmAsync(Attempt attempt)
    {
        world.Checks.ConfirmBegins(attempt);
        if (world.MustCrash())
        {
            worker.Crash();
            await new TaskCompletionSource().Task; // Nobody is there any more to go on.
        }

        var answer = await AskAsync(
            "confirm",
            attempt.ConfirmKey,
            () =>
            {
                world.Checks.ConfirmHappens(attempt);
                if (world.NextRefusal() is { } refusal)
                {
                    return refusal;
                }

                var result = world.Bank.Story.ConfirmAsync(attempt).Result;
                if (result is ProviderAnswer.Read)
                {
                    world.Customers.ConfirmHappened(attempt);
                    world.Bank.Emit(attempt.IntentId!, isItsStatus: true);
                }

                return result;
            }
        );
        return answer is ProviderAnswer.Doubt && world.Mutant == Mutant.TakesATimeoutForANo
            ? new ProviderAnswer.Read(
                world.Bank.Story.Intents.First(intent => intent.IntentId == attempt.IntentId) with
                {
                    Status = IntentStatus.Dead,
                    Code = "timeout",
                }
            )
            : answer;
    }

    public Task<ProviderAnswer> CancelAsync(string intentId, string idempotencyKey) =>
        AskAsync(
            "cancel",
            idempotencyKey,
            () =>
            {
                var result = world.Bank.Story.CancelAsync(intentId, idempotencyKey).Result;
                if (result is ProviderAnswer.Read)
                {
                    world.Bank.Emit(intentId, isItsStatus: true);
                }

                return result;
            }
        );

    public Task<ProviderAnswer> ReadAsync(string intentId) =>
        worker.AskAsync(
            Port.Provider,
            $"read {intentId}",
            fault => AnswerTo(fault) ?? world.Bank.Story.ReadAsync(intentId).Result
        );

    public Task<IReadOnlyList<IntentReading>?> ListAsync(string customer, DateTimeOffset createdFrom) =>
        worker.AskAsync(
            Port.Provider,
            $"list {customer}",
            fault => AnswerTo(fault) is null ? world.Bank.Story.ListAsync(customer, createdFrom).Result : null
        );

    private Task<ProviderAnswer> AskAsync(string what, string key, Func<ProviderAnswer> effect)
    {
        var name = $"{what} {key}";
        return worker.AskAsync(
            Port.Provider,
            name,
            fault =>
                IsInUse(name)
                    ? new ProviderAnswer.Doubt("409: the key is in use")
                    : fault switch
                    {
                        Fault.None => world.Bank.Keyed(key, effect),
                        Fault.ErrorBefore => world.Bank.Keyed(key, () => new ProviderAnswer.ServerError("500")),
                        Fault.ErrorAfter => world.Bank.Keyed(
                            key,
                            () =>
                            {
                                effect();
                                return new ProviderAnswer.ServerError("500");
                            }
                        ),
                        Fault.LostAfter or Fault.Repeated => Unheard(() => world.Bank.Keyed(key, effect)),
                        _ => AnswerTo(fault)!,
                    }
        );
    }

    private bool IsInUse(string name) =>
        world.Scheduler.Pending.Count(operation => operation.What == name && operation.HasHappened) > 1;

    private static ProviderAnswer Unheard(Func<ProviderAnswer> happens)
    {
        happens();
        return Lost;
    }

    private static ProviderAnswer? AnswerTo(Fault fault) =>
        fault switch
        {
            Fault.None or Fault.Repeated => null,
            Fault.NotYet => new ProviderAnswer.NotYet("429"),
            Fault.ErrorBefore or Fault.ErrorAfter => new ProviderAnswer.ServerError("503"),
            _ => Lost,
        };
}

/// <summary>Money given back, through the same faults.</summary>
internal sealed class SimRefunds(SimWorld world, Worker worker) : IRefundProvider
{
    public Task<ProviderAnswer> CreateRefundAsync(Refund refund, string intentId) =>
        worker.AskAsync(
            Port.Provider,
            $"refund {refund.Key}",
            fault =>
            {
                var answer = fault is Fault.None or Fault.LostAfter or Fault.Repeated or Fault.ErrorAfter
                    ? world.Bank.Story.CreateRefundAsync(refund, intentId).Result
                    : null;
                if (answer is ProviderAnswer.Given given)
                {
                    world.Bank.PlanRefund(given.Refund.RefundId, intentId);
                }

                return fault == Fault.None ? answer! : new ProviderAnswer.Doubt("the answer is lost");
            }
        );

    public Task<IReadOnlyList<RefundReading>?> ListRefundsAsync(string intentId) =>
        worker.AskAsync(
            Port.Provider,
            $"list refunds {intentId}",
            fault => fault is Fault.None or Fault.Repeated ? world.Bank.Story.ListRefundsAsync(intentId).Result : null
        );
}

/// <summary>What the provider has on record, page by page.</summary>
internal sealed class SimRecords(SimWorld world, Worker worker) : IProviderRecords
{
    private const int PageSize = 10;

    public async Task<IntentPage> ReadIntentsAsync(IntentRange range, CancellationToken cancel) =>
        await worker.AskAsync(
            Port.Provider,
            "list intents",
            fault =>
                fault is Fault.None or Fault.Repeated
                    ? world.Bank.Story.Intents.PageOf(range, PageSize)
                    : throw new ProviderAwayException("a page could not be had"),
            cancel
        );

    public IAsyncEnumerable<EventPage> ReadEventsAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancel
    ) =>
        PagesAsync(
                "events",
                () =>
                    world
                        .Bank.Events.Where(happened => happened.HappenedAt >= from && happened.HappenedAt <= to)
                        .Reverse()
            )
            .Select(page => new EventPage(page, page[^1].HappenedAt!.Value));

    private async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(string what, Func<IEnumerable<T>> records)
    {
        foreach (var page in records().ToList().Chunk(PageSize))
        {
            yield return await worker.AskAsync(
                Port.Provider,
                $"list {what}",
                fault =>
                    fault is Fault.None or Fault.Repeated
                        ? (IReadOnlyList<T>)page
                        : throw new ProviderAwayException("a page could not be had")
            );
        }
    }
}

/// <summary>Signatures are the real reader's business; here a body is the event's id and its intent's.</summary>
internal sealed class SimWebhookReader(SimWorld world, TimeProvider time) : IWebhookReader
{
    public ValueTask<WebhookReading> ReadAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancel)
    {
        var text = System.Text.Encoding.UTF8.GetString(body.Span);
        return new(
            new WebhookReading(
                world.Bank.Events.First(happened => happened.Body == text) with
                {
                    ReceivedAt = time.GetUtcNow(),
                },
                null
            )
        );
    }
}
