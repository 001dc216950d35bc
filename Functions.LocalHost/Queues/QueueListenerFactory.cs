using System.Text.RegularExpressions;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Autopay.LocalHost;

internal sealed partial class QueueListenerFactory(
    IConfiguration configuration,
    HostSettings settings,
    StorageConnections storage,
    FunctionInvoker invoker,
    HostDrain drain,
    HostClock clock,
    IOptions<QueueLeaseOptions> lease,
    ILoggerFactory loggers)
{
    private const string PoisonSuffix = "-poison";

    public QueueListener Create(FunctionDescriptor function, QueueTriggerAttribute trigger)
    {
        var name = configuration.ResolveNames(trigger.QueueName, function.Name);
        if (!ValidName().IsMatch(name))
        {
            throw new InvalidOperationException(
                $"Function '{function.Name}': '{name}' is not a queue name (3 to 63 lower-case letters, digits and dashes).");
        }

        var service = storage.Queues(trigger.Connection, function.Name);
        var logger = loggers.CreateLogger($"Queue.{name}");
        var queue = new HostQueue(service.GetQueueClient(name), PoisonQueue(service, name), settings.Queues, logger);
        var handler = new QueueMessageHandler(function, queue, invoker, new QueueLeases(queue.Client, lease.Value, clock, logger), logger);
        logger.Listening(function.Name, name);
        return new QueueListener(queue, handler, lease.Value, drain, clock, logger);
    }

    // A poison queue has none of its own: its messages would move on for ever.
    private static QueueClient? PoisonQueue(QueueServiceClient service, string name) =>
        name.EndsWith(PoisonSuffix, StringComparison.Ordinal) ? null : service.GetQueueClient(name + PoisonSuffix);

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ValidName();
}
