using Autopay.Application;
using Autopay.Application.Ports;
using Autopay.Domain;
using Autopay.Rehearsal;
using Autopay.Tests.ChargeProtocol;

namespace Autopay.Tests.Hints;

public sealed class KeepPoisonTests
{
    [Fact]
    public async Task A_poison_message_stays_in_its_queue_until_its_row_is_written()
    {
        await using var world = new ChargingWorld();
        var (queues, stuck) = (new OnePoisonQueue(), new FailingOnceStuckStore(world.Stuck));
        var keep = new KeepPoison(stuck, queues, world.Verb<CityClock>());

        await Assert.ThrowsAsync<IOException>(() => keep.CollectAsync(CancellationToken.None));
        Assert.Equal(1, queues.Left);
        await keep.CollectAsync(CancellationToken.None);

        Assert.Equal(0, queues.Left);
        Assert.Equal("lost?", (await world.Stuck.ReadAllAsync(CancellationToken.None).SingleAsync()).Content);
    }

    private sealed class OnePoisonQueue : IPoisonQueues
    {
        private readonly List<PoisonMessage> messages = [new(QueueNames.Evaluate, Convert.ToBase64String("lost?"u8), "1", "receipt")];

        public int Left => messages.Count;

        public Task<IReadOnlyList<PoisonMessage>> ReceiveAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<PoisonMessage>>([.. messages]);

        public Task DeleteAsync(PoisonMessage message, CancellationToken cancel)
        {
            messages.Remove(message);
            return Task.CompletedTask;
        }
    }

    private sealed class FailingOnceStuckStore(ScratchStuckStore inner) : IStuckStore
    {
        private bool failed;

        public Task PutAsync(StuckItem item, CancellationToken cancel)
        {
            var fails = !failed;
            failed = true;
            return fails ? throw new IOException("The table is away.") : inner.PutAsync(item, cancel);
        }

        public Task<StuckItem?> FindAsync(string id, CancellationToken cancel) => inner.FindAsync(id, cancel);

        public Task<bool> TryCloseAsync(string id, StuckClosing closing, Authority authority, CancellationToken cancel) => inner.TryCloseAsync(id, closing, authority, cancel);

        public Task RemoveAsync(string id, CancellationToken cancel) => inner.RemoveAsync(id, cancel);

        public IAsyncEnumerable<StuckItem> ReadAllAsync(CancellationToken cancel) => inner.ReadAllAsync(cancel);
    }
}
