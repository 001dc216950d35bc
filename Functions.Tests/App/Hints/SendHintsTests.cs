using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Hints;

/// <summary>Messages go out many at once, and nobody's answer waits for a queue that is slow.</summary>
public sealed class SendHintsTests
{
    private static readonly ControlChange Hold = new DeferralDeclared(
        new DeferralId("outage"),
        [new CycleNumber(1)],
        new(2020, 1, 1),
        new(2020, 2, 1),
        DeferralAction.Hold,
        null
    );

    [Fact]
    public async Task Whoever_declares_or_clears_is_answered_while_a_slow_queue_still_takes_the_messages()
    {
        var (time, queue, store, underWay) = (
            new FakeTimeProvider(),
            new SlowQueue(),
            new ScratchControlsStore(new Policies()),
            new HintsUnderWay()
        );
        var clock = new CityClock(time, ChargingWorld.City);
        var hints = new SendHints(queue, underWay, clock, new ProcessingOptions());

        var declaring = new ChangeControls(store, hints, clock).RunAsync(
            Hold,
            new Authority("finance", "test", default),
            CancellationToken.None
        );
        Assert.False(declaring.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(3));
        await Eventually.HoldsAsync("finance is answered", () => declaring.IsCompleted);
        var declared = await declaring;

        Assert.Equal((1, 1, AtOnce(Bucket.Count)), (declared.Version, store.Current.Version, queue.UnderWay));
        var drained = underWay.DrainAsync(CancellationToken.None);
        Assert.False(drained.IsCompleted);
        queue.Release();
        await drained;
        Assert.Equal(Bucket.Count, queue.Taken.Distinct().Count());
    }

    [Fact]
    public async Task A_queue_that_is_away_is_asked_for_one_round_however_many_messages_there_are()
    {
        var queue = new HintQueue { IsAway = true };
        var clock = new CityClock(new FakeTimeProvider(), ChargingWorld.City);
        var hints = new SendHints(queue, new HintsUnderWay(), clock, new ProcessingOptions());

        await hints.RunAsync([.. Enumerable.Range(0, 40).Select(number => new EvaluateMessage(number % 8, "test"))]);

        Assert.InRange(queue.Buckets.Count, 1, SendHints.AtOnce);
    }

    [Fact]
    public async Task A_queue_that_is_away_is_asked_for_one_round_and_the_change_stands()
    {
        var queue = new HintQueue { IsAway = true };
        var store = new ScratchControlsStore(new Policies());
        var clock = new CityClock(new FakeTimeProvider(), ChargingWorld.City);
        var hints = new SendHints(queue, new HintsUnderWay(), clock, new ProcessingOptions());

        await new ChangeControls(store, hints, clock).RunAsync(
            Hold,
            new Authority("finance", "test", default),
            CancellationToken.None
        );

        Assert.Equal(1, store.Current.Version);
        Assert.InRange(queue.Buckets.Count, 1, SendHints.AtOnce);
    }

    [Fact]
    public async Task A_queue_that_never_answers_is_given_up()
    {
        var (time, queue, underWay) = (new FakeTimeProvider(), new SlowQueue(), new HintsUnderWay());
        var hints = new SendHints(queue, underWay, new CityClock(time, ChargingWorld.City), new ProcessingOptions());
        var sending = hints.RunAsync([new EvaluateMessage(1, "test")]);
        time.Advance(TimeSpan.FromSeconds(3));
        await sending;

        time.Advance(TimeSpan.FromSeconds(30));

        await underWay.DrainAsync(CancellationToken.None);
        Assert.Empty(queue.Taken);
    }

