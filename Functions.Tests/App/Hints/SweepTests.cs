using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Hints;

/// <summary>The sweep asks for everything that is due, and does it itself when there is no queue to ask.</summary>
[Trait("Layer", "L2")]
public sealed class SweepTests
{
    private const int Accounts = 6;

    [Fact]
    public async Task Every_bucket_in_which_something_is_due_is_asked_for()
    {
        await using var world = await RecoveryTests.DueAsync(Accounts);
        var queue = new HintQueue();

        var result = await SweepOf(world, queue).RunAsync(SweepReach.Wanted, "sweep", CancellationToken.None);

        var due = world.Ledgers.Ledgers.Select(ledger => Bucket.Of(ledger.Id).Number).Distinct().Order().ToList();
        Assert.True(due.Count > 2);
        Assert.Equal(due, queue.Buckets.Order());
        Assert.Equal(due.Count, result.Buckets);
        Assert.Empty(world.Bank.Calls);
    }

    [Fact]
    public async Task What_is_due_by_its_row_and_by_its_ledger_is_asked_for_once()
    {
        await using var world = await RecoveryTests.DueAsync(Accounts);
        var queue = new HintQueue();

        await SweepOf(world, queue).RunAsync(SweepReach.Due, "due-date run", CancellationToken.None);

        Assert.Equal(queue.Buckets.Distinct().Order(), queue.Buckets.Order());
        Assert.Subset(
            queue.Buckets.ToHashSet(),
            world.Ledgers.Ledgers.Select(ledger => Bucket.Of(ledger.Id).Number).ToHashSet()
        );
    }

    [Fact]
    public async Task Whoever_wants_everything_looked_at_asks_for_idle_buckets_too()
    {
        await using var world = new ChargingWorld();
        var queue = new HintQueue();
        foreach (var bucket in Bucket.All)
        {
            var row = await world.Schedules.ReadAsync(bucket, CancellationToken.None);
            await world.Schedules.TryWriteAsync(row with { WalkedAt = world.Now.Utc }, CancellationToken.None);
        }

        await SweepOf(world, queue).RunAsync(SweepReach.Every, "restart", CancellationToken.None);

        Assert.Equal(Bucket.All.Select(bucket => bucket.Number), queue.Buckets.Order());
    }

    [Fact]
    public async Task Events_that_the_queue_does_not_take_are_not_counted_and_it_is_not_asked_again()
    {
        await using var world = new ChargingWorld();
        var queue = new HintQueue { TakesNoEvents = true };
        foreach (var intent in Enumerable.Range(1, 40).Select(number => $"pi_{number}"))
        {
            await world.Events.TryAddAsync(Stored(intent, world.Now.Utc), CancellationToken.None);
        }

        world.Later();
        var result = await SweepOf(world, queue).RunAsync(SweepReach.Wanted, "sweep", CancellationToken.None);

        Assert.Equal(0, result.Events);
        Assert.Single(queue.Events);
    }

    [Fact]
    public async Task The_hourly_run_asks_for_what_is_due_though_no_schedule_row_says_so_and_for_no_idle_bucket()
    {
        await using var world = await RecoveryTests.DueAsync(Accounts);
        var (lost, hourly, daily) = (new HintQueue(), new HintQueue(), new HintQueue());
        foreach (var bucket in Bucket.All)
        {
            var row = await world.Schedules.ReadAsync(bucket, CancellationToken.None);
            var wrong = row with
            {
                EarliestDue = null,
                ScannedControlsVersion = long.MaxValue,
                WalkedAt = world.Now.Utc,
            };
            Assert.NotNull(await world.Schedules.TryWriteAsync(wrong, CancellationToken.None));
        }

        await SweepOf(world, lost).RunAsync(SweepReach.Wanted, "sweep", CancellationToken.None);
        await SweepOf(world, hourly).RunAsync(SweepReach.Due, "due-date run", CancellationToken.None);
        world.Later(TimeSpan.FromDays(1));
        await SweepOf(world, daily).RunAsync(SweepReach.Due, "due-date run", CancellationToken.None);

        Assert.Empty(lost.Buckets);
        Assert.Equal(
            world.Ledgers.Ledgers.Select(ledger => Bucket.Of(ledger.Id).Number).Distinct().Order(),
            hourly.Buckets.Order()
        );
        Assert.Equal(Bucket.Count, daily.Buckets.Distinct().Count());
    }

