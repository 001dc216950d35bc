using Microsoft.Azure.WebJobs;

namespace Autopay.LocalHost.Triggers;

/// <summary>What the emitted methods call. Public, because the emitted assembly is another one.</summary>
public abstract class TriggerTarget(ITriggerCalls calls)
{
    protected Task CallAsync(string function, string message, Binder binder, CancellationToken cancel) =>
        calls.OfQueueAsync(function, message, binder, cancel);

    protected Task CallAsync(string function, TimerInfo timer, Binder binder, CancellationToken cancel) =>
        calls.OfTimerAsync(function, timer, binder, cancel);
}

/// <summary>Where the SDK's listeners lead.</summary>
public interface ITriggerCalls
{
    Task OfQueueAsync(string function, string message, Binder binder, CancellationToken cancel);

    Task OfTimerAsync(string function, TimerInfo timer, Binder binder, CancellationToken cancel);
}
