using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Telemetry;
using Polly;
using Polly.CircuitBreaker;

namespace Autopay.Payments;

/// <summary>
/// What stands between us and Stripe's limits: a rate per endpoint, and one breaker that stops asking when the provider
/// is away instead of failing a whole cycle call by call.
/// </summary>
internal sealed class StripeGate : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TokenBucketRateLimiter> limiters = new();
    private readonly int perSecond;
    private readonly ResiliencePipeline<ProviderAnswer> breaker;

    public StripeGate(StripeOptions options, TimeProvider time)
    {
        perSecond = Math.Max(1, options.RequestsPerSecond / Math.Max(1, options.Instances));
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

    private async Task<ProviderAnswer> AskAsync(string endpoint, Func<Task<ProviderAnswer>> call)
    {
        using var lease = await WaitAsync(endpoint);
        if (lease is null)
        {
            return new ProviderAnswer.NotAsked();
        }

        if (!lease.IsAcquired)
        {
            return new ProviderAnswer.NotYet($"more calls of {endpoint} wait than its rate allows");
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

    private async Task<RateLimitLease?> WaitAsync(string endpoint)
    {
        try
        {
            return await LimiterOf(endpoint).AcquireAsync(1, ProviderTurn.GivenUp);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var limiter in limiters.Values)
        {
            await limiter.DisposeAsync();
        }
    }

    private TokenBucketRateLimiter LimiterOf(string endpoint) =>
        limiters.GetOrAdd(
            endpoint,
            _ => new TokenBucketRateLimiter(
                new TokenBucketRateLimiterOptions
                {
                    TokenLimit = perSecond,
                    TokensPerPeriod = Math.Max(1, perSecond / 10),
                    ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
                    QueueLimit = 10_000,
                    QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
                }
            )
        );
}
