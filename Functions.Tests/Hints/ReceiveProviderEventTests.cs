using Autopay.Application;
using Autopay.Application.Ports;

namespace Autopay.Tests.Hints;

[Trait("Layer", "L3")]
public sealed class ReceiveProviderEventTests
{
    private static readonly ProviderEvent Happened = new()
    {
        Id = "evt_1", Type = "payment_intent.succeeded", ApiVersion = "v", Livemode = false, IntentId = "pi_1", Body = "{}", ReceivedAt = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public async Task F24_a_webhook_whose_row_cannot_be_stored_is_not_acknowledged_and_asks_for_nothing()
    {
        var queue = new HintQueue();
        var receive = new ReceiveProviderEvent(new BelievingReader(), new BrokenEventStore(), queue);

        await Assert.ThrowsAsync<IOException>(() => receive.RunAsync(new byte[] { 1 }, "signature", CancellationToken.None));

        Assert.Empty(queue.Events);
    }

    [Fact]
    public async Task F24_a_webhook_that_is_stored_while_the_queue_is_away_is_acknowledged_and_open_for_the_sweep()
    {
        var events = new Fixtures.ScratchEventStore();
        var receive = new ReceiveProviderEvent(new BelievingReader(), events, new HintQueue { IsAway = true });

        Assert.Null(await receive.RunAsync(new byte[] { 1 }, "signature", CancellationToken.None));

        Assert.Equal("evt_1", (await events.ReadOpenAsync(CancellationToken.None).SingleAsync()).Id);
    }

    private sealed class BelievingReader : IWebhookReader
    {
        public WebhookReading Read(ReadOnlyMemory<byte> body, string? signature) => new(Happened, null);
    }

    private sealed class BrokenEventStore : IProviderEventStore
    {
        public Task<bool> TryAddAsync(ProviderEvent happened, CancellationToken cancel) => Task.FromException<bool>(new IOException("The table is away."));

        public Task<ProviderEvent?> FindAsync(string eventId, CancellationToken cancel) => Task.FromResult<ProviderEvent?>(null);

        public Task MarkAsync(string eventId, ProviderEventState state, string note, CancellationToken cancel) => Task.CompletedTask;

        public IAsyncEnumerable<ProviderEvent> ReadOpenAsync(CancellationToken cancel) => AsyncEnumerable.Empty<ProviderEvent>();

        public IAsyncEnumerable<ProviderEvent> ReadListedAsync(CancellationToken cancel) => AsyncEnumerable.Empty<ProviderEvent>();
    }
}