    [Fact]
    public async Task A_sweep_asks_for_many_buckets_and_events_at_once()
    {
        await using var world = new ChargingWorld();
        for (var number = 0; number < 40; number++)
        {
            await world.Events.TryAddAsync(
                new ProviderEvent
                {
                    Id = $"evt_{number}",
                    Type = "t",
                    ApiVersion = "v",
                    Livemode = false,
                    Body = "{}",
                    ReceivedAt = default,
                },
                CancellationToken.None
            );
        }

        var queue = new SlowQueue();
        var sweep = new Sweep(
            world.Schedules,
            world.Controls,
            world.Events,
            world.Imports,
            queue,
            world.Verb<EvaluateBucket>(),
            world.Verb<CityClock>()
        );
        var sweeping = sweep.RunAsync(SweepReach.Every, "tick", CancellationToken.None);
        queue.ReleaseOne(); // The first one tells whether the queue is there.
        await Eventually.HoldsAsync(
            "many buckets are asked for at once",
            () => queue.UnderWay == AtOnce(Bucket.Count - 1)
        );
        queue.Release();

        Assert.Equal(new SweepResult(Bucket.Count, 40, 0), await sweeping);
        Assert.Equal(AtOnce(Bucket.Count - 1), queue.Most);
    }

    [Fact]
    public async Task Of_forty_messages_sixteen_are_under_way()
    {
        var (time, queue, underWay) = (new FakeTimeProvider(), new SlowQueue(), new HintsUnderWay());
        var hints = new SendHints(queue, underWay, new CityClock(time, ChargingWorld.City), new ProcessingOptions());
        var sending = hints.RunAsync([
            .. Enumerable.Range(0, 40).Select(number => new EvaluateMessage(number, "test")),
        ]);

        Assert.Equal(16, queue.UnderWay);
        queue.Release();

        await sending;
        await underWay.DrainAsync(CancellationToken.None);
        Assert.Equal((40, 16), (queue.Taken.Count, queue.Most));
    }

    private static int AtOnce(int messages) => Math.Min(SendHints.AtOnce, messages);

    /// <summary>Takes nothing before it is told to.</summary>
    private sealed class SlowQueue : IWorkQueue
    {
        private readonly Lock gate = new();
        private readonly List<TaskCompletionSource> waiting = [];
        private bool isReleased;

        public List<string> Taken { get; } = [];

        public int UnderWay { get; private set; }

        public int Most { get; private set; }

        public Task<bool> TryEnqueueAsync(EvaluateMessage message, CancellationToken cancel) =>
            TakeAsync($"bucket {message.Bucket}", cancel);

        public Task<bool> TryEnqueueLaterAsync(EvaluateMessage message, TimeSpan after, CancellationToken cancel) =>
            TakeAsync($"bucket {message.Bucket}", cancel);

        public Task<bool> TryEnqueueAsync(ProviderEventMessage message, TimeSpan after, CancellationToken cancel) =>
            TakeAsync(message.EventId ?? $"events of bucket {message.Bucket}", cancel);

        public Task<bool> TryEnqueueAsync(ImportMessage message, CancellationToken cancel) =>
            TakeAsync(message.ImportId, cancel);

        public Task<bool> TryEnqueueLaterAsync(ImportMessage message, TimeSpan after, CancellationToken cancel) =>
            TryEnqueueAsync(message, cancel);

        public Task<bool> TryEnqueueAsync(NoticeMessage message, CancellationToken cancel) => Task.FromResult(true);

        public Task<bool> TryEnqueueAsync(RunMessage message, CancellationToken cancel) =>
            TakeAsync(message.ReleaseId ?? message.RunId!, cancel);

        public void ReleaseOne()
        {
            lock (gate)
            {
                waiting[0].SetResult();
                waiting.RemoveAt(0);
            }
        }

        public void Release()
        {
            lock (gate)
            {
                isReleased = true;
                waiting.ForEach(one => one.TrySetResult());
                waiting.Clear();
            }
        }

        private async Task<bool> TakeAsync(string what, CancellationToken cancel)
        {
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (gate)
            {
                Most = Math.Max(Most, ++UnderWay);
                (isReleased ? [] : waiting).Add(turn);
                _ = isReleased && turn.TrySetResult();
            }

            await turn.Task.WaitAsync(cancel);
            lock (gate)
            {
                UnderWay--;
                Taken.Add(what);
            }

            return true;
        }
    }
}
