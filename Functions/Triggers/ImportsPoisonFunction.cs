using Autopay.Application;
using Autopay.Application.Ports;
using Autopay.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers;

public sealed class ImportsPoisonFunction(KeepPoison keep, ILogger<ImportsPoisonFunction> logger)
{
    [Function("ImportsPoison")]
    public async Task RunAsync([QueueTrigger(QueueNames.ImportsPoison, Connection = AutopayServices.StorageConnection)] string message, CancellationToken cancel)
    {
        await keep.RunAsync(QueueNames.Imports, message, cancel);
        logger.Poisoned(QueueNames.Imports);
    }
}
