using Autopay.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Autopay.Tests.LocalHost;

public sealed class StoppingTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_stop_waits_for_running_messages_and_takes_no_new_ones()
    {
        await using var host = await QueueHostAsync("first");

        var stopping = host.StopAsync();
        await host.Queue.SendMessageAsync("second");
        Assert.False(stopping.IsCompleted);
        host.Journal.ReleaseAll();
        await stopping;

        Assert.Equal(["began first", "ended first"], host.Journal.Entries);
        Assert.Equal("second", (await host.Queue.PeekMessagesAsync(32)).Value.Single().MessageText);
    }

    [Fact]
    public async Task A_stop_waits_for_running_requests()
    {
        await using var host = await TestHost.StartAsync(azurite, typeof(Functions));
        var call = host.Http.GetStringAsync("Page");
        await host.Journal.HasAsync("began page");

        var stopping = host.StopAsync();
        Assert.False(stopping.IsCompleted);
        host.Journal.ReleaseAll();

        Assert.Equal("page", await call);
        await stopping;
    }

    [Fact]
    public async Task Ctrl_c_drains_like_a_stop()
    {
        await using var host = await QueueHostAsync("first");
        var running = host.Services.GetRequiredService<IHost>().WaitForShutdownAsync();

        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        host.Journal.ReleaseAll();
        await running;

        Assert.Equal(["began first", "ended first"], host.Journal.Entries);
    }

    [Fact]
    public async Task When_patience_ends_running_functions_are_told_to_give_up()
    {
        await using var host = await QueueHostAsync("patient");
        using var patience = new CancellationTokenSource();

        var stopping = host.StopAsync(patience.Token);
        Assert.False(stopping.IsCompleted);
        await patience.CancelAsync();
        await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        await host.Journal.HasAsync("patient was cancelled");
        await Eventually.HoldsAsync("the message is visible again", async () => (await host.Queue.PeekMessageAsync()).Value is not null);
    }

    [Fact]
    public async Task A_host_that_is_disposed_without_a_stop_takes_no_more_messages()
    {
        var (storage, otherStorage) = (new StorageRecorder(), new StorageRecorder());
        var host = TestHost.Build(await azurite.ConnectionStringAsync(), new TestHostSetup { Configure = storage.AddTo }, typeof(Functions));
        await host.StartAsync();
        await storage.HasAsync("GET");

        await ((IAsyncDisposable)host).DisposeAsync();
        var asked = storage.Count("GET");

        await using var other = await TestHost.StartAsync(azurite, new TestHostSetup { Configure = otherStorage.AddTo }, typeof(Functions));
        await Eventually.HoldsAsync("time for some more", () => otherStorage.Count("GET") >= 6);
        Assert.InRange(storage.Count("GET"), asked, asked + 1);
    }

    private async Task<TestHost> QueueHostAsync(string message)
    {
        var setup = new TestHostSetup();
        await QueueSeed.SendAsync(azurite, setup, message);
        var host = await TestHost.StartAsync(azurite, setup, typeof(Functions));
        await host.Journal.HasAsync($"began {message}");
        return host;
    }

    private sealed class Functions(Journal journal)
    {
        [Function("Message")]
        public async Task MessageAsync([QueueTrigger("%queue%")] string message, CancellationToken cancellationToken)
        {
            journal.Add($"began {message}");
            await journal.GateOrCancelledAsync(message, cancellationToken);
            journal.Add($"ended {message}");
        }

        [Function("Page")]
        public async Task<IActionResult> PageAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            journal.Add("began page");
            await journal.GateAsync();
            return new ContentResult { Content = "page" };
        }
    }
}
