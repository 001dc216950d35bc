using System.Globalization;
using Autopay.Tests.Fixtures;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.LocalHost;

[Trait("Layer", "L5")]
public sealed class QueueTriggerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_missing_queue_is_created()
    {
        await using var host = await TestHost.StartAsync(azurite, typeof(Texts));

        await Eventually.HoldsAsync("the queue is there", async () => await host.Queue.ExistsAsync());
    }

    [Fact]
    public async Task A_message_that_was_sent_before_the_start_is_run_and_deleted()
    {
        await using var host = await StartedAsync(new TestHostSetup(), typeof(Texts), "hello");

        await host.Journal.HasAsync("hello");
        await host.QueueIsEmptyAsync();
    }

    [Fact]
    public async Task A_message_can_be_a_json_record_in_any_letter_case()
    {
        await using var host = await StartedAsync(new TestHostSetup(), typeof(Records), "{\"BUCKET\":17,\"cause\":\"tick\"}");

        await host.Journal.HasAsync("17 tick");
    }

    [Fact]
    public async Task Messages_can_be_plain_text_when_host_json_says_so()
    {
        var setup = new TestHostSetup().WithQueues("messageEncoding", "none");
        await using var host = await TestHost.StartAsync(azurite, setup, typeof(Texts));
        await host.RawQueue.CreateIfNotExistsAsync();

        await host.RawQueue.SendMessageAsync("not *Base64*");

        await host.Journal.HasAsync("not *Base64*");
    }

    [Fact]
    public async Task The_binding_data_tell_about_the_message_and_its_ten_minutes_of_hiding()
    {
        await using var host = await StartedAsync(new TestHostSetup(), typeof(Details), "hello");

        await host.Journal.HasAsync("hello, try 1, hidden for 600 s, id True");
    }

    [Fact]
    public async Task F28_a_message_that_is_gone_when_its_function_ends_is_as_good_as_done()
    {
        await using var host = await StartedAsync(new TestHostSetup(), typeof(Waiting), "hello");
        await host.Journal.HasAsync("began hello");
        await host.Queue.ClearMessagesAsync();

        host.Journal.ReleaseAll();

        await host.Log.HasAsync(LogLevel.Information, "is no longer ours (MessageNotFound)");
        Assert.DoesNotContain(host.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task F28_a_message_that_somebody_else_took_meanwhile_is_left_to_them()
    {
        await using var host = await StartedAsync(new TestHostSetup(), typeof(Stolen), "hello");

        await host.Log.HasAsync(LogLevel.Information, "is no longer ours (PopReceiptMismatch)");
        Assert.DoesNotContain(host.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    private async Task<TestHost> StartedAsync(TestHostSetup setup, Type function, string message)
    {
        await QueueSeed.SendAsync(azurite, setup, message);
        return await TestHost.StartAsync(azurite, setup, function);
    }

    private sealed record Evaluate(int Bucket, string Cause);

    private sealed class Texts(Journal journal)
    {
        [Function("Texts")]
        public void Run([QueueTrigger("%queue%")] string message) => journal.Add(message);
    }

    private sealed class Records(Journal journal)
    {
        [Function("Records")]
        public Task RunAsync([QueueTrigger("%queue%")] Evaluate message)
        {
            journal.Add($"{message.Bucket} {message.Cause}");
            return Task.CompletedTask;
        }
    }

    private sealed class Details(Journal journal)
    {
        [Function("Details")]
        public void Run([QueueTrigger("%queue%")] string message, FunctionContext context)
        {
            var data = context.BindingContext.BindingData;
            var hidden = Time(data["NextVisibleTime"]) - TimeProvider.System.GetUtcNow();
            var seconds = Math.Round(hidden.TotalSeconds / 30) * 30;
            var isId = Guid.TryParse(data["Id"]?.ToString(), out _);
            journal.Add($"{data["QueueTrigger"]}, try {data["DequeueCount"]}, hidden for {seconds} s, id {isId}");
        }

        private static DateTimeOffset Time(object? text) => DateTimeOffset.Parse((string)text!, CultureInfo.InvariantCulture);
    }

    private sealed class Waiting(Journal journal)
    {
        [Function("Waiting")]
        public async Task RunAsync([QueueTrigger("%queue%")] string message)
        {
            journal.Add($"began {message}");
            await journal.GateAsync();
        }
    }

    private sealed class Stolen(AzuriteQueues queues)
    {
        [Function("Stolen")]
        public async Task RunAsync([QueueTrigger("%queue%")] string message, FunctionContext context)
        {
            var data = context.BindingContext.BindingData;
            await queues.Queue.UpdateMessageAsync((string)data["Id"]!, (string)data["PopReceipt"]!, visibilityTimeout: TimeSpan.FromHours(1));
        }
    }
}
