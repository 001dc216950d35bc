using Autopay.LocalHost.Hosting;
using Autopay.LocalHost.Local;
using Autopay.LocalHost.Workers;
using Autopay.Tests.Fixtures;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost.Tests.Fixtures;

/// <summary>The local host around a scripted worker, with a storage account of its own.</summary>
internal sealed class ScriptedHost : IAsyncDisposable
{
    private readonly WebApplication host;
    private readonly ScratchFolder folder;

    private ScriptedHost(WebApplication host, ScratchFolder folder, string storage, LogRecorder log)
    {
        (this.host, this.folder, Storage, Log) = (host, folder, storage, log);
        Http = new HttpClient { BaseAddress = new Uri(host.Urls.First()) };
    }

    public HttpClient Http { get; }

    public LogRecorder Log { get; }

    public string Storage { get; }

    public LocalClock Clock => host.Services.GetRequiredService<LocalClock>();

    public static async Task<ScriptedHost> StartAsync(
        AzuriteFixture azurite,
        ScriptedWorker worker,
        params (string Name, string Value)[] settings
    )
    {
        var (folder, storage, log) = (new ScratchFolder(), await azurite.NewAccountAsync(), new LogRecorder());
        var host = LocalApp.Build(
            [],
            builder =>
            {
                builder
                    .Configuration.AddInMemoryCollection(Usual(folder, storage))
                    .AddInMemoryCollection(
                        settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))
                    );
                builder.Services.AddSingleton<IWorker>(worker);
                builder.Services.Configure<HostOptions>(options =>
                    options.ShutdownTimeout = TimeSpan.FromSeconds(builder.Configuration.GetValue("Patience", 20))
                );
                builder
                    .Logging.AddProvider(log)
                    .AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>(null, LogLevel.None);
            }
        );
        await host.StartAsync();
        return new ScriptedHost(host, folder, storage, log);
    }

    public QueueClient Queue(string name) =>
        new(Storage, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    public async Task SendAsync(string queue, string message)
    {
        await Queue(queue).CreateIfNotExistsAsync();
        await Queue(queue).SendMessageAsync(message);
    }

    public Task StopAsync() => host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.StopAsync();
        await host.DisposeAsync();
        folder.Dispose();
    }

    private static Dictionary<string, string?> Usual(ScratchFolder folder, string storage) =>
        new()
        {
            ["AutopayStorage"] = storage,
            ["AzureWebJobsStorage"] = storage,
            ["Stripe:ApiKey"] = "sk_test_none",
            ["LocalHost:Port"] = "0",
            ["Local:Data"] = Path.Combine(folder.Path, "data"),
            ["AzureFunctionsJobHost:extensions:queues:maxPollingInterval"] = "00:00:00.2",
            ["AzureFunctionsJobHost:extensions:queues:visibilityTimeout"] = "00:00:00",
        };
}
