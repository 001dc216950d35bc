using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost.Hosting;

/// <summary>Everything that this host says itself; the WebJobs SDK and the worker speak for themselves.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The worker has ended; it is started again")]
    public static partial void WorkerDied(this ILogger logger);

    [LoggerMessage(8, LogLevel.Error, "The worker does not start, which is tried again: {Problem}")]
    public static partial void WorkerNotStarted(this ILogger logger, string problem);

    [LoggerMessage(2, LogLevel.Warning, "Queues and timers cannot be listened to, which is tried again: {Problem}")]
    public static partial void CannotListen(this ILogger logger, string problem);

    [LoggerMessage(3, LogLevel.Information, "{Function} is called: {Reason}")]
    public static partial void Calling(this ILogger logger, string function, string reason);

    [LoggerMessage(4, LogLevel.Error, "{Function} failed: {Problem}")]
    public static partial void CallFailed(this ILogger logger, string function, string problem);

    [LoggerMessage(
        5,
        LogLevel.Error,
        "Functions are still running although they were told to give up; the host stops without them"
    )]
    public static partial void FunctionsStillRunning(this ILogger logger);

    [LoggerMessage(7, LogLevel.Warning, "A listener did not stop in order: {Problem}")]
    public static partial void CannotStop(this ILogger logger, string problem);

    [LoggerMessage(6, LogLevel.Warning, "Too many requests are outstanding ({Outstanding}): one more is refused")]
    public static partial void TooManyRequests(this ILogger logger, int outstanding);
}
