using Microsoft.Azure.WebJobs.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.LocalHost.Triggers;

/// <summary>
/// Wakes the SDK's listener of a queue, as the SDK's own bindings do when they send: it need not look often. What the
/// bindings use for it is not public, and is found by its name.
/// </summary>
internal sealed class QueueNudge
{
    private const string Watcher = "Microsoft.Azure.WebJobs.Extensions.Storage.Common.Listeners.SharedQueueWatcher";
    private static readonly Type Shared = typeof(QueuesOptions).Assembly.GetType(Watcher, throwOnError: true)!;
    private readonly object watcher = Activator.CreateInstance(Shared)!;
    private readonly Action<string> notify;

    public QueueNudge() => notify = Shared.GetMethod("Notify")!.CreateDelegate<Action<string>>(watcher);

    /// <summary>The listeners of this host register with it.</summary>
    public void AddTo(IServiceCollection services) => services.AddSingleton(Shared, watcher);

    /// <summary>A listener that waits looks at once; without one nothing happens.</summary>
    public void Notify(string queue) => notify(queue);
}
