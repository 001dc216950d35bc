using Microsoft.Extensions.Logging;

namespace Autopay.Hosting;

/// <summary>Everything that the app logs. No personal data, no account numbers: ids of messages, buckets and events only.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Bucket {Bucket} walked: {Cause}")]
    public static partial void BucketWalked(this ILogger logger, int bucket, string cause);

    [LoggerMessage(2, LogLevel.Information, "Bucket {Bucket} is being walked already")]
    public static partial void BucketBusy(this ILogger logger, int bucket);

    [LoggerMessage(3, LogLevel.Information, "Sweep: {Buckets} buckets, {Events} events and {Imports} imports asked for again")]
    public static partial void Swept(this ILogger logger, int buckets, int events, int imports);

    [LoggerMessage(4, LogLevel.Information, "Import {Import} is done")]
    public static partial void ImportDone(this ILogger logger, string import);

    [LoggerMessage(5, LogLevel.Information, "Import {Import} waits for another one of its kind")]
    public static partial void ImportWaits(this ILogger logger, string import);

    [LoggerMessage(6, LogLevel.Warning, "A webhook was refused: {Reason}")]
    public static partial void WebhookRefused(this ILogger logger, string reason);

    [LoggerMessage(7, LogLevel.Error, "A message of queue {Queue} failed for good and is on the stuck list")]
    public static partial void Poisoned(this ILogger logger, string queue);

    [LoggerMessage(8, LogLevel.Error, "Unhandled failure in {Function}")]
    public static partial void Unhandled(this ILogger logger, string function, Exception failure);

    [LoggerMessage(30, LogLevel.Warning, "{Function} was refused with {Status}: {Reason}")]
    public static partial void AccessDenied(this ILogger logger, string function, int status, string reason);

    [LoggerMessage(31, LogLevel.Critical, "{Function} did not run, the app is not set up completely: {Missing}")]
    public static partial void GateClosed(this ILogger logger, string function, string missing);
}
