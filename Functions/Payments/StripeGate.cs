using Autopay.Application.Ports.Provider;
using Autopay.Application.Telemetry;
using Autopay.Payments.Rates;
using Polly;
using Polly.CircuitBreaker;

namespace Autopay.Payments;

/// <summary>
/// What stands between us and Stripe's limits: the rate, which the instances of the app share, and one breaker that
/// stops asking when the provider is away instead of failing a whole cycle call by call.
/// </summary>
internal sealed class StripeGate : IAsyncDisposable
{
    private readonly SharedRate? shared;
    private readonly CallTurns turns;
    private readonly ResiliencePipeline<ProviderAnswer> breaker;

    /// <param name="store">Null: this instance has its static share.</param>
    /// <param name="time">Of the breaker. The rate is kept in real time: Stripe counts in no other.</param>
    public StripeGate(StripeOptions options, TimeProvider time, ISharedRateStore? store = null)
    {
        var limits = RateLimits.Of(options);
        shared =
            store is not null && limits.Instances > 1
                ? new SharedRate(limits, store, TimeProvider.System, Guid.NewGuid().ToString("N")[..12])
                : null;
        turns = shared?.Turns ?? new CallTurns(limits, TimeProvider.System, isShared: false);
        breaker = new ResiliencePipelineBuilder<ProviderAnswer> { TimeProvider = time }
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions<ProviderAnswer>
                {
                    FailureRatio = 0.5,
                    MinimumThroughput = 20,
                    SamplingDuration = TimeSpan.FromSeconds(30),
                    BreakDuration = TimeSpan.FromSeconds(15),
                    ShouldHandle = args =>
                        ValueTask.FromResult(
                            args.Outcome.Result is ProviderAnswer.NotYet or ProviderAnswer.ServerError
                        ),
                }
            )
            .Build();
    }

    public async Task<ProviderAnswer> PassAsync(string endpoint, Func<Task<ProviderAnswer>> call)
    {
        using var span = Tracing.Start($"stripe {endpoint}");
        var answer = await AskAsync(endpoint, call);
        span?.SetTag("answer", answer.GetType().Name);
        Metering.Asked(endpoint, answer.GetType().Name);
        return answer;
    }

    /// <summary>A call that has begun asks once more: it waits, but does not give up.</summary>
    public async Task NextAsync(string endpoint)
    {
        if (!await turns.WaitAsync(endpoint, ProviderTurn.BulkWork, CancellationToken.None))
        {
            throw new InvalidOperationException($"No turn for {endpoint}.");
        }
    }

    private async Task<ProviderAnswer> AskAsync(string endpoint, Func<Task<ProviderAnswer>> call)
    {
        try
        {
            if (!await turns.WaitAsync(endpoint, ProviderTurn.BulkWork, ProviderTurn.GivenUp))
            {
                return new ProviderAnswer.NotYet($"more calls of {endpoint} wait than its rate allows");
            }

            if (!await ProviderTurn.MayLeaveAsync())
            {
                return new ProviderAnswer.NotAsked();
            }
        }
        catch (OperationCanceledException)
        {
            return new ProviderAnswer.NotAsked();
        }

        try
        {
            return await breaker.ExecuteAsync(async _ => await call(), CancellationToken.None);
        }
        catch (BrokenCircuitException open)
        {
            return new ProviderAnswer.NotYet(open.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (shared is not null)
        {
            await shared.DisposeAsync();
        }

        turns.Dispose();
    }
}
