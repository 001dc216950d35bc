using Autopay.Application;
using Autopay.Application.Ports;
using Autopay.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers;

public sealed class EvaluatePoisonFunction(KeepPoison keep, ILogger<EvaluatePoisonFunction> logger)
{
    [Function("EvaluatePoison")]
    public async Task RunAsync([QueueTrigger(QueueNames.EvaluatePoison, Connection = AutopayServices.StorageConnection)] string message, CancellationToken cancel)
    {
        await keep.RunAsync(QueueNames.Evaluate, message, cancel);
        logger.Poisoned(QueueNames.Evaluate);
    }
}
