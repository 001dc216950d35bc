using Autopay.Application.Evaluating;
using Microsoft.Extensions.Hosting;

namespace Autopay.Hosting;

/// <summary>The app ends: messages that go on behind an answer are waited for.</summary>
internal sealed class DrainHints(HintsUnderWay hints) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken) =>
        await hints.DrainAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
