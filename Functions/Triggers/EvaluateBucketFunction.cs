using Autopay.Application;
using Autopay.Application.Ports;
using Autopay.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers;

public sealed class EvaluateBucketFunction(AnswerEvaluateMessage answer, ILogger<EvaluateBucketFunction> logger)
{
    [Function("EvaluateBucket")]
    public async Task RunAsync([QueueTrigger(QueueNames.Evaluate, Connection = AutopayServices.StorageConnection)] EvaluateMessage message, CancellationToken cancel)
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
