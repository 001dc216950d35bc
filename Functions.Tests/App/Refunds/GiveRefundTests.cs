using Autopay.Application.Charging;
using Autopay.Application.Finance;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Refunds;

/// <summary>One person gives back up to $200.00 of a debit; more of it another one has to agree to, once.</summary>
public sealed class GiveRefundTests
{
    private const long Limit = 20_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Up_to_the_limit_one_person_alone_gives_back()
    {
        await using var world = await CollectedAsync();

        var given = (await GiveAsync(world, "r1", Limit))!;

        Assert.Equal((true, null), (given.Result is not null, given.Asked));
        Assert.Equal(Limit, Assert.Single(world.Debit().Refunds).Amount.Cents);
        Assert.Empty(world.Controls.Current.Approvals);
    }

    [Fact]
    public async Task One_cent_more_waits_for_another_person_and_changes_nothing()
    {
        await using var world = await CollectedAsync();

        var asked = (await GiveAsync(world, "r1", Limit + 1))!;

        Assert.Null(asked.Result);
        Assert.StartsWith("refund-", asked.Asked!.Id, StringComparison.Ordinal);
        Assert.Equal(new Money(Limit + 1), asked.Asked.Amount);
        Assert.Equal([asked.Asked], world.Controls.Current.Approvals);
        Assert.Empty(world.Debit().Refunds);
    }

    [Fact]
    public async Task The_same_wish_again_waits_as_it_did_and_another_one_waits_beside_it()
    {
        await using var world = await CollectedAsync();
        var first = await AskAsync(world, "r1");

        Assert.Equal(first, await AskAsync(world, "r1"));
        var other = await AskAsync(world, "r2");
        Assert.NotEqual(first.Id, other.Id);
        Assert.Equal(other, await AskAsync(world, "r2"));
        Assert.Equal(2, world.Controls.Current.Approvals.Count);

        await ApproveAsync(world, other);
        Assert.Equal(other.Id, (await AskAsync(world, "r2")).Id);
        Assert.Equal(2, world.Controls.Current.Approvals.Count);
    }

    [Fact]
    public async Task What_was_rejected_or_not_decided_for_a_day_is_asked_anew()
    {
        await using var world = await CollectedAsync();
        var first = await AskAsync(world, "r1");
        await ChangeAsync(world, new ApprovalRejected(first.Id));
        world.Later();
        var second = await AskAsync(world, "r1");
        Assert.NotEqual(first.Id, second.Id);

        world.Later(Approval.Valid);
        Assert.Equal(second, await AskAsync(world, "r1"));
        world.Later(TimeSpan.FromTicks(1));
        Assert.NotEqual(second.Id, (await AskAsync(world, "r1")).Id);
    }

    [Fact]
    public async Task What_two_people_agreed_on_is_requested_once_in_the_first_one_s_name()
    {
        await using var world = await CollectedAsync();
        var asked = await AskAsync(world, "r1");
        await AskAsync(world, "r2", 21_000);
        await FinishAsync(world);
        Assert.Empty(world.Debit().Refunds);

        await ApproveAsync(world, asked);
        await FinishAsync(world);
        await FinishAsync(world);

        var refund = Assert.Single(world.Debit().Refunds);
        Assert.Equal(("r1", 25_000), (refund.RequestId, refund.Amount.Cents));
        Assert.Equal(
            $"Refund r1 of debit {world.Debit().Id} is requested",
            world.Controls.Current.Approvals.Single(it => it.Id == asked.Id).Outcome
        );
        Assert.Equal("ann", world.Ledgers.HistoryOf(ChargingWorld.Id())[^1].Authority.By);
        Assert.Empty(await world.Stuck.ReadAllAsync(Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task What_cannot_be_given_back_any_more_is_on_a_person_s_list()
    {
        await using var world = await CollectedAsync();
        var asked = await AskAsync(world, "r1");
        await GiveAsync(world, "r0", 15_000);
        await ApproveAsync(world, asked);

        await FinishAsync(world);

        Assert.Equal("r0", Assert.Single(world.Debit().Refunds).RequestId);
        var listed = Assert.Single(await world.Stuck.ReadAllAsync(Cancel).ToListAsync(Cancel));
        Assert.Equal((asked.Id, ProcessRefunds.FailedKind, "10-0001"), (listed.Id, listed.Kind, listed.Content));
        Assert.StartsWith(
            "Nothing was given back: ",
            Assert.Single(world.Controls.Current.Approvals).Outcome,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_yes_is_refused_when_money_was_given_back_since_it_was_shown()
    {
        await using var world = await CollectedAsync();
        var asked = await AskAsync(world, "r1", 21_000);
        var give = world.Verb<GiveRefund>();
        await give.RefuseChangedAsync("another", Cancel);
        await give.RefuseChangedAsync(asked.Id, Cancel);

        await GiveAsync(world, "r0", 1_000);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => give.RefuseChangedAsync(asked.Id, Cancel));
        Assert.StartsWith("What you were shown is not so any more", refused.Message, StringComparison.Ordinal);
        await give.RefuseChangedAsync("another", Cancel);
    }

    [Fact]
    public async Task An_account_that_nobody_knows_gets_nothing()
    {
        await using var world = await CollectedAsync();

        Assert.Null(
            await world
                .Verb<GiveRefund>()
                .RunAsync(
                    now => new RequestRefund(
                        new DebitId(new AccountId("nobody"), 1, 1),
                        "r1",
                        RefundKind.Refund,
                        null,
                        "test",
                        now
                    ),
                    Ann(world),
                    Cancel
                )
        );
    }

    private static async Task<ChargingWorld> CollectedAsync()
    {
        var world = new ChargingWorld();
        await world.DoAsync(ChargingWorld.Id(), now => new Enrol(ChargingWorld.NewEnrolment(), now));
        await world.BillAsync(ChargingWorld.Id(), "b1", cents: 30_000);
        await world.WalkAsync();
        await RefundSteps.CollectAsync(world);
        return world;
    }

    private static Authority Ann(ChargingWorld world) => new("ann", "double payment", world.Now.Utc);

    private static Task<RefundAnswer?> GiveAsync(ChargingWorld world, string id, long cents) =>
        world
            .Verb<GiveRefund>()
            .RunAsync(
                now => new RequestRefund(
                    world.Debit().Id,
                    id,
                    RefundKind.Refund,
                    new Money(cents),
                    "double payment",
                    now
                ),
                Ann(world),
                Cancel
            );

    private static async Task<Approval> AskAsync(ChargingWorld world, string id, long cents = 25_000) =>
        (await GiveAsync(world, id, cents))!.Asked!;

    private static Task ApproveAsync(ChargingWorld world, Approval asked) =>
        ChangeAsync(world, new ApprovalGiven(asked.Id, asked.Hash));

    private static Task ChangeAsync(ChargingWorld world, ControlChange change) =>
        world.Verb<ChangeControls>().RunAsync(change, new Authority("bob", "seen", world.Now.Utc), Cancel);

    private static Task FinishAsync(ChargingWorld world) => world.Verb<GiveRefund>().FinishAsync(Cancel);
}
