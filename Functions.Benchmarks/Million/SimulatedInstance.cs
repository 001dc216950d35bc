using System.Text.Json;
using Autopay.Application.Evaluating;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Releasing;
using Autopay.Application.Runs;
using Autopay.Benchmarks.Cloud;
using Autopay.Benchmarks.World;
using Autopay.Hosting;
using Autopay.Payments.Rates;
using Autopay.Rehearsal.World;
using Autopay.Storage;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Benchmarks.Million;

/// <summary>
/// One instance of the app, wired as in production, with the listeners of its host: up to eight messages when at most
/// four are in hand, looks that become rarer while a queue is empty, and a timeout.
/// </summary>
internal sealed class SimulatedInstance : IAsyncDisposable
{
    private const int Batch = 8;
    private const int Threshold = 4;
    private const int MostDequeued = 5;
    private static readonly TimeSpan FunctionTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private readonly VirtualTime time;
    private readonly SharedRate rate;
    private readonly ServiceProvider services;

    public SimulatedInstance(VirtualTime time, CloudAccount account, StripeSide stripe, RateLimits limits, string name)
    {
        this.time = time;
        var storage = account.Clients(null);
        rate = new SharedRate(limits, new TableSharedRateStore(storage), time, name);
        var bank = new SimulatedStripe(stripe, rate);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new(AutopayServices.StorageConnection, "UseDevelopmentStorage=true")])
            .Build();
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(time)
            .AddAutopay(configuration)
            .AddSingleton(storage)
            .AddSingleton<IPaymentProvider>(bank)
            .AddSingleton<IProviderRecords>(bank)
            .AddSingleton<IRefundProvider, NoRefunds>()
            .AddSingleton<IWebhookReader, UnsignedWebhooks>()
            .BuildServiceProvider();
    }

    /// <summary>Messages in hand.</summary>
    public int Running { get; private set; }

    /// <summary>Messages that were done with.</summary>
    public int Executions { get; private set; }

    /// <summary>Those that were cut by the timeout, or failed.</summary>
    public int Failures { get; private set; }

    /// <summary>When the last of them was done with.</summary>
    public TimeSpan LastDone { get; private set; }

    public IServiceProvider Services => services;

    public T Verb<T>()
        where T : notnull => services.GetRequiredService<T>();

    public void Listen()
    {
        _ = ListenAsync(
            QueueNames.Evaluate,
            async (text, cancel) =>
                await Verb<AnswerEvaluateMessage>()
                    .RunAsync(JsonSerializer.Deserialize(text, LedgerJson.Default.EvaluateMessage)!, cancel)
        );
        _ = ListenAsync(
            QueueNames.Runs,
            async (text, cancel) =>
            {
                var message = JsonSerializer.Deserialize(text, LedgerJson.Default.RunMessage)!;
                if (message.ReleaseId is { } release)
                {
                    await Verb<MakePlan>().RunAsync(release, cancel);
                }
                else
                {
                    await Verb<GoOnWithRuns>().RunAsync(message.RunId!, GoOnWithRuns.OneTurn, cancel);
                }
            }
        );
    }

    /// <summary>What the five-minute timer does, until the work has ended.</summary>
    public async Task SweepBesideAsync(Task work)
    {
        while (await Task.WhenAny(work, time.WaitAsync(TimeSpan.FromMinutes(5))) != work)
        {
            await Verb<RunSweep>().RunAsync(SweepReach.Wanted, "sweep", CancellationToken.None);
            await Verb<GoOnWithRuns>().RemindAsync(CancellationToken.None);
            Executions++;
        }

        await work;
    }

    public async ValueTask DisposeAsync()
    {
        await rate.DisposeAsync();
        await services.DisposeAsync();
    }

    private async Task ListenAsync(string name, Func<string, CancellationToken, Task> handle)
    {
        var (queue, wait, inHand) = (Verb<StorageClients>().Queue(name), FirstWait, new List<Task>());
        while (true)
        {
            inHand.RemoveAll(task => task.IsCompleted);
            if (inHand.Count > Threshold)
            {
                await Task.WhenAny(inHand);
                continue;
            }

            var batch = (await queue.ReceiveMessagesAsync(Batch, FunctionTimeout)).Value;
            inHand.AddRange(batch.Select(message => HandleAsync(queue, message, handle)));
            if (batch.Length > 0)
            {
                wait = FirstWait;
                continue;
            }

            await time.WaitAsync(wait);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    private async Task HandleAsync(
        QueueClient queue,
        QueueMessage message,
        Func<string, CancellationToken, Task> handle
    )
    {
        Running++;
        using var timeout = new CancellationTokenSource(FunctionTimeout, time);
        try
        {
            await handle(message.Body.ToString(), timeout.Token);
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }
        catch (Exception)
        {
            Failures++;
            await (
                message.DequeueCount >= MostDequeued
                    ? queue.DeleteMessageAsync(message.MessageId, message.PopReceipt)
                    : (Task)queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, (string?)null, AfterFailure)
            );
        }
        finally
        {
            Running--;
            Executions++;
            LastDone = time.Passed;
        }
    }
}
