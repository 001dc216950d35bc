using Autopay.LocalHost;
using Autopay.Tests.Fixtures;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.LocalHost;

/// <summary>A started host with the given function classes only, on a port, a queue and a host id of its own.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly IHost host;

    private TestHost(IHost host, string connectionString, TestHostSetup setup)
    {
        this.host = host;
        Setup = setup;
        Queue = new QueueClient(connectionString, setup.QueueName, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        RawQueue = new QueueClient(connectionString, setup.QueueName);
        PoisonQueue = new QueueClient(connectionString, $"{setup.QueueName}-poison");
        Blobs = new BlobContainerClient(connectionString, "azure-webjobs-hosts");
        Http = new HttpClient { BaseAddress = host.Services.GetRequiredService<LocalHostAddress>().BaseAddress };
    }

    public TestHostSetup Setup { get; }

    public IServiceProvider Services => host.Services;

    public HttpClient Http { get; }

    /// <summary>The queue that '%queue%' names, in Base64 and as stored.</summary>
    public QueueClient Queue { get; }

    public QueueClient RawQueue { get; }

    public QueueClient PoisonQueue { get; }

    public BlobContainerClient Blobs { get; }

    public Journal Journal => host.Services.GetRequiredService<Journal>();

    public LogRecorder Log => host.Services.GetRequiredService<LogRecorder>();

    public static Task<TestHost> StartAsync(AzuriteFixture azurite, params Type[] functions) => StartAsync(azurite, new TestHostSetup(), functions);

    public static async Task<TestHost> StartAsync(AzuriteFixture azurite, TestHostSetup setup, params Type[] functions)
    {
        var connectionString = await azurite.ConnectionStringAsync();
        var host = Build(connectionString, setup, functions);
        await host.StartAsync();
        return new TestHost(host, connectionString, setup);
    }

    public static IHost Build(string connectionString, TestHostSetup setup, params Type[] functions)
    {
        var builder = new FunctionsApplicationBuilder(setup.Arguments, typeof(TestHost).Assembly, functions);
        builder.Configuration.AddInMemoryCollection(setup.Defaults(connectionString)).AddInMemoryCollection(setup.Settings);
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddSingleton<Journal>().AddSingleton<AzuriteQueues>();
        builder.Services.AddSingleton<LogRecorder>().AddSingleton<ILoggerProvider>(services => services.GetRequiredService<LogRecorder>());
        builder.Logging.AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>(null, LogLevel.None);
        setup.Configure(builder);
        return builder.Build();
    }

    public Task QueueIsEmptyAsync() => Eventually.HoldsAsync(
        "the queue is empty", async () => (await Queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0);

    public Task StopAsync(CancellationToken cancellationToken = default) => host.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Journal.ReleaseAll();
        Http.Dispose();
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
