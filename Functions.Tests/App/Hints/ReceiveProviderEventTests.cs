using System.Diagnostics.Metrics;
using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Hints;

[Trait("Layer", "L3")]
public sealed class ReceiveProviderEventTests
{
    private static readonly ProviderEvent Happened = new()
    {
        Id = "evt_1",
        Type = "payment_intent.succeeded",
        ApiVersion = "v",
        Livemode = false,
        IntentId = "pi_1",
        Body = "{}",
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public async Task F24_a_webhook_whose_row_cannot_be_stored_is_not_acknowledged_and_asks_for_nothing()
    {
        var queue = new HintQueue();
        var receive = new ReceiveProviderEvent(new BelievingReader(), new BrokenEventStore(), Hints(queue));

        await Assert.ThrowsAsync<IOException>(() =>
            receive.RunAsync(new byte[] { 1 }, "signature", CancellationToken.None)
        );

        Assert.Empty(queue.Events);
    }

    [Fact]
    public async Task F24_a_webhook_that_is_stored_while_the_queue_is_away_is_acknowledged_and_open_for_the_sweep()
    {
        var events = new Fixtures.ScratchEventStore();
        var receive = new ReceiveProviderEvent(new BelievingReader(), events, Hints(new HintQueue { IsAway = true }));

        Assert.Null(await receive.RunAsync(new byte[] { 1 }, "signature", CancellationToken.None));

        Assert.Equal("evt_1", Assert.Single(events.Open).Id);
    }

    [Fact]
    public async Task A_new_event_asks_to_be_settled_and_the_same_one_again_asks_for_nothing_more()
    {
        var queue = new HintQueue();
        var receive = new ReceiveProviderEvent(new BelievingReader(), new Fixtures.ScratchEventStore(), Hints(queue));

        await receive.RunAsync(new byte[] { 1 }, "signature", CancellationToken.None);
        Assert.Equal("evt_1", Assert.Single(queue.Events).Message.EventId);
        await receive.RunAsync(new byte[] { 1 }, "signature", CancellationToken.None);

        Assert.Single(queue.Events);
    }

    [Fact]
    public async Task An_event_that_changes_nothing_here_is_acknowledged_counted_and_not_kept()
    {
        var (events, queue, counted) = (new Fixtures.ScratchEventStore(), new HintQueue(), 0L);
        using var meter = new MeterListener
        {
            InstrumentPublished = (instrument, listener) => Listen(instrument, listener),
        };
        meter.SetMeasurementEventCallback<long>(
            (_, count, tags, _) =>
                counted += tags.Contains(new KeyValuePair<string, object?>("outcome", "ignored")) ? count : 0
        );
        meter.Start();

        Assert.Null(
            await new ReceiveProviderEvent(new IgnoringReader(), events, Hints(queue)).RunAsync(
                new byte[] { 1 },
                "signature",
                CancellationToken.None
            )
        );

        Assert.Equal((0, 0), (events.All.Count(), queue.Events.Count));
        Assert.InRange(counted, 1, long.MaxValue);

        static void Listen(Instrument instrument, MeterListener listener)
        {
            if (instrument.Name == "autopay.webhooks")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        }
    }

    private sealed class IgnoringReader : IWebhookReader
    {
        public ValueTask<WebhookReading> ReadAsync(
            ReadOnlyMemory<byte> body,
            string? signature,
            CancellationToken cancel
        ) => new(WebhookReading.Ignored);
    }

    private static EventHints Hints(HintQueue queue) =>
        new(queue, new CityClock(TimeProvider.System, ChargingWorld.City));

    private sealed class BelievingReader : IWebhookReader
    {
        public ValueTask<WebhookReading> ReadAsync(
            ReadOnlyMemory<byte> body,
            string? signature,
            CancellationToken cancel
        ) => new(new WebhookReading(Happened, null));
    }

    private sealed class BrokenEventStore : IProviderEventStore
    {
        public Task<bool> TryAddAsync(ProviderEvent happened, CancellationToken cancel) =>
            Task.FromException<bool>(new IOException("The table is away."));

        public Task<IReadOnlyList<ProviderEvent>> AddMissingAsync(
            IReadOnlyList<ProviderEvent> events,
            CancellationToken cancel
        ) => throw new NotSupportedException();

        public Task<ProviderEvent?> FindAsync(string eventId, CancellationToken cancel) =>
            throw new NotSupportedException();

        public Task MarkAsync(IReadOnlyList<EventMark> marks, CancellationToken cancel) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<OpenEvent> ReadOpenAsync(Bucket bucket, CancellationToken cancel) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<OpenEvent>> TakeAsync(
            IReadOnlyList<OpenEvent> events,
            DateTimeOffset until,
            CancellationToken cancel
        ) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<Bucket, int>> CountOpenAsync(
            DateTimeOffset receivedBy,
            CancellationToken cancel
        ) => throw new NotSupportedException();

        public IAsyncEnumerable<ProviderEvent> ReadListedAsync(CancellationToken cancel) =>
            throw new NotSupportedException();

        public Task<EventProgress> ReadProgressAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task SaveProgressAsync(EventProgress progress, CancellationToken cancel) =>
            throw new NotSupportedException();
    }
}
