using Autopay.Tests.Fixtures;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.LocalHost;

public sealed class QueueFailureTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_failed_message_is_hidden_for_the_visibility_timeout_and_comes_again()
    {
        var storage = new StorageRecorder();
        var setup = (new TestHostSetup { Configure = storage.AddTo }).WithQueues("visibilityTimeout", "00:00:01");
        await using var host = await SentAsync(setup, typeof(FailsOnce), "hello");

        await host.Journal.HasAsync("succeeded at try 2");

        await storage.HasAsync("PUT", $"{setup.QueueName}/messages/", "visibilitytimeout=1");
        Assert.Equal(["failed at try 1", "succeeded at try 2"], host.Journal.Entries);
    }

    [Fact]
    public async Task A_message_that_keeps_failing_moves_to_the_poison_queue_for_seven_days()
    {
        var storage = new StorageRecorder();
        var setup = (new TestHostSetup { Configure = storage.AddTo }).WithQueues("maxDequeueCount", "3");
        await using var host = await SentAsync(setup, typeof(AlwaysFails), "hello");

        var poison = await PoisonMessageAsync(host);

        Assert.Equal("hello", DecodedText(poison));
        Assert.Equal(TimeSpan.FromDays(7), poison.ExpiresOn - poison.InsertedOn);
        Assert.Equal(["try 1", "try 2", "try 3"], host.Journal.Entries);
        Assert.Equal(2, storage.Count("PUT", "/messages/"));
        await host.QueueIsEmptyAsync();
    }

    [Fact]
    public async Task A_message_that_is_not_base64_moves_to_the_poison_queue_at_once_as_it_is()
    {
        await using var host = await TestHost.StartAsync(azurite, typeof(AlwaysFails));
        await host.RawQueue.CreateIfNotExistsAsync();

        await host.RawQueue.SendMessageAsync("not *Base64*");

        Assert.Equal("not *Base64*", (await PoisonMessageAsync(host)).MessageText);
        Assert.Empty(host.Journal.Entries);
        await host.QueueIsEmptyAsync();
    }

    [Fact]
    public async Task Json_that_does_not_fit_fails_like_an_exception()
    {
        await using var host = await SentAsync(new TestHostSetup().WithQueues("maxDequeueCount", "2"), typeof(Records), "{\"number\":\"many\"}");

        Assert.Equal("{\"number\":\"many\"}", DecodedText(await PoisonMessageAsync(host)));
        Assert.Equal(2, host.Log.Lines.Count(line => line.Text.Contains("could not be converted", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_json_null_fails_like_an_exception()
    {
        await using var host = await SentAsync(new TestHostSetup().WithQueues("maxDequeueCount", "1"), typeof(Records), "null");

        Assert.Equal("null", DecodedText(await PoisonMessageAsync(host)));
    }

    [Fact]
    public async Task A_message_whose_tries_were_cut_short_by_crashes_moves_without_another_run()
    {
        var setup = new TestHostSetup().WithQueues("maxDequeueCount", "1");
        var queue = await QueueSeed.SendAsync(azurite, setup, "hello");
        await queue.ReceiveMessageAsync(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync("visible again", async () => (await queue.PeekMessageAsync()).Value is not null);

        await using var host = await TestHost.StartAsync(azurite, setup, typeof(AlwaysFails));

        Assert.Equal("hello", DecodedText(await PoisonMessageAsync(host)));
        Assert.Empty(host.Journal.Entries);
    }

    [Fact]
    public async Task A_poison_queue_has_no_poison_queue_and_its_failures_stay_hidden()
    {
        var setup = (new TestHostSetup { QueueName = $"test-{Guid.NewGuid():N}-poison" }).WithQueues("maxDequeueCount", "1");
        await using var host = await SentAsync(setup, typeof(AlwaysFails), "hello");

        await host.Log.HasAsync(LogLevel.Warning, "has no poison queue, and stays hidden");

        Assert.Equal(1, (await host.Queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
        Assert.Null((await host.Queue.PeekMessageAsync()).Value);
        Assert.False(await host.PoisonQueue.ExistsAsync());
    }

    [Fact]
    public async Task A_message_in_a_poison_queue_that_is_not_base64_is_not_run_and_not_lost()
    {
        var setup = new TestHostSetup { QueueName = $"test-{Guid.NewGuid():N}-poison" };
        await using var host = await TestHost.StartAsync(azurite, setup, typeof(AlwaysFails));
        await host.RawQueue.CreateIfNotExistsAsync();

        await host.RawQueue.SendMessageAsync("not *Base64*");

        await host.Log.HasAsync(LogLevel.Warning, "has no poison queue, and stays hidden");
        Assert.Empty(host.Journal.Entries);
        Assert.Equal(1, (await host.Queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    private async Task<TestHost> SentAsync(TestHostSetup setup, Type function, string text)
    {
        await QueueSeed.SendAsync(azurite, setup, text);
        return await TestHost.StartAsync(azurite, setup, function);
    }

    private static async Task<PeekedMessage> PoisonMessageAsync(TestHost host)
    {
        await Eventually.HoldsAsync(
            "a poison message", async () => await host.PoisonQueue.ExistsAsync() && (await host.PoisonQueue.PeekMessageAsync()).Value is not null);
        return (await host.PoisonQueue.PeekMessageAsync()).Value;
    }

    private static string DecodedText(PeekedMessage message) => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText));

    private sealed class FailsOnce(Journal journal)
    {
        [Function("FailsOnce")]
        public void Run([QueueTrigger("%queue%")] string message, FunctionContext context)
        {
            var count = context.BindingContext.BindingData["DequeueCount"];
            journal.Add(Equals(count, "1") ? $"failed at try {count}" : $"succeeded at try {count}");
            _ = Equals(count, "1") ? throw new InvalidOperationException(message) : message;
        }
    }

    private sealed class AlwaysFails(Journal journal)
    {
        [Function("AlwaysFails")]
        public void Run([QueueTrigger("%queue%")] string message, FunctionContext context)
        {
            journal.Add($"try {context.BindingContext.BindingData["DequeueCount"]}");
            throw new InvalidOperationException(message);
        }
    }

    private sealed record Numbered(int Number);

    private sealed class Records(Journal journal)
    {
        [Function("Records")]
        public void Run([QueueTrigger("%queue%")] Numbered message) => journal.Add($"ran {message}");
    }
}
