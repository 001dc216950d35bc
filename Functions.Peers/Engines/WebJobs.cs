using Autopay.Benchmarks.World;
using Azure.Storage.Queues;
using Microsoft.Azure.WebJobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Autopay.Peers.Engines;

/// <summary>The WebJobs SDK's queue trigger, a message a debit, in its largest batches.</summary>
internal sealed class WebJobs(string connection) : IEngine
{
    private const string Queue = "peer-webjobs";

    public string Name => "WebJobs SDK, batches of 32";

    public async Task RunAsync(PeerBooks books)
    {
        var queue = new QueueClient(
            connection,
            Queue,
            new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }
        );
        await queue.CreateIfNotExistsAsync();
        await Parallel.ForEachAsync(
            books.Keys,
            Pump.AsTheHost,
            async (key, stop) => await queue.SendMessageAsync(key, stop)
        );
        using var host = Host(books);
        await host.StartAsync();
        await Pump.UntilAsync(async () => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0);
        await host.StopAsync();
    }

    private IHost Host(PeerBooks books) =>
        new HostBuilder()
            .ConfigureAppConfiguration(settings =>
                settings.AddInMemoryCollection([new("AzureWebJobsStorage", connection)])
            )
            .ConfigureWebJobs(jobs =>
                jobs.AddAzureStorageCoreServices()
                    .AddAzureStorageQueues(queues =>
                        (queues.BatchSize, queues.NewBatchThreshold, queues.MaxPollingInterval) = (
                            32,
                            16,
                            TimeSpan.FromMilliseconds(100)
                        )
                    )
            )
            .ConfigureServices(services => services.AddSingleton(books).AddSingleton<ITypeLocator, Charges>())
            .Build();

    private sealed class Charges : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [typeof(ChargeFunction)];
    }
}

/// <summary>The SDK wants a public class.</summary>
public sealed class ChargeFunction
{
    private readonly PeerBooks books;

    public ChargeFunction(PeerBooks books) => this.books = books;

    public Task ChargeAsync([QueueTrigger("peer-webjobs")] string key) => books.ChargeAsync(key);
}
