using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Autopay.Tests.App.ChargeProtocol;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Hints;

/// <summary>A burst of events needs few messages, and each event has one that is seen after it was stored.</summary>
public sealed class EventHintsTests
{
    private static readonly DateTimeOffset Noon = new(2020, 1, 22, 18, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider time = new(Noon);
    private readonly HintQueue queue = new();
    private readonly EventHints hints;

    public EventHintsTests() => hints = new EventHints(queue, new CityClock(time, ChargingWorld.City));

    [Fact]
    public async Task A_lone_event_is_asked_for_at_once_and_names_all_that_it_says()
    {
        var happened = Event("evt_1") with
        {
            Claim = new IntentClaim
            {
                IntentId = "pi_1",
                Debit = DebitId.From("A-1-1"),
                Attempt = 1,
                Status = IntentStatus.Succeeded,
                Amount = new Money(5000),
            },
        };

        await StoredAsync(happened);

        Assert.Equal((ProviderEventMessage.Of(happened.ToOpen()), TimeSpan.Zero), Assert.Single(queue.Events));
    }

    [Fact]
    public async Task What_follows_within_seconds_is_asked_for_together_when_they_are_over()
    {
        for (var number = 0; number < 100; number++)
        {
            await StoredAsync(Event($"evt_{number}"));
            time.AdjustTime(Noon.AddMilliseconds(number * 45));
        }

        Assert.Equal(["evt_0", null], queue.Events.Select(it => it.Message.EventId));
        Assert.Equal(
            (BucketOf(Event("evt_0")).Number, EventHints.Together),
            (queue.Events[1].Message.Bucket, queue.Events[1].After)
        );
    }

    [Theory]
    [InlineData(0.0, 5)]
    [InlineData(0.4, 5)]
    [InlineData(3.2, 2)]
    [InlineData(4.9, 1)]
    public async Task Nobody_sees_the_message_before_the_events_that_rely_on_it_are_stored(double seconds, int after)
    {
        await StoredAsync(Event("evt_1"));
        time.AdjustTime(Noon.AddSeconds(seconds));

        await StoredAsync(Event("evt_2"));

        Assert.Equal(TimeSpan.FromSeconds(after), queue.Events[1].After);
    }

    [Fact]
    public async Task Another_bucket_and_a_later_time_begin_anew()
    {
        var elsewhere = Enumerable
            .Range(2, 100)
            .Select(number => Event("evt_x", $"pi_{number}"))
            .First(it => BucketOf(it) != BucketOf(Event("evt_1")));
        await StoredAsync(Event("evt_1"));
        await StoredAsync(elsewhere);
        time.AdjustTime(Noon + EventHints.Together);
        await StoredAsync(Event("evt_3"));

        Assert.Equal(["evt_1", "evt_x", "evt_3"], queue.Events.Select(it => it.Message.EventId));
    }

    [Fact]
    public async Task A_message_that_did_not_go_out_is_nobodys_message()
    {
        await StoredAsync(Event("evt_1"));
        queue.IsAway = true;
        await StoredAsync(Event("evt_2"));
        queue.IsAway = false;

        await StoredAsync(Event("evt_3"));

        Assert.Equal(["evt_1", null, "evt_3"], queue.Events.Select(it => it.Message.EventId));
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F42_a_clock_that_was_set_back_keeps_nobody_waiting_for_a_message()
    {
        await StoredAsync(Event("evt_1"));
        await StoredAsync(Event("evt_2"));
        time.AdjustTime(Noon.AddHours(-1));

        await StoredAsync(Event("evt_3"));

        Assert.Equal("evt_3", queue.Events[^1].Message.EventId);
    }

    private Task StoredAsync(ProviderEvent happened) =>
        hints.AskAsync(hints.Prepare(happened).ToOpen(), CancellationToken.None);

    private static Bucket BucketOf(ProviderEvent happened) => happened.ToOpen().Bucket;

    private static ProviderEvent Event(string id, string intent = "pi_1") =>
        new()
        {
            Id = id,
            Type = "payment_intent.succeeded",
            ApiVersion = "v",
            Livemode = false,
            IntentId = intent,
            Body = "{}",
            ReceivedAt = Noon,
        };
}
