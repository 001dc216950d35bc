using Autopay.Application.Ports.Messages;
using Autopay.LocalHost.Triggers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Autopay.LocalHost.Tests;

/// <summary>Who sends wakes the listener, which otherwise looks every two seconds.</summary>
public sealed class NudgeTests
{
    [Fact]
    public async Task Each_message_wakes_the_queue_that_it_was_sent_to_and_nothing_else()
    {
        List<string> log = [];
        var queue = NudgingQueue.Around(new Recorded(log), name => log.Add($"wake {name}"));

        Assert.True(await queue.TryEnqueueAsync(new EvaluateMessage(1, "test"), default));
        Assert.True(await queue.TryEnqueueAsync(new ProviderEventMessage("evt_1"), TimeSpan.Zero, default));
        Assert.True(await queue.TryEnqueueAsync(new ImportMessage("I-1", 0), default));
        Assert.True(await queue.TryEnqueueAsync(new RunMessage("R-1"), default));
        Assert.True(await queue.TryEnqueueAsync(new NoticeMessage(1), default));
        await queue.WithdrawAsync("run", default);

        Assert.Equal(
            QueueNames.All.Where(name => !name.EndsWith("-poison", StringComparison.Ordinal)),
            log.Where(line => line.StartsWith("wake ", StringComparison.Ordinal)).Select(line => line[5..])
        );
        Assert.Equal(["sent", "wake evaluate", "sent"], log.Take(3));
    }

    [Fact]
    public void What_the_bindings_of_the_sdk_use_to_wake_a_listener_is_still_there()
    {
        var services = new ServiceCollection();
        new QueueNudge().AddTo(services);
        var nudged = services.Single();

        using var host = new HostBuilder()
            .ConfigureWebJobs(jobs => jobs.AddAzureStorageQueues())
            .ConfigureServices((_, own) => Assert.Contains(own, known => known.ServiceType == nudged.ServiceType))
            .Build();
    }

    private sealed class Recorded(List<string> log) : IWorkQueue
    {
        public Task<bool> TryEnqueueAsync(EvaluateMessage message, CancellationToken cancel) => SentAsync();

        public Task<bool> TryEnqueueLaterAsync(EvaluateMessage message, TimeSpan after, CancellationToken cancel) =>
            SentAsync();

        public Task<bool> TryEnqueueAsync(ProviderEventMessage message, TimeSpan after, CancellationToken cancel) =>
            SentAsync();

        public Task<bool> TryEnqueueAsync(ImportMessage message, CancellationToken cancel) => SentAsync();

        public Task<bool> TryEnqueueLaterAsync(ImportMessage message, TimeSpan after, CancellationToken cancel) =>
            SentAsync();

        public Task<bool> TryEnqueueAsync(RunMessage message, CancellationToken cancel) => SentAsync();

        public Task<bool> TryEnqueueAsync(NoticeMessage message, CancellationToken cancel) => SentAsync();

        private Task<bool> SentAsync()
        {
            log.Add("sent");
            return Task.FromResult(true);
        }
    }
}
