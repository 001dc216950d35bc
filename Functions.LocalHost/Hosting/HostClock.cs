using Microsoft.Extensions.DependencyInjection;

namespace Autopay.LocalHost;

/// <summary>
/// The app's TimeProvider if it registers one. The host registers none for the app, because the real one does not:
/// a forgotten registration must fail here too.
/// </summary>
internal sealed class HostClock(IServiceProvider services)
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    public TimeProvider Time { get; } = services.GetService<TimeProvider>() ?? TimeProvider.System;

    public DateTime UtcNow => Time.GetUtcNow().UtcDateTime;

    /// <summary>Returns early, without a throw, when the token is cancelled.</summary>
    public async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        await Task.Delay(delay, Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>How often somebody has moved it; never, when nobody can.</summary>
    public int Moves => (Time as IMovableClock)?.Moves ?? 0;

    /// <summary>Returns early, too, when the clock was moved past the instant.</summary>
    public async Task WaitUntilAsync(DateTime instant, TimeSpan longest, CancellationToken cancellationToken)
    {
        var move = (Time as IMovableClock)?.NextMove ?? Never;
        if (instant - UtcNow is var wait && wait > TimeSpan.Zero)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(move, WaitAsync(wait < longest ? wait : longest, over.Token));
            await over.CancelAsync();
        }
    }
}
