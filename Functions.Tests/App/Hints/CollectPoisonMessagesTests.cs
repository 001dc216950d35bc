using System.Text;
using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Autopay.Application.Stuck;
using Autopay.Imports;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.App.Hints;

public sealed class CollectPoisonMessagesTests
{
    private static readonly Authority Clerk = new("clerk", "test", default);

    [Fact]
    public async Task A_poison_message_stays_in_its_queue_until_its_row_is_written()
    {
        await using var world = new ChargingWorld();
        var (queues, stuck) = (new PoisonHeap(), new FailingOnceStuckStore(world.Stuck));
        queues.Put(QueueNames.Evaluate, "lost?");
        var keep = new CollectPoisonMessages(stuck, queues, RemadeIn(world), world.Verb<CityClock>());

        await Assert.ThrowsAsync<IOException>(() => keep.CollectAsync(CancellationToken.None));
        Assert.Equal(1, queues.Left);
        await keep.CollectAsync(CancellationToken.None);

        Assert.Equal(0, queues.Left);
        Assert.Equal("lost?", (await world.Stuck.ReadAllAsync(CancellationToken.None).SingleAsync()).Content);
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F29_hints_that_failed_for_minutes_are_kept_bother_nobody_and_close_themselves_when_their_work_is_done()
    {
        await using var world = await RecoveryTests.DueAsync();
        var (queues, bucket) = (new PoisonHeap(), Bucket.Of(ChargingWorld.Id()).Number);
        var import = await StoreAsync(world);
        await world.Events.TryAddAsync(Event, CancellationToken.None);
        queues.Put(QueueNames.Evaluate, $$"""{"bucket":{{bucket}},"cause":"sweep"}""");
        queues.Put(QueueNames.ProviderEvents, $$"""{"eventId":"{{Event.Id}}"}""");
        queues.Put(QueueNames.Imports, $$"""{"importId":"{{import}}","part":0}""");

        Assert.Equal(new CollectedPoison(3, 0), await KeepIn(world, queues).CollectAsync(CancellationToken.None));
        Assert.Equal(3, await world.Stuck.ReadAllAsync(CancellationToken.None).CountAsync());
        Assert.Empty(await PoisonAsync(world));

        await world.WalkAsync();
        await world.Verb<RecordProviderEvent>().RunAsync(Event.Id, null, CancellationToken.None);
        await world.Verb<ApplyImport>().RunAsync(import, CancellationToken.None);
        await KeepIn(world, queues).CloseWhatIsDoneAsync(CancellationToken.None);

        Assert.Empty(await world.Stuck.ReadAllAsync(CancellationToken.None).ToListAsync());
        var kept = await world.Stuck.FindAsync($"evaluate:{new Bucket(bucket)}", CancellationToken.None);
        Assert.Equal(
            (StuckClosing.Resolved, "the bucket was walked", true),
            (kept!.Closing, kept.ClosedBy!.Why, kept.Content.Contains("sweep", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_hint_whose_work_still_is_not_done_after_several_sweeps_is_for_a_person_and_still_closes_itself()
    {
        await using var world = await RecoveryTests.DueAsync();
        var (queues, bucket) = (new PoisonHeap(), Bucket.Of(ChargingWorld.Id()));
        queues.Put(QueueNames.Evaluate, $$"""{"bucket":{{bucket.Number}},"cause":"sweep"}""");
        await KeepIn(world, queues).CollectAsync(CancellationToken.None);
        world.Later(TimeSpan.FromMinutes(21));
        await KeepIn(world, queues).CloseWhatIsDoneAsync(CancellationToken.None);
        Assert.Equal([$"evaluate:{bucket}"], await PoisonAsync(world));

        await world.WalkAsync();
        await KeepIn(world, queues).CloseWhatIsDoneAsync(CancellationToken.None);

        Assert.Empty(await PoisonAsync(world));
    }

    [Fact]
    public async Task A_hint_that_a_person_discarded_is_open_again_when_it_fails_again()
    {
        await using var world = await RecoveryTests.DueAsync();
        var (queues, bucket) = (new PoisonHeap(), Bucket.Of(ChargingWorld.Id()));
        queues.Put(QueueNames.Evaluate, $$"""{"bucket":{{bucket.Number}},"cause":"sweep"}""");
        await KeepIn(world, queues).CollectAsync(CancellationToken.None);
        Assert.True(
            await world.Stuck.TryCloseAsync($"evaluate:{bucket}", StuckClosing.Discarded, Clerk, CancellationToken.None)
        );

        world.Later();
        queues.Put(QueueNames.Evaluate, $$"""{"bucket":{{bucket.Number}},"cause":"another sweep"}""");
        await KeepIn(world, queues).CollectAsync(CancellationToken.None);

        Assert.Contains(
            "another",
            (await world.Stuck.ReadAllAsync(CancellationToken.None).SingleAsync()).Content,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(QueueNames.Evaluate, "not json")]
    [InlineData(QueueNames.Evaluate, """{"bucket":COUNT,"cause":"x"}""")]
    [InlineData(QueueNames.Evaluate, """{"part":3}""")]
    [InlineData(QueueNames.ProviderEvents, """{"eventId":"evt_nobody_stored"}""")]
    [InlineData(QueueNames.ProviderEvents, """{"intentId":"pi_1"}""")]
    [InlineData(QueueNames.Imports, """{"importId":"bills-unknown","part":0}""")]
    [InlineData(QueueNames.Imports, "null")]
    [InlineData(QueueNames.Notices, """{"bucket":COUNT}""")]
    public async Task A_message_that_nobody_makes_anew_waits_for_a_person(string queue, string text)
    {
        await using var world = await RecoveryTests.DueAsync();
        var queues = new PoisonHeap();
        queues.Put(queue, text.Replace("COUNT", $"{Bucket.Count}", StringComparison.Ordinal));

        Assert.Equal(new CollectedPoison(0, 1), await KeepIn(world, queues).CollectAsync(CancellationToken.None));
        await world.WalkAsync();
        await KeepIn(world, queues).CloseWhatIsDoneAsync(CancellationToken.None);

        Assert.StartsWith($"{queue}:", Assert.Single(await PoisonAsync(world)), StringComparison.Ordinal);
    }

    private static ProviderEvent Event { get; } =
        new()
        {
            Id = "evt_1",
            Type = "payment_intent.succeeded",
            ApiVersion = "v",
            Livemode = false,
            Body = "{}",
            ReceivedAt = DateTimeOffset.UnixEpoch,
        };

    private static CollectPoisonMessages KeepIn(ChargingWorld world, PoisonHeap queues) =>
        new(world.Stuck, queues, RemadeIn(world), world.Verb<CityClock>());

    private static RemadeHints RemadeIn(ChargingWorld world) =>
        new(
            world.Schedules,
            world.Controls,
            world.Events,
            world.Imports,
            new ScratchReleaseStore(),
            new SimNoticeOutbox(() => []),
            new ScratchRunStore(),
            world.Verb<CityClock>()
        );

    private static async Task<List<string>> PoisonAsync(ChargingWorld world) =>
        [
            .. (await world.Verb<ReadStuck>().RunAsync(CancellationToken.None))
                .Where(entry => entry.Kind == CollectPoisonMessages.Kind)
                .Select(entry => entry.Id),
        ];

    private static async Task<string> StoreAsync(ChargingWorld world)
    {
        using var file = new MemoryStream(
            Encoding.UTF8.GetBytes(
                string.Join(',', ImportKind.Payments.FileFormat.Header) + "\np1,10-0001,10.00,cash,1,2020-01-21,\n"
            )
        );
        var receipt = await world
            .Verb<ReceiveImport>()
            .RunAsync(
                ImportKind.Payments,
                "payments.csv",
                file,
                new ExpectedTotals(null, null),
                Clerk with
                {
                    At = world.Now.Utc,
                },
                CancellationToken.None
            );
        return receipt.Import!.Id;
    }

    private sealed class PoisonHeap : IPoisonQueues
    {
        private readonly List<PoisonMessage> messages = [];

        public int Left => messages.Count;

        public void Put(string queue, string text) =>
            messages.Add(
                new PoisonMessage(queue, Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), text, "receipt")
            );

        public Task<IReadOnlyList<PoisonMessage>> ReceiveAsync(CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<PoisonMessage>>([.. messages]);

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

        public Task<bool> TryCloseAsync(
            string id,
            StuckClosing closing,
            Authority authority,
            CancellationToken cancel
        ) => inner.TryCloseAsync(id, closing, authority, cancel);

        public Task RemoveAsync(string id, CancellationToken cancel) => inner.RemoveAsync(id, cancel);

        public IAsyncEnumerable<StuckItem> ReadAllAsync(CancellationToken cancel) => inner.ReadAllAsync(cancel);
    }
}
