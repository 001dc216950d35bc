using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost;

internal sealed class QueueLeases(QueueClient queue, QueueLeaseOptions options, HostClock clock, ILogger logger)
{
    public QueueLease Hold(QueueMessage message) => new(queue, message, options, clock, logger);
}
