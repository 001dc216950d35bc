using Autopay.Application;
using Autopay.Application.Ports;
using Autopay.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers;

public sealed class ImportsFunction(ApplyImport apply, ILogger<ImportsFunction> logger)
{
    [Function("Imports")]
    public async Task RunAsync([QueueTrigger(QueueNames.Imports, Connection = AutopayServices.StorageConnection)] ImportMessage message, CancellationToken cancel)
    {
        using var span = Tracing.Follow("apply import", message.Trace);
        if (await apply.RunAsync(message.ImportId, cancel))
        {
            logger.ImportDone(message.ImportId);
        }
        else
        {
            logger.ImportWaits(message.ImportId);
        }
    }
}
