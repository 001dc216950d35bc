using Autopay.Application.Evaluating;
using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Notifying;
using Autopay.Application.Ports.Messages;
using Autopay.Application.ProviderEvents;
using Autopay.Application.Releasing;
using Autopay.Application.Runs;
using Autopay.Application.Telemetry;
using Autopay.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers.Engine;

public sealed class EvaluateBucketFunction(AnswerEvaluateMessage answer, ILogger<EvaluateBucketFunction> logger)
{
    [Function("EvaluateBucket")]
    public async Task RunAsync(
        [QueueTrigger(QueueNames.Evaluate, Connection = AutopayServices.StorageConnection)] EvaluateMessage message,
        CancellationToken cancel
    )
    {
        using var span = Tracing.Follow("evaluate bucket", message.Trace);
        if (await answer.RunAsync(message, cancel))
        {
            logger.BucketWalked(message.Bucket, message.Cause);
        }
        else
        {
            logger.BucketBusy(message.Bucket);
        }
    }
}

public sealed class ImportsFunction(ApplyImport apply, ILogger<ImportsFunction> logger)
{
    [Function("Imports")]
    public async Task RunAsync(
        [QueueTrigger(QueueNames.Imports, Connection = AutopayServices.StorageConnection)] ImportMessage message,
        CancellationToken cancel
    )
    {
        using var span = Tracing.Follow("apply import", message.Trace);
        if (await apply.RunAsync(message, cancel))
        {
            logger.ImportDone(message.ImportId);
        }
        else
        {
            logger.ImportWaits(message.ImportId);
        }
    }
}

/// <summary>What takes longer than a request may: a run over the city, or the plan of a release.</summary>
public sealed class RunsFunction(MakePlan make, GoOnWithRuns runs, ILogger<RunsFunction> logger)
{
    [Function("Runs")]
    public async Task RunAsync(
        [QueueTrigger(QueueNames.Runs, Connection = AutopayServices.StorageConnection)] RunMessage message,
        CancellationToken cancel
    )
    {
        using var span = Tracing.Follow("go on with a run", message.Trace);
        if (message.ReleaseId is { } release)
        {
            await make.RunAsync(release, cancel);
            logger.PlanMade(release);
        }
        else if (message.RunId is { } run)
        {
            await runs.RunAsync(run, GoOnWithRuns.OneTurn, cancel);
        }
    }
}

public sealed class NoticesFunction(SendNotices send, ILogger<NoticesFunction> logger)
{
    [Function("Notices")]
    public async Task RunAsync(
        [QueueTrigger(QueueNames.Notices, Connection = AutopayServices.StorageConnection)] NoticeMessage message,
        CancellationToken cancel
    )
    {
        using var span = Tracing.Follow("send notices", message.Trace);
        try
        {
            logger.NoticesSent(message.Bucket, await send.RunAsync(new Bucket(message.Bucket), cancel));
        }
        catch (MailAwayException away)
        {
            // What waits goes on waiting, and the sweep asks for it again. A message that failed would only be poison.
            logger.MailAway(away.Message);
        }
    }
}

public sealed class ProviderEventsFunction(RecordProviderEvent record)
{
    [Function("ProviderEvents")]
    public async Task RunAsync(
        [QueueTrigger(QueueNames.ProviderEvents, Connection = AutopayServices.StorageConnection)]
            ProviderEventMessage message,
        CancellationToken cancel
    )
    {
        using var span = Tracing.Follow("record provider event", message.Trace);
        try
        {
            await record.RunAsync(message, cancel);
        }
        catch (ProviderAwayException)
        {
            // The event is stored: the sweep asks for it again. A message that failed five times would only be poison.
        }
    }
}
