using Autopay.Application;
using Autopay.Application.Ports;
using Autopay.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers;

public sealed class ProviderEventsPoisonFunction(KeepPoison keep, ILogger<ProviderEventsPoisonFunction> logger)
{
    [Function("ProviderEventsPoison")]
    public async Task RunAsync([QueueTrigger(QueueNames.ProviderEventsPoison, Connection = AutopayServices.StorageConnection)] string message, CancellationToken cancel)
    {
        await keep.RunAsync(QueueNames.ProviderEvents, message, cancel);
        logger.Poisoned(QueueNames.ProviderEvents);
    }
}
