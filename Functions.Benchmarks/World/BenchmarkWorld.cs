using System.Diagnostics;
using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Hosting;
using Autopay.Rehearsal.World;
using Autopay.Storage;
using Autopay.Storage.Messages;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Benchmarks.World;

/// <summary>What one phase of a run needed.</summary>
/// <param name="Rows">Of ledger tables, written or deleted.</param>
/// <param name="Bytes">Of the bodies of all requests to tables.</param>
public readonly record struct Usage(int Requests, int Messages, TimeSpan Took, TimeSpan Cpu, int Rows, long Bytes)
{
    public static Usage operator +(Usage one, Usage other) =>
        new(
            one.Requests + other.Requests,
            one.Messages + other.Messages,
            one.Took + other.Took,
            one.Cpu + other.Cpu,
            one.Rows + other.Rows,
            one.Bytes + other.Bytes
        );
}

/// <summary>The app as it is wired in production, on scratch storage, with a clock that is moved by hand.</summary>
public sealed class BenchmarkWorld : IAsyncDisposable
{
    private readonly Scratch scratch;
    private readonly ServiceProvider services;
    private readonly RequestCounter counter = new();

    private BenchmarkWorld(
        Scratch scratch,
        SteppingClock clock,
        IPaymentProvider? bank,
        IEnumerable<KeyValuePair<string, string?>> settings,
        Action<IServiceCollection>? adapt = null
    )
    {
        this.scratch = scratch;
        Clock = clock;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings)
            .AddInMemoryCollection([new(AutopayServices.StorageConnection, scratch.ConnectionString)])
            .Build();
        var wiring = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<HttpPipelinePolicy>(counter)
            .AddAutopay(configuration)
            .AddSingleton<StorageWorkQueue>()
            .AddSingleton<CountingQueue>()
            .AddSingleton<IWorkQueue>(all => all.GetRequiredService<CountingQueue>());
        adapt?.Invoke(wiring);
        wiring.AddSingleton(all => scratch.Clients(counter, [.. all.GetServices<HttpPipelinePolicy>().Skip(1)]));
        services = (
            bank is null
                ? wiring
                : wiring
                    .AddSingleton(bank)
                    .AddSingleton<IProviderRecords>(new ListedIntents(bank as PromptBank))
                    .AddSingleton<IRefundProvider, NoRefunds>()
                    .AddSingleton<IWebhookReader, UnsignedWebhooks>()
        ).BuildServiceProvider();
    }

    public SteppingClock Clock { get; }

    public string ConnectionString => scratch.ConnectionString;

    public StorageClients Storage => Verb<StorageClients>();

    public static Task<BenchmarkWorld> StartAsync(Scratch scratch, SteppingClock clock, PromptBank bank) =>
        StartAsync(scratch, clock, bank, []);

    public static async Task<BenchmarkWorld> StartAsync(
        Scratch scratch,
        SteppingClock clock,
        PromptBank bank,
        IEnumerable<KeyValuePair<string, string?>> settings,
        Action<IServiceCollection>? adapt = null
    ) => await new BenchmarkWorld(scratch, clock, bank, settings, adapt).PreparedAsync();

    /// <summary>With the real provider's adapter.</summary>
    public static async Task<BenchmarkWorld> StartAsync(
        Scratch scratch,
        SteppingClock clock,
        IReadOnlyDictionary<string, string?> stripe
    ) => await new BenchmarkWorld(scratch, clock, null, stripe).PreparedAsync();

    public IServiceProvider Services => services;

    public T Verb<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Authority Authority(string why) => new("benchmark", why, Clock.GetUtcNow());

    /// <summary>Moves the clock to a civil hour of the city.</summary>
    public void MoveTo(DateOnly day, int hour) =>
        Clock.MoveTo(Verb<CityClock>().City.ToUtc(day, new TimeOnly(hour, 0)));

    public async Task<Usage> CountAsync(Func<Task> phase)
    {
        var (requests, messages, rows, bytes) = (
            counter.Requests,
            Verb<CountingQueue>().Messages,
            counter.Rows,
            counter.Bytes
        );
        var (cpu, started) = (scratch.CpuTime, Stopwatch.GetTimestamp());
        await phase();
        var took = Stopwatch.GetElapsedTime(started);
        return new Usage(
            counter.Requests - requests,
            Verb<CountingQueue>().Messages - messages,
            took,
            scratch.CpuTime - cpu,
            counter.Rows - rows,
            counter.Bytes - bytes
        );
    }

    /// <summary>Debits of the whole city whose end is not known yet.</summary>
    public async Task<int> CountOpenAsync()
    {
        var open = 0;
        foreach (var bucket in Bucket.All)
        {
            await foreach (var page in Verb<ILedgerStore>().ScanAsync(bucket, LedgerFilter.All, CancellationToken.None))
            {
                open += page.Sum(entry => entry.Ledger.Debits.Count(debit => !debit.IsTerminal));
            }
        }

        return open;
    }

    /// <summary>Nothing waits in the queue, not even hidden.</summary>
    public async Task<bool> IsEmptyAsync(string queue) =>
        (await Storage.Queue(queue).GetPropertiesAsync()).Value.ApproximateMessagesCount == 0;

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task<BenchmarkWorld> PreparedAsync()
    {
        await Verb<StorageSetup>().RunAsync(CancellationToken.None);
        return this;
    }
}
