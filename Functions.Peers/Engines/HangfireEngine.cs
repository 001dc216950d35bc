using System.Collections.Concurrent;
using System.Diagnostics;
using Autopay.Benchmarks.World;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;

namespace Autopay.Peers.Engines;

/// <summary>Hangfire, a job a debit.</summary>
internal sealed class HangfireEngine : IEngine
{
    private const int Workers = 8;
    private readonly JobStorage storage;
    private readonly bool isPostgres;

    private HangfireEngine(string name, Func<JobStorage> storage, bool isPostgres) =>
        (Name, this.storage, this.isPostgres) = (name, storage(), isPostgres);

    public string Name { get; }

    public TimeSpan CpuElsewhere =>
        isPostgres
            ? Process
                .GetProcessesByName("postgres")
                .Aggregate(TimeSpan.Zero, (sum, process) => sum + process.TotalProcessorTime)
            : TimeSpan.Zero;

    public static HangfireEngine InMemory() =>
        new("Hangfire in memory (loses its jobs when it dies)", () => new InMemoryStorage(), isPostgres: false);

    /// <param name="connection">Of a database that is this benchmark's alone.</param>
    public static HangfireEngine OnPostgres(string connection)
    {
        var options = new PostgreSqlStorageOptions { QueuePollInterval = TimeSpan.FromMilliseconds(50) };
        return new HangfireEngine(
            "Hangfire on PostgreSQL",
            () => new PostgreSqlStorage(new NpgsqlConnectionFactory(connection, options), options),
            isPostgres: true
        );
    }

    public async Task RunAsync(PeerBooks books)
    {
        var client = new BackgroundJobClient(storage);
        Jobs.Take(books);
        await Parallel.ForEachAsync(
            books.Keys,
            Pump.AsTheHost,
            (key, _) =>
            {
                client.Enqueue(() => Jobs.ChargeAsync(key));
                return ValueTask.CompletedTask;
            }
        );
        using var server = new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = Workers }, storage);
        await Pump.UntilAsync(() => Task.FromResult(Jobs.Done == books.Keys.Count));
        server.SendStop();
        await server.WaitForShutdownAsync(CancellationToken.None);
    }
}

/// <summary>Hangfire calls a public method by its name.</summary>
public static class Jobs
{
    private static readonly ConcurrentDictionary<string, bool> Charged = new();
    private static PeerBooks? books;

    public static int Done => Charged.Count;

    public static async Task ChargeAsync(string key)
    {
        await books!.ChargeAsync(key);
        Charged[key] = true;
    }

    internal static void Take(PeerBooks next)
    {
        books = next;
        Charged.Clear();
    }
}
