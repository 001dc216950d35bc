using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Tests.App.Application;

namespace Autopay.Tests.App.Importing;

/// <summary>A clear waits for the files (R26).</summary>
public sealed class R26ClearWaitsForFilesTests
{
    private const string Payment = "P1,A1,50.00,check,D1,2020-01-10,";
    private readonly ImportWorld world = new();

    [Fact]
    public async Task R26_A_clear_takes_effect_when_every_file_that_arrived_before_it_is_applied()
    {
        await GivenAHeldBillAsync();
        var file = await world.SendAsync(ImportKind.Payments, Payment);

        var answer = await world.ClearAsync(1);

        Assert.Equal(file, Assert.Single(answer.WaitsFor).Id);
        Assert.Equal((false, "finance"), (world.Backlog(1).Cleared, world.Backlog(1).Clearing!.By));
        Assert.Single(world.Controls.HoldsOn(world.Ledger("A1").Bills[0]));

        await world.ApplyAsync(file);

        Assert.Equal((true, null), (world.Backlog(1).Cleared, world.Backlog(1).Clearing));
        Assert.Empty(world.Controls.HoldsOn(world.Ledger("A1").Bills[0]));
        Assert.Equal(0, world.Ledger("A1").Bills[0].Open.Cents);
    }

    [Fact]
    public async Task R26_A_file_that_arrives_after_the_clear_keeps_nobody_waiting()
    {
        await GivenAHeldBillAsync();
        var before = await world.SendAsync(ImportKind.Payments, Payment);
        await world.ClearAsync(1);
        await world.SendAsync(ImportKind.Payments, "P2,A1,1.00,check,D1,2020-01-10,");

        await world.ApplyAsync(before);

        Assert.True(world.Backlog(1).Cleared);
    }

    [Fact]
    public void R26_A_clear_that_was_taken_back_does_not_take_effect_when_its_last_file_ends_at_that_moment()
    {
        CycleNumber[] cycles = [new(1)];
        var finance = new Authority("finance", "all entered", new DateTimeOffset(2020, 1, 10, 12, 0, 0, TimeSpan.Zero));
        var reopened = new Controls()
            .Change(new BacklogClearing(cycles, new Dictionary<string, DateOnly>()), finance)
            .Change(new BacklogReopened(cycles), finance);

        var after = reopened.Change(
            new BacklogCleared(cycles, new Dictionary<string, DateOnly>()) { AskedAt = finance.At },
            finance
        );

        Assert.Same(reopened, after);
    }

    [Fact]
    public async Task R26_Without_a_file_that_waits_a_clear_is_in_force_at_once()
    {
        await GivenAHeldBillAsync();
        Assert.Empty((await world.ClearAsync(1)).WaitsFor);
        Assert.True(world.Backlog(1).Cleared);
    }

    [Fact]
    public async Task R26_A_file_that_cannot_be_applied_keeps_it_waiting_until_a_person_sets_it_aside()
    {
        await GivenAHeldBillAsync();
        var broken = await world.SendAsync(ImportKind.Payments, Payment);
        world.Fuse.BlowBefore(2);
        await world.ClearAsync(1);
        await Assert.ThrowsAsync<KilledException>(() => world.ApplyAsync(broken));
        world.Fuse.Mend();
        await world.Clear.FinishAsync(CancellationToken.None);
        Assert.NotNull(world.Backlog(1).Clearing);

        await world.Aside.RunAsync(
            broken,
            new Authority("finance", "the vendor sends it anew", default),
            CancellationToken.None
        );

        Assert.True(world.Backlog(1).Cleared);
        Assert.True(await world.ApplyAsync(broken));
        Assert.Equal(
            (ImportState.SetAside, 0),
            ((await world.RecordAsync(broken)).State, world.Ledger("A1").Funds.Count)
        );
        Assert.Equal(1, (await world.AgainAsync(broken)).Applied);
    }

    [Fact]
    public async Task R26_Reopen_takes_a_clear_back_that_waits()
    {
        await GivenAHeldBillAsync();
        var file = await world.SendAsync(ImportKind.Payments, Payment);
        await world.ClearAsync(1);
        await world.ChangeAsync(new BacklogReopened([new CycleNumber(1)]));

        await world.ApplyAsync(file);

        Assert.Equal((false, null), (world.Backlog(1).Cleared, world.Backlog(1).Clearing));
    }

    [Fact]
    public async Task R26_A_hold_that_is_declared_while_the_clear_waits_is_not_cleared_by_it()
    {
        await GivenAHeldBillAsync();
        var file = await world.SendAsync(ImportKind.Payments, "P1,A1,1.00,check,D1,2020-01-10,");
        await world.ClearAsync(1);
        await world.DeclareAsync("second", 1, new DateOnly(2020, 1, 20), new DateOnly(2020, 1, 31));

        await world.ApplyAsync(file);

        Assert.Equal("second", Assert.Single(world.Controls.HoldsOn(world.Ledger("A1").Bills[0])).Id.Value);
    }

    private async Task GivenAHeldBillAsync()
    {
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,");
        await world.ImportAsync(ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00");
        await world.DeclareAsync("outage", 1, new DateOnly(2020, 1, 20), new DateOnly(2020, 1, 31));
    }
}
