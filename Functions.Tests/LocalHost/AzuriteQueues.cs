using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace Autopay.Tests.LocalHost;

/// <summary>The storage of the host under test, for functions that meddle with it.</summary>
internal sealed class AzuriteQueues(IConfiguration configuration)
{
    public QueueClient Queue { get; } = new(configuration["AzureWebJobsStorage"], configuration["queue"]);
}
