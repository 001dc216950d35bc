using Autopay.LocalHost.Tests.Fixtures;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost.Tests;

/// <summary>
/// What reaches a queue function, and what becomes of its message. Retries and poison queues are the SDK's own.
/// </summary>
public sealed class QueueTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_message_reaches_its_function_as_it_was_sent_with_its_number_of_tries()
    {
        var seen = new TaskCompletionSource<(string Name, string Text, string Tries)>();
        await using var worker = new ScriptedWorker().Queue(
            "Work",
            "work",
            (request, _) =>
            {
                seen.TrySetResult(
                    (
                        request.InputData[0].Name,
                        request.InputData[0].Data.String,
                        request.TriggerMetadata["DequeueCount"].String
                    )
                );
                return Task.CompletedTask;
            }
        );
        await using var host = await ScriptedHost.StartAsync(azurite, worker);

        await host.SendAsync("work", """{"bucket":17}""");

        Assert.Equal(("message", """{"bucket":17}""", "1"), await seen.Task);
    }

    [Fact]
    public async Task A_message_whose_function_failed_comes_again_and_after_five_tries_it_is_poison()
    {
        var tries = 0;
        await using var worker = new ScriptedWorker().Queue(
            "Work",
            "work",
            (_, _) =>
            {
                Interlocked.Increment(ref tries);
                throw new InvalidOperationException("out of order");
            }
        );
        await using var host = await ScriptedHost.StartAsync(azurite, worker);

        await host.SendAsync("work", "again");

        await Eventually.HoldsAsync(
            "the message is poison",
            async () =>
                await host.Queue("work-poison").ExistsAsync()
                && (await host.Queue("work-poison").PeekMessagesAsync()).Value.Length == 1
        );
        Assert.Equal(5, tries);
        await host.Log.HasAsync(LogLevel.Error, "Function 'Work' failed: out of order");
    }

    [Fact]
    public async Task A_function_that_takes_longer_than_its_timeout_is_told_to_give_up_and_its_message_comes_again()
    {
        var tries = 0;
        await using var worker = new ScriptedWorker().Queue(
            "Work",
            "work",
            async (_, cancelled) =>
            {
                if (Interlocked.Increment(ref tries) == 1)
                {
                    // It ends as if nothing had been: what it did too late must not count.
                    await UntilAsync(cancelled);
                }
            }
        );
        await using var host = await ScriptedHost.StartAsync(
            azurite,
            worker,
            ("AzureFunctionsJobHost:functionTimeout", "00:00:00.300")
        );

        await host.SendAsync("work", "slow");

        await Eventually.HoldsAsync("it was tried again", () => tries == 2);
        await host.Log.HasAsync(LogLevel.Error, "took longer than the functionTimeout");
    }

    [Fact]
    public async Task A_function_that_is_switched_off_takes_no_message()
    {
        var (off, on) = (0, new TaskCompletionSource());
        await using var worker = new ScriptedWorker()
            .Queue("Off", "work-off", (_, _) => Task.FromResult(Interlocked.Increment(ref off)))
            .Queue("On", "work-on", (_, _) => Task.FromResult(on.TrySetResult()));
        await using var host = await ScriptedHost.StartAsync(azurite, worker, ("AzureWebJobs.Off.Disabled", "true"));

        await host.SendAsync("work-off", "waits");
        await host.SendAsync("work-on", "runs");
        await on.Task;

        Assert.Equal(0, off);
        Assert.Single((await host.Queue("work-off").PeekMessagesAsync()).Value);
    }

    [Theory]
    [InlineData("batchSize", "40", "a whole number from 1 to 32")]
    [InlineData("batchSize", "many", "a whole number from 1 to 32")]
    [InlineData("newBatchThreshold", "-1", "a whole number from 0 up")]
    [InlineData("maxDequeueCount", "0", "a whole number from 1 up")]
    [InlineData("visibilityTimeout", "8.00:00:00", "a time such as 00:00:30, at most 7 days")]
    [InlineData("maxPollingInterval", "00:00:00.050", "a time such as 00:00:02, at least 100 milliseconds")]
    [InlineData("messageEncoding", "utf8", "base64 or none")]
    public async Task An_option_of_the_queues_that_is_none_stops_the_start_and_is_named(
        string name,
        string value,
        string expected
    )
    {
        await using var worker = new ScriptedWorker();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ScriptedHost.StartAsync(azurite, worker, ($"AzureFunctionsJobHost:extensions:queues:{name}", value))
        );

        Assert.Equal($"host.json, extensions.queues: {name} is '{value}', expected {expected}.", failure.Message);
    }

    [Fact]
    public async Task A_stop_waits_for_what_runs_and_begins_nothing_new()
    {
        var (began, end, done) = (new TaskCompletionSource(), new TaskCompletionSource(), false);
        await using var worker = new ScriptedWorker().Queue(
            "Work",
            "work",
            async (_, _) =>
            {
                began.TrySetResult();
                await end.Task;
                done = true;
            }
        );
        await using var host = await ScriptedHost.StartAsync(azurite, worker);
        await host.SendAsync("work", "first");
        await began.Task;

        var stopping = host.StopAsync();
        await host.SendAsync("work", "second");
        Assert.False(stopping.IsCompleted);
        end.SetResult();
        await stopping;

        Assert.True(done);
        Assert.Equal("second", Assert.Single((await host.Queue("work").PeekMessagesAsync()).Value).MessageText);
    }

    [Fact]
    public async Task A_stop_that_loses_patience_tells_what_runs_to_give_up()
    {
        var (began, gaveUp) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var worker = new ScriptedWorker().Queue(
            "Work",
            "work",
            async (_, cancelled) =>
            {
                began.TrySetResult();
                await UntilAsync(cancelled);
                gaveUp.SetResult();
            }
        );
        await using var host = await ScriptedHost.StartAsync(azurite, worker, ("Patience", "1"));
        await host.SendAsync("work", "long");
        await began.Task;

        await host.StopAsync();

        Assert.True(gaveUp.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_timer_that_runs_while_the_host_starts_keeps_neither_requests_nor_a_stop_waiting()
    {
        var (began, gaveUp) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var worker = new ScriptedWorker()
            .Http("Get", "alive", "\"get\"")
            .TimerAtStart(
                "Nightly",
                async (_, cancelled) =>
                {
                    began.TrySetResult();
                    await UntilAsync(cancelled);
                    gaveUp.SetResult();
                }
            );
        await using var host = await ScriptedHost.StartAsync(azurite, worker, ("Patience", "1"));
        await began.Task;

        Assert.Equal("served", await host.Http.GetStringAsync("alive"));
        await host.StopAsync();

        Assert.True(gaveUp.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task When_the_worker_dies_it_is_started_again_and_its_message_comes_again()
    {
        var (began, again) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var worker = new ScriptedWorker().Queue(
            "Work",
            "work",
            async (request, cancelled) =>
            {
                if (request.TriggerMetadata["DequeueCount"].String == "1")
                {
                    began.SetResult();
                    await UntilAsync(cancelled);
                }

                again.SetResult();
            }
        );
        await using var host = await ScriptedHost.StartAsync(azurite, worker);
        await host.SendAsync("work", "unlucky");
        await began.Task;

        worker.Die();

        await again.Task;
        Assert.Equal(2, worker.Starts);
    }

    private static async Task UntilAsync(CancellationToken cancelled)
    {
        var told = new TaskCompletionSource();
        await using var registration = cancelled.Register(told.SetResult);
        await told.Task;
    }
}
