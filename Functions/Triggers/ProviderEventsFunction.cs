using Autopay.Application;
using Autopay.Application.Ports;
using Autopay.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class ProviderEventsFunction(RecordProviderEvent record)
{
    [Function("ProviderEvents")]
    public async Task RunAsync([QueueTrigger(QueueNames.ProviderEvents, Connection = AutopayServices.StorageConnection)] ProviderEventMessage message, CancellationToken cancel)
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
