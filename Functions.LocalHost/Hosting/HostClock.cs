using Microsoft.Extensions.DependencyInjection;

namespace Autopay.LocalHost;

/// <summary>
/// The app's TimeProvider if it registers one. The host registers none for the app, because the real one does not:
/// a forgotten registration must fail here too.
/// </summary>
internal sealed class HostClock(IServiceProvider services)
{
    public TimeProvider Time { get; } = services.GetService<TimeProvider>() ?? TimeProvider.System;

    public DateTime UtcNow => Time.GetUtcNow().UtcDateTime;

    /// <summary>Returns early, without a throw, when the token is cancelled.</summary>
    public async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        await Task.Delay(delay, Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
