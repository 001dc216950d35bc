using Autopay.Application.Evaluating;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Stuck;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Stuck;

/// <summary>A person replays or discards what is stuck, once, and is told what else can be done.</summary>
public sealed class ResolveStuckTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replayed_message_is_put_out_once()
    {
        await using var world = new ChargingWorld();
        await PutAsync(world, "evaluate:03", CollectPoisonMessages.Kind, """{"bucket":3,"cause":"sweep"}""");
        await PutAsync(world, "notices:4", CollectPoisonMessages.HintKind, """{"bucket":4}""");
        await PutAsync(world, "provider-events:e", CollectPoisonMessages.Kind, """{"eventId":"evt_1"}""");

        Assert.Equal(StuckResolution.Done, await ReplayAsync(world, "evaluate:03"));
        Assert.Equal(StuckResolution.AlreadyDone, await ReplayAsync(world, "evaluate:03"));
        Assert.Equal(StuckResolution.Done, await ReplayAsync(world, "notices:4"));
        Assert.Equal(StuckResolution.Done, await ReplayAsync(world, "provider-events:e"));

        Assert.Equal([3], world.Hints.Buckets);
        Assert.Equal([4], world.Hints.Notices);
        Assert.Equal("evt_1", Assert.Single(world.Hints.Events).Message.EventId);
        var closed = (await world.Stuck.FindAsync("evaluate:03", Cancel))!;
        Assert.Equal((StuckClosing.Replayed, "ann", "looked at it"), Closed(closed));
    }

    [Fact]
    public async Task A_discarded_message_is_not_put_out()
    {
        await using var world = new ChargingWorld();
        await PutAsync(world, "evaluate:03", CollectPoisonMessages.Kind, """{"bucket":3,"cause":"sweep"}""");

        Assert.Equal(StuckResolution.Done, await DiscardAsync(world, "evaluate:03"));
        Assert.Equal(StuckResolution.AlreadyDone, await DiscardAsync(world, "evaluate:03"));

        Assert.Empty(world.Hints.Buckets);
        Assert.Equal(
            (StuckClosing.Discarded, "ann", "looked at it"),
            Closed((await world.Stuck.FindAsync("evaluate:03", Cancel))!)
        );
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("null")]
    public async Task What_cannot_be_read_cannot_be_replayed_and_can_be_discarded(string content)
    {
        await using var world = new ChargingWorld();
        await PutAsync(world, "evaluate:x", CollectPoisonMessages.Kind, content);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => ReplayAsync(world, "evaluate:x"));
        Assert.StartsWith("The message cannot be read", refused.Message, StringComparison.Ordinal);
        Assert.Null((await world.Stuck.FindAsync("evaluate:x", Cancel))!.Closing);

        Assert.Equal(StuckResolution.Done, await DiscardAsync(world, "evaluate:x"));
    }

    [Fact]
    public async Task While_the_queues_are_away_a_message_stays_on_the_list()
    {
        await using var world = new ChargingWorld();
        await PutAsync(world, "evaluate:03", CollectPoisonMessages.Kind, """{"bucket":3,"cause":"sweep"}""");
        world.Hints.IsAway = true;

        var refused = await Assert.ThrowsAsync<RefusedException>(() => ReplayAsync(world, "evaluate:03"));

        Assert.Equal("The queue service is away; try again later.", refused.Message);
        Assert.Null((await world.Stuck.FindAsync("evaluate:03", Cancel))!.Closing);
    }

    [Fact]
    public async Task An_account_is_looked_at_again_and_leaves_the_list_when_that_could_be_done()
    {
        await using var world = await RecoveryTests.DueAsync();
        await PutAsync(world, "account:10-0001", EvaluateBucket.StuckKind, "10-0001");

        Assert.Equal(StuckResolution.Done, await ReplayAsync(world, "account:10-0001"));

        Assert.Equal(DebitState.Submitted, world.Debit().State);
    }

    [Fact]
    public async Task What_a_night_found_is_found_again_by_what_found_it()
    {
        await using var world = new ChargingWorld();
        await PutAsync(world, "audit", "audit", "2");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => ReplayAsync(world, "audit"));

        Assert.StartsWith("'audit' cannot be replayed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(StuckResolution.Done, await DiscardAsync(world, "audit"));
    }

    [Fact]
    public async Task An_event_that_was_parked_is_recorded_anew_or_noted_as_discarded()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.SweepAsync();
        await ListAsync(world, "evt_parked", ProviderEventState.Parked);
        await ListAsync(world, "evt_other", ProviderEventState.Parked);
        world.Bank.Change("pi_1", intent => RecoveryTests.Become(intent, IntentStatus.Succeeded));

        Assert.Equal(StuckResolution.Done, await ReplayAsync(world, "evt_parked"));
        Assert.Equal(DebitState.Collected, world.Debit().State);
        Assert.Equal(StuckResolution.AlreadyDone, await ReplayAsync(world, "evt_parked"));

        Assert.Equal(StuckResolution.Done, await DiscardAsync(world, "evt_other"));
        var noted = (await world.Events.FindAsync("evt_other", Cancel))!;
        Assert.Equal((ProviderEventState.Noted, "discarded by ann: looked at it"), (noted.State, noted.Note));
        Assert.Equal(StuckResolution.AlreadyDone, await DiscardAsync(world, "evt_other"));
    }

    [Fact]
    public async Task An_event_of_another_app_can_only_be_discarded()
    {
        await using var world = new ChargingWorld();
        await ListAsync(world, "evt_foreign", ProviderEventState.Foreign);

        await Assert.ThrowsAsync<RefusedException>(() => ReplayAsync(world, "evt_foreign"));

        Assert.Equal(StuckResolution.Done, await DiscardAsync(world, "evt_foreign"));
    }

    [Fact]
    public async Task What_is_closed_elsewhere_is_refused_with_what_to_do_and_what_nobody_knows_is_not_found()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.ChangeAsync(
            new DeferralDeclared(
                new DeferralId("outage"),
                [new CycleNumber(1)],
                new DateOnly(2020, 1, 22),
                new DateOnly(2020, 2, 5),
                DeferralAction.Hold,
                new DateOnly(2020, 1, 23)
            )
        );
        world.At(new DateOnly(2020, 1, 27));
        var late = (await world.Verb<ReadStuck>().RunAsync(Cancel)).Single(entry => entry.Kind == "late clear");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => DiscardAsync(world, late.Id));

        Assert.StartsWith("'late clear' is neither replayed nor discarded. ", refused.Message);
        Assert.Equal(StuckResolution.NotFound, await ReplayAsync(world, "nobody knows it"));
    }

    private static (StuckClosing?, string?, string?) Closed(StuckItem item) =>
        (item.Closing, item.ClosedBy?.By, item.ClosedBy?.Why);

    private static Task PutAsync(ChargingWorld world, string id, string kind, string content) =>
        world.Stuck.PutAsync(new StuckItem(id, kind, "it failed", content, world.Now.Utc), Cancel);

    private static Task ListAsync(ChargingWorld world, string id, ProviderEventState state) =>
        world.Events.TryAddAsync(
            new ProviderEvent
            {
                Id = id,
                Type = "payment_intent.succeeded",
                ApiVersion = "v",
                Livemode = false,
                IntentId = "pi_1",
                Body = "{}",
                ReceivedAt = world.Now.Utc,
                State = state,
            },
            Cancel
        );

    private static Task<StuckResolution> ReplayAsync(ChargingWorld world, string id) =>
        world.Verb<ResolveStuck>().ReplayAsync(id, "ann", "looked at it", Cancel);

    private static Task<StuckResolution> DiscardAsync(ChargingWorld world, string id) =>
        world.Verb<ResolveStuck>().DiscardAsync(id, "ann", "looked at it", Cancel);
}
