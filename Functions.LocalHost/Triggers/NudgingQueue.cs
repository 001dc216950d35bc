using System.Reflection;
using Autopay.Application.Ports.Messages;

namespace Autopay.LocalHost.Triggers;

/// <summary>The app's queue of this machine: who sends wakes those who listen.</summary>
internal class NudgingQueue : DispatchProxy
{
    private IWorkQueue queue = null!;
    private Action<string> wake = null!;

    public static IWorkQueue Around(IWorkQueue queue, Action<string> wake)
    {
        var nudging = Create<IWorkQueue, NudgingQueue>();
        var self = (NudgingQueue)(object)nudging;
        (self.queue, self.wake) = (queue, wake);
        return nudging;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var sending = targetMethod!.Invoke(queue, BindingFlags.DoNotWrapExceptions, null, args, null);
        if (sending is Task sent && QueueOf(args![0]) is { } name)
        {
            _ = sent.ContinueWith(
                _ => wake(name),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
        }

        return sending;
    }

    private static string? QueueOf(object? message) =>
        message switch
        {
            EvaluateMessage => QueueNames.Evaluate,
            ProviderEventMessage => QueueNames.ProviderEvents,
            ImportMessage => QueueNames.Imports,
            RunMessage => QueueNames.Runs,
            NoticeMessage => QueueNames.Notices,
            _ => null,
        };
}
