using System.Text;
using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Stuck;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.App.Stuck;

/// <summary>What is kept of messages that failed for good, and how many at once.</summary>
public sealed class PoisonContentTests
{
    private const int Most = 64 * 1024;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("not Base64 {", false)]
    [InlineData("/////w==", false)]
    [InlineData("bm90IGpzb24=", true)]
    public async Task What_is_no_text_is_kept_as_it_came(string raw, bool isText)
    {
        var item = await CollectedAsync(raw);

        Assert.Equal(isText ? "not json" : raw, item.Content);
        Assert.Equal(!isText, item.Reason.Contains("is not Base64 (SHA-256 ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Most - 1, Most - 1)]
    [InlineData(Most, Most)]
    [InlineData(Most + 1, Most)]
    public async Task Of_a_long_message_its_beginning_is_kept(int length, int kept)
    {
        var text = new string('x', length);

        var item = await CollectedAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));

        Assert.Equal(text[..kept], item.Content);
    }

    [Fact]
    public async Task A_queue_that_never_gets_empty_is_left_after_fifty_looks()
    {
        await using var world = new ChargingWorld();
        var heap = new Heap("bm90IGpzb24=") { NeverEnds = true };

        var collected = await KeepIn(world, heap).CollectAsync(Cancel);

        Assert.Equal((50, new CollectedPoison(0, 50)), (heap.Looks, collected));
    }

    [Fact]
    public async Task A_hint_whose_work_is_done_by_now_is_closed_as_it_comes()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.SweepAsync();
        var bucket = Bucket.Of(ChargingWorld.Id()).Number;
        var heap = new Heap(
            Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"bucket":{{bucket}},"cause":"sweep"}"""))
        );

        Assert.Equal(new CollectedPoison(1, 0), await KeepIn(world, heap).CollectAsync(Cancel));

        Assert.Empty(await world.Stuck.ReadAllAsync(Cancel).ToListAsync(Cancel));
    }

    private static async Task<StuckItem> CollectedAsync(string raw)
    {
        await using var world = new ChargingWorld();
        await KeepIn(world, new Heap(raw)).CollectAsync(Cancel);
        return await world.Stuck.ReadAllAsync(Cancel).SingleAsync(Cancel);
    }

    private static CollectPoisonMessages KeepIn(ChargingWorld world, Heap heap) =>
        new(
            world.Stuck,
            heap,
            new RemadeHints(
                world.Schedules,
                world.Controls,
                world.Events,
                world.Imports,
                new ScratchReleaseStore(),
                new SimNoticeOutbox(() => []),
                new ScratchRunStore(),
                world.Verb<CityClock>()
            ),
            world.Verb<CityClock>()
        );

    private sealed class Heap(string raw) : IPoisonQueues
    {
        private bool isGone;

        public bool NeverEnds { get; init; }

        public int Looks { get; private set; }

        public Task<IReadOnlyList<PoisonMessage>> ReceiveAsync(CancellationToken cancel)
        {
            Looks = Looks < 100 ? Looks + 1 : throw new InvalidOperationException("It never ends.");
            return Task.FromResult<IReadOnlyList<PoisonMessage>>(
                isGone && !NeverEnds ? [] : [new PoisonMessage(QueueNames.Evaluate, raw, "1", "receipt")]
            );
        }

        public Task DeleteAsync(PoisonMessage message, CancellationToken cancel)
        {
            isGone = true;
            return Task.CompletedTask;
        }
    }
}