    [Fact]
    public async Task F33_without_a_queue_the_sweep_walks_every_bucket_itself_and_tries_the_queue_once()
    {
        await using var world = await RecoveryTests.DueAsync(Accounts);
        var queue = new HintQueue { IsAway = true };

        await SweepOf(world, queue).RunAsync(SweepReach.Every, "sweep", CancellationToken.None);

        Assert.Equal(Accounts, world.Bank.Charging.Count());
        Assert.All(world.Ledgers.Ledgers, ledger => Assert.Equal(DebitState.Submitted, ledger.Debits.Single().State));
        Assert.Single(queue.Buckets);
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task F24_events_that_nobody_settled_are_asked_for_by_bucket_when_their_message_must_be_lost()
    {
        await using var world = new ChargingWorld();
        var (queue, intents) = (new HintQueue(), Enumerable.Range(1, 40).Select(number => $"pi_{number}").ToList());
        foreach (var intent in intents)
        {
            await world.Events.TryAddAsync(Stored(intent, world.Now.Utc), CancellationToken.None);
        }

        Assert.Equal(
            0,
            (await SweepOf(world, queue).RunAsync(SweepReach.Wanted, "sweep", CancellationToken.None)).Events
        );
        world.Later();
        await world.Events.TryAddAsync(Stored("pi_fresh", world.Now.Utc), CancellationToken.None);
        var result = await SweepOf(world, queue).RunAsync(SweepReach.Wanted, "sweep", CancellationToken.None);

        Assert.Equal(40, result.Events);
        Assert.Equal(
            intents.Select(intent => Bucket.Of(intent).Number).ToHashSet().Order(),
            queue.Events.Select(it => it.Message.Bucket!.Value).Order()
        );
    }

    private static ProviderEvent Stored(string intent, DateTimeOffset at) =>
        new()
        {
            Id = $"evt_{intent}",
            Type = "refund.updated",
            ApiVersion = "v",
            Livemode = false,
            IntentId = intent,
            Body = "{}",
            ReceivedAt = at,
        };

    private static Sweep SweepOf(ChargingWorld world, HintQueue queue) =>
        new(
            world.Schedules,
            world.Controls,
            world.Events,
            world.Imports,
            queue,
            world.Verb<EvaluateBucket>(),
            world.Verb<CityClock>()
        );
}

/// <summary>Remembers what it was asked for, or is away.</summary>
internal sealed class HintQueue : IWorkQueue
{
    public bool IsAway { get; set; }

    public bool TakesNoEvents { get; set; }

    public List<int> Buckets { get; } = [];

    /// <summary>What was asked for of provider events, and how long nobody sees it.</summary>
    public List<(ProviderEventMessage Message, TimeSpan After)> Events { get; } = [];

    public List<(EvaluateMessage Message, TimeSpan After)> Later { get; } = [];

    /// <summary>The runs that are to go on.</summary>
    public List<string> Runs { get; } = [];

    /// <summary>The buckets whose notices are to be sent.</summary>
    public List<int> Notices { get; } = [];

    public Task<bool> TryEnqueueAsync(EvaluateMessage message, CancellationToken cancel)
    {
        Buckets.Add(message.Bucket);
        return Task.FromResult(!IsAway);
    }

    public Task<bool> TryEnqueueLaterAsync(EvaluateMessage message, TimeSpan after, CancellationToken cancel)
    {
        Later.Add((message, after));
        return Task.FromResult(!IsAway);
    }

    public Task<bool> TryEnqueueAsync(ProviderEventMessage message, TimeSpan after, CancellationToken cancel)
    {
        Events.Add((message, after));
        return Task.FromResult(!IsAway && !TakesNoEvents);
    }

    public Task<bool> TryEnqueueAsync(ImportMessage message, CancellationToken cancel) => Task.FromResult(!IsAway);

    public Task<bool> TryEnqueueLaterAsync(ImportMessage message, TimeSpan after, CancellationToken cancel) =>
        Task.FromResult(!IsAway);

    public Task<bool> TryEnqueueAsync(NoticeMessage message, CancellationToken cancel)
    {
        Notices.Add(message.Bucket);
        return Task.FromResult(!IsAway);
    }

    public Task<bool> TryEnqueueAsync(RunMessage message, CancellationToken cancel)
    {
        Runs.AddRange(message.RunId is { } run ? [run] : []);
        return Task.FromResult(!IsAway);
    }
}
