using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost;

/// <summary>Everything that the host says.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Executing {Function} ({Reason}, {InvocationId})")]
    public static partial void Executing(this ILogger logger, string function, string reason, string invocationId);

    [LoggerMessage(2, LogLevel.Information, "Executed {Function} ({InvocationId}) in {Milliseconds:0} ms")]
    public static partial void Executed(this ILogger logger, string function, string invocationId, double milliseconds);

    [LoggerMessage(3, LogLevel.Error, "{Function} failed ({InvocationId}) after {Milliseconds:0} ms")]
    public static partial void ExecutionFailed(this ILogger logger, Exception exception, string function, string invocationId, double milliseconds);

    [LoggerMessage(4, LogLevel.Error, "Functions are still running although they were told to give up; the host stops without them")]
    public static partial void FunctionsStillRunning(this ILogger logger, Exception? exception);

    [LoggerMessage(10, LogLevel.Information, "{Function} listens on the queue {Queue}")]
    public static partial void Listening(this ILogger logger, string function, string queue);

    [LoggerMessage(11, LogLevel.Warning, "Cannot receive messages, and tries again later: {Problem}")]
    public static partial void CannotReceive(this ILogger logger, string problem);

    [LoggerMessage(12, LogLevel.Warning, "Message {MessageId} {Why} and moves to {PoisonQueue}")]
    public static partial void MovedToPoison(this ILogger logger, string messageId, string why, string poisonQueue);

    [LoggerMessage(13, LogLevel.Information, "Message {MessageId} is no longer ours ({ErrorCode}), which is as good as done")]
    public static partial void MessageGone(this ILogger logger, string messageId, string? errorCode);

    [LoggerMessage(14, LogLevel.Warning, "Message {MessageId} failed in a queue that has no poison queue, and stays hidden for a while")]
    public static partial void LeftHidden(this ILogger logger, string messageId);

    [LoggerMessage(15, LogLevel.Error, "Message {MessageId} could not be finished and comes again when it is visible")]
    public static partial void MessageUnfinished(this ILogger logger, Exception exception, string messageId);

    [LoggerMessage(16, LogLevel.Warning, "Message {MessageId} could not be kept hidden, which is tried again: {Problem}")]
    public static partial void CannotRenew(this ILogger logger, string messageId, string problem);

    [LoggerMessage(20, LogLevel.Information, "{Function} runs at {Schedule} (UTC), next at {Next:u}")]
    public static partial void TimerListening(this ILogger logger, string function, string schedule, DateTime next);

    [LoggerMessage(21, LogLevel.Information, "The tick of {Tick:u} is run by another host")]
    public static partial void TickTakenElsewhere(this ILogger logger, DateTime tick);

    [LoggerMessage(22, LogLevel.Warning, "Storage does not answer the timer, which tries again: {Problem}")]
    public static partial void TimerStorageTrouble(this ILogger logger, string problem);

    [LoggerMessage(23, LogLevel.Warning, "The lock {Blob} could not be renewed or released: {Problem}")]
    public static partial void TimerLeaseTrouble(this ILogger logger, string blob, string problem);
}
