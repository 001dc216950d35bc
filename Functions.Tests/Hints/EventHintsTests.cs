using Autopay.Application;
using Autopay.Application.Ports;
using Autopay.Domain;
using Autopay.Tests.ChargeProtocol;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.Hints;

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
        var happened = Event("evt_1") with { Claim = new IntentClaim { IntentId = "pi_1", Debit = DebitId.From("A-1-1"), Attempt = 1, Status = IntentStatus.Succeeded, Amount = new Money(5000) } };

        await hints.AskAsync(happened, CancellationToken.None);

        Assert.Equal((ProviderEventMessage.Of(happened), TimeSpan.Zero), Assert.Single(queue.Events));
    }

    [Fact]
    public async Task What_follows_within_seconds_is_asked_for_together_when_they_are_over()
    {
        for (var number = 0; number < 100; number++)
        {
            await hints.AskAsync(Event($"evt_{number}"), CancellationToken.None);
            time.AdjustTime(Noon.AddMilliseconds(number * 45));
        }

        Assert.Equal(["evt_0", null], queue.Events.Select(it => it.Message.EventId));
        Assert.Equal((Event("evt_0").Bucket.Number, EventHints.Together), (queue.Events[1].Message.Bucket, queue.Events[1].After));
    }

    [Theory]
    [InlineData(0.0, 5)]
    [InlineData(0.4, 5)]
    [InlineData(3.2, 2)]
    [InlineData(4.9, 1)]
    public async Task Nobody_sees_the_message_before_the_events_that_rely_on_it_are_stored(double seconds, int after)
    {
        await hints.AskAsync(Event("evt_1"), CancellationToken.None);
        time.AdjustTime(Noon.AddSeconds(seconds));

        await hints.AskAsync(Event("evt_2"), CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(after), queue.Events[1].After);
    }

    [Fact]
    public async Task Another_bucket_and_a_later_time_begin_anew()
    {
        var elsewhere = Enumerable.Range(2, 100).Select(number => Event("evt_x", $"pi_{number}")).First(it => it.Bucket != Event("evt_1").Bucket);
        await hints.AskAsync(Event("evt_1"), CancellationToken.None);
        await hints.AskAsync(elsewhere, CancellationToken.None);
        time.AdjustTime(Noon + EventHints.Together);
        await hints.AskAsync(Event("evt_3"), CancellationToken.None);

        Assert.Equal(["evt_1", "evt_x", "evt_3"], queue.Events.Select(it => it.Message.EventId));
    }

    [Fact]
    public async Task A_message_that_did_not_go_out_is_nobodys_message()
    {
        await hints.AskAsync(Event("evt_1"), CancellationToken.None);
        queue.IsAway = true;
        await hints.AskAsync(Event("evt_2"), CancellationToken.None);
        queue.IsAway = false;

        await hints.AskAsync(Event("evt_3"), CancellationToken.None);

        Assert.Equal(["evt_1", null, "evt_3"], queue.Events.Select(it => it.Message.EventId));
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F42_a_clock_that_was_set_back_keeps_nobody_waiting_for_a_message()
    {
        await hints.AskAsync(Event("evt_1"), CancellationToken.None);
        await hints.AskAsync(Event("evt_2"), CancellationToken.None);
        time.AdjustTime(Noon.AddHours(-1));

        await hints.AskAsync(Event("evt_3"), CancellationToken.None);

        Assert.Equal("evt_3", queue.Events[^1].Message.EventId);
    }

    private static OpenEvent Event(string id, string intent = "pi_1") => new(id, intent, Noon);
}
