using Autopay.LocalHost;
using Autopay.Tests.Fixtures;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.LocalHost;

public sealed class QueuePollingTests(AzuriteFixture azurite)
{
    [Fact]
    public void An_empty_queue_is_asked_half_as_often_each_time_up_to_the_longest_interval_and_a_message_starts_it_over()
    {
        var delay = new PollingDelay(TimeSpan.FromSeconds(1));

        double[] delays = [.. Enumerable.Range(0, 6).Select(_ => delay.Next().TotalMilliseconds)];
        delay.Reset();

        Assert.Equal([100, 200, 400, 800, 1000, 1000], delays);
        Assert.Equal(100, delay.Next().TotalMilliseconds);
    }

    [Fact]
    public async Task A_host_asks_less_and_less_often_until_a_message_comes()
    {
        var clock = new FakeTimeProvider();
        var storage = new StorageRecorder { Clock = clock };
        var setup = new TestHostSetup { Configure = builder => storage.AddTo(builder, clock) };
        setup = setup.WithQueues("maxPollingInterval", "00:10:00");
        var queue = await QueueSeed.SendAsync(azurite, setup);
        await using var host = await TestHost.StartAsync(azurite, setup, typeof(Gated));

        await AdvanceUntilAsync(clock, () => storage.SecondsBetween("GET").Any(seconds => seconds >= 12.8));
        await queue.SendMessageAsync("hello");
        await AdvanceUntilAsync(clock, () => host.Journal.Entries.Count == 1);
        var before = storage.SecondsBetween("GET").Length;
        await AdvanceUntilAsync(clock, () => storage.SecondsBetween("GET").Length > before + 2);

        Assert.All(storage.SecondsBetween("GET").Take(7).Index(), gap => Assert.True(gap.Item >= 0.1 * Math.Pow(2, gap.Index)));
        Assert.True(storage.SecondsBetween("GET")[before + 1] < 6);
    }

    [Fact]
    public async Task A_batch_runs_at_once_and_the_next_one_is_taken_at_the_threshold()
    {
        var setup = new TestHostSetup { Configure = builder => builder.Services.AddSingleton<Gates>() };
        setup = setup.WithQueues("batchSize", "4").WithQueues("newBatchThreshold", "1");
        await QueueSeed.SendAsync(azurite, setup, [.. Enumerable.Range(0, 10).Select(number => $"message {number}")]);

        await using var host = await TestHost.StartAsync(azurite, setup, typeof(Gated));
        await host.Journal.HasCountAsync(4);
        var gates = host.Services.GetRequiredService<Gates>();

        gates.Release(2);
        await host.Log.HasAsync(LogLevel.Information, "Executed Gated");
        Assert.Equal(4, host.Journal.Entries.Count);
        gates.Release(1);
        await host.Journal.HasCountAsync(8);
        gates.Release(10);
        await host.Journal.HasCountAsync(10);
    }

    [Fact]
    public async Task Storage_that_is_away_is_logged_and_asked_again_later()
    {
        var storage = new StorageRecorder { Broken = "GET " };
        var setup = new TestHostSetup { Configure = storage.AddTo };
        await QueueSeed.SendAsync(azurite, setup, "hello");
        await using var host = await TestHost.StartAsync(azurite, setup, typeof(Gated));
        await host.Log.HasAsync(LogLevel.Warning, "Cannot receive messages, and tries again later");

        storage.Broken = null;

        await host.Journal.HasCountAsync(1);
    }

    [Fact]
    public async Task A_host_without_any_storage_service_starts_serves_and_stops()
    {
        const string nobody = "AccountName=a;AccountKey=a2V5;QueueEndpoint=http://127.0.0.1:1/a;BlobEndpoint=http://127.0.0.1:1/a;";
        var setup = new TestHostSetup { Settings = new() { ["AzureWebJobsStorage"] = nobody } };

        await using var host = await TestHost.StartAsync(azurite, setup, typeof(Gated));

        await host.Log.HasAsync(LogLevel.Warning, "Cannot receive messages, and tries again later");
        Assert.Equal(404, (int)(await host.Http.GetAsync("nothing")).StatusCode);
    }

    [Fact]
    public async Task A_queue_that_is_deleted_while_the_host_runs_is_created_again()
    {
        await using var host = await TestHost.StartAsync(azurite, typeof(Gated));
        await Eventually.HoldsAsync("the queue is there", async () => await host.Queue.ExistsAsync());

        await host.Queue.DeleteAsync();

        await Eventually.HoldsAsync("the queue is there again", async () => await host.Queue.ExistsAsync());
    }

    private static Task AdvanceUntilAsync(FakeTimeProvider clock, Func<bool> condition) => Eventually.HoldsAsync("it happens as time goes on", () =>
    {
        clock.Advance(TimeSpan.FromMilliseconds(200));
        return condition();
    });

    private sealed class Gates : IDisposable
    {
        private readonly SemaphoreSlim open = new(0);

        public void Release(int count) => open.Release(count);

        public Task PassAsync(CancellationToken cancellationToken) => open.WaitAsync(cancellationToken);

        public void Dispose() => open.Dispose();
    }

    private sealed class Gated(Journal journal, IServiceProvider services)
    {
        [Function("Gated")]
        public async Task RunAsync([QueueTrigger("%queue%")] string message, CancellationToken cancellationToken)
        {
            journal.Add(message);
            await (services.GetService<Gates>()?.PassAsync(cancellationToken) ?? Task.CompletedTask);
        }
    }
}
