using Autopay.LocalHost;
using Autopay.Tests.Fixtures;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.LocalHost;

public sealed class QueueLeaseTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);
    private readonly FakeTimeProvider clock = new();
    private readonly StorageRecorder storage = new();

    [Fact]
    public async Task A_message_is_hidden_for_ten_minutes()
    {
        await using var host = await RunningAsync();

        await storage.HasAsync("GET", "visibilitytimeout=600");
    }

    [Fact]
    public async Task After_five_minutes_and_not_before_it_is_hidden_for_another_ten()
    {
        await using var host = await RunningAsync();

        clock.Advance(Step * 4.9);
        Assert.Equal(0, Renewals());

        clock.Advance(Step * 0.1);
        await storage.HasAsync("PUT", "visibilitytimeout=600");
    }

    [Fact]
    public async Task A_renewed_message_keeps_its_text_and_is_deleted_with_its_new_receipt()
    {
        await using var host = await RunningAsync();
        clock.Advance(Step * 5);
        await storage.HasAsync("PUT", "visibilitytimeout=600");
        await Eventually.HoldsAsync("a second renewal with the receipt of the first", () =>
        {
            clock.Advance(Step);
            return Renewals() >= 2;
        });

        host.Journal.ReleaseAll();

        await host.QueueIsEmptyAsync();
        Assert.DoesNotContain(host.Log.Lines, line => line.Text.Contains("no longer ours", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_renewed_message_that_fails_comes_again_with_its_text()
    {
        await using var host = await RunningAsync(typeof(FailsFirst));
        clock.Advance(Step * 5);
        await storage.HasAsync("PUT", "visibilitytimeout=600");

        host.Journal.ReleaseAll();

        await Eventually.HoldsAsync("it ran twice", () =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            return host.Journal.Entries.Count(entry => entry == "began hello") == 2;
        });
    }

    [Fact]
    public async Task A_renewal_that_fails_is_tried_again_a_minute_later()
    {
        await using var host = await RunningAsync();
        storage.Broken = "PUT";
        clock.Advance(Step * 5);
        await host.Log.HasAsync(LogLevel.Warning, "could not be kept hidden, which is tried again");
        var tries = Renewals();

        storage.Broken = null;
        await Eventually.HoldsAsync("tried again", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return Renewals() > tries;
        });
    }

    [Fact]
    public async Task A_message_that_is_gone_is_not_renewed_any_more()
    {
        await using var host = await RunningAsync();
        await host.Queue.ClearMessagesAsync();

        clock.Advance(Step * 5);

        await host.Log.HasAsync(LogLevel.Information, "is no longer ours (MessageNotFound)");
        clock.Advance(Step * 60);
        Assert.Equal(1, Renewals());
    }

    private int Renewals() => storage.Count("PUT", "visibilitytimeout=600");

    private Task<TestHost> RunningAsync() => RunningAsync(typeof(Waiting));

    private async Task<TestHost> RunningAsync(Type function)
    {
        var setup = new TestHostSetup
        {
            Settings = new() { ["AzureFunctionsJobHost:functionTimeout"] = "-1" },
            Configure = builder => storage.AddTo(builder, clock),
        };
        await QueueSeed.SendAsync(azurite, setup, "hello");
        var host = await TestHost.StartAsync(azurite, setup, function);
        await host.Journal.HasAsync("began hello");
        return host;
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

    private sealed class FailsFirst(Journal journal)
    {
        [Function("FailsFirst")]
        public async Task RunAsync([QueueTrigger("%queue%")] string message, FunctionContext context)
        {
            journal.Add($"began {message}");
            await journal.GateAsync();
            _ = Equals(context.BindingContext.BindingData["DequeueCount"], "1") ? throw new InvalidOperationException("first") : message;
        }
    }
}
