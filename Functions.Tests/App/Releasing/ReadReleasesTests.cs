using Autopay.Application.Releasing;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.App.Releasing.PlanDesk;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Releasing;

/// <summary>Where a release is on its way, and what its plan shows of each debit.</summary>
public sealed class ReadReleasesTests
{
    [Fact]
    public async Task A_plan_is_planned_drafted_sealed_and_runs()
    {
        var desk = await OfAsync(Cleared());
        await desk.AskAsync();
        Assert.Equal(ReleaseStep.Planning, await StepAsync(desk));
        await desk.MakeAsync("R-1");
        Assert.Equal(ReleaseStep.Draft, await StepAsync(desk));
        await desk.SealAsync("R-1");
        var waiting = await desk.ViewAsync("R-1");
        Assert.Equal((ReleaseStep.Sealed, desk.By(Ann).At.AddDays(1)), (waiting.Step, waiting.ExpiresAt));
        Assert.Equal("R-1", waiting.Approval!.Id);
        await desk.ApproveAsync("R-1");
        var runs = await desk.ViewAsync("R-1");
        Assert.Equal((ReleaseStep.Running, new PlanSum(1, new Money(5_000))), (runs.Step, runs.Progress!.ToGo));
        Assert.Null(await desk.Read.FindAsync("R-2", Cancel));
    }

    [Fact]
    public async Task What_nobody_approves_in_a_day_has_expired_and_what_somebody_rejects_is_rejected()
    {
        var desk = await OfAsync(Cleared());
        await desk.SealAsync((await desk.PlanAsync()).Id);
        desk.On("2020-01-24", "07:00");
        Assert.Equal(ReleaseStep.Sealed, await StepAsync(desk));
        await desk.SealAsync((await desk.PlanAsync()).Id);
        await desk.ChangeAsync(new ApprovalRejected("R-2"), Bob);
        Assert.Equal(ReleaseStep.Rejected, await StepAsync(desk, "R-2"));
        Assert.Equal(ReleaseStep.Sealed, await StepAsync(desk));

        desk.On("2020-01-24", "07:01");
        Assert.Equal(ReleaseStep.Expired, await StepAsync(desk));
    }

    [Fact]
    public async Task What_is_stopped_leaves_the_rest_of_it_stopped()
    {
        var desk = await OfAsync(Cleared(), Cleared("10-0002"));
        await desk.ReleaseAsync();
        await desk.ChangeAsync(new ReleaseStopped("R-1"));

        var view = await desk.ViewAsync("R-1");

        Assert.Equal(ReleaseStep.Stopped, view.Step);
        Assert.Equal((default, new PlanSum(2, new Money(10_000))), (view.Progress!.ToGo, view.Progress.Stopped));
    }

    [Fact]
    public async Task When_the_first_ones_are_gone_it_waits_for_a_go_and_then_it_runs()
    {
        var accounts = new[] { Cleared(), Cleared("10-0002") };
        var desk = await OfAsync(accounts);
        await desk.ReleaseAsync(new Sealing(1, null, null, null));
        Assert.Equal(ReleaseStep.Running, await StepAsync(desk));

        await desk.WalkAsync(Sent(accounts[0]));
        Assert.Equal(ReleaseStep.WaitsForGo, await StepAsync(desk));

        await desk.ChangeAsync(new ReleaseGone("R-1", Day("2020-01-23")));
        Assert.Equal(ReleaseStep.Running, await StepAsync(desk));
    }

    [Fact]
    public async Task What_has_a_day_for_the_rest_waits_for_nobody()
    {
        var accounts = new[] { Cleared(), Cleared("10-0002") };
        var desk = await OfAsync(accounts);
        await desk.ReleaseAsync(new Sealing(1, null, null, Day("2020-01-27")));

        await desk.WalkAsync(Sent(accounts[0]));

        Assert.Equal(ReleaseStep.Running, await StepAsync(desk));
    }

    [Fact]
    public async Task A_release_ends_when_its_time_is_over_and_not_before_it_begins()
    {
        var desk = await OfAsync(Cleared());
        var release = await desk.ReleaseAsync(new Sealing(0, null, At("2020-01-28", "12:00").Utc, null));
        Assert.Equal(ReleaseStep.Running, await StepAsync(desk));
        Assert.Equal([release.Id], (await desk.Read.UnderWayAsync(desk.Controls, Cancel)).Select(view => view.Plan.Id));

        desk.On("2020-01-29", "12:00");
        Assert.Equal(ReleaseStep.Running, await StepAsync(desk));
        desk.On("2020-01-29", "12:01");

        Assert.Equal(ReleaseStep.Ended, await StepAsync(desk));
        Assert.Empty(await desk.Read.UnderWayAsync(desk.Controls, Cancel));
    }

    [Fact]
    public async Task It_stands_still_when_nothing_that_may_go_has_gone_for_two_minutes()
    {
        var desk = await OfAsync(Cleared());
        await desk.ReleaseAsync();
        desk.On("2020-01-23", "07:01");
        Assert.Null((await desk.ViewAsync("R-1")).StillSince);

        desk.On("2020-01-23", "07:02");
        Assert.Equal(At("2020-01-23", "07:00").Utc, (await desk.ViewAsync("R-1")).StillSince);

        await desk.ChangeAsync(new ChargingHalted());
        Assert.Null((await desk.ViewAsync("R-1")).StillSince);
    }

    [Fact]
    public async Task It_does_not_stand_still_on_a_day_on_which_banks_are_closed()
    {
        var desk = await OfAsync(Cleared());
        await desk.ReleaseAsync(new Sealing(0, null, At("2020-01-25", "06:00").Utc, null));

        desk.On("2020-01-25", "12:00");
        Assert.Null((await desk.ViewAsync("R-1")).StillSince);
        desk.On("2020-01-27", "12:00");
        Assert.Equal(At("2020-01-25", "06:00").Utc, (await desk.ViewAsync("R-1")).StillSince);
    }

    [Fact]
    public async Task It_does_not_stand_still_before_it_begins_or_while_a_wave_waits_for_its_day()
    {
        var later = await OfAsync(Cleared());
        await later.ReleaseAsync(new Sealing(0, null, At("2020-01-24", "12:00").Utc, null));
        var waves = await OfAsync(Cleared(), Cleared("10-0002"));
        await waves.ReleaseAsync(new Sealing(0, new Money(5_000), null, null));
        foreach (var desk in new[] { later, waves })
        {
            desk.On("2020-01-23", "12:00");
            Assert.Null((await desk.ViewAsync("R-1")).StillSince);
        }

        waves.On("2020-01-24", "12:00");
        Assert.NotNull((await waves.ViewAsync("R-1")).StillSince);
    }

    [Fact]
    public async Task Plans_are_listed_newest_first_a_page_at_a_time_and_by_cycle()
    {
        var desk = await OfAsync(Cleared());
        await desk.PlanAsync();
        await desk.PlanAsync();
        await desk.AskAsync();

        var (first, next) = await desk.Read.ListAsync((null, null), (null, 2), Cancel);
        Assert.Equal(["R-3", "R-2"], first.Select(view => view.Plan.Id));
        Assert.Equal("R-2", next);
        var (second, end) = await desk.Read.ListAsync((new CycleNumber(1), null), (next, 2), Cancel);
        Assert.Equal(["R-1"], second.Select(view => view.Plan.Id));
        Assert.Null(end);
        Assert.Empty((await desk.Read.ListAsync((new CycleNumber(2), null), (null, 2), Cancel)).Views);
        Assert.Empty(await desk.Read.ListAsync(new CycleNumber(2), desk.Controls, Cancel));
        Assert.Equal(3, (await desk.Read.ListAsync(new CycleNumber(1), desk.Controls, Cancel)).Count);
        Assert.Equal("R-3", Assert.Single(await desk.Read.NewestOfCyclesAsync(desk.Controls, Cancel)).Value.Plan.Id);
    }

    [Fact]
    public async Task The_lines_of_a_plan_are_paged_sorted_and_chosen()
    {
        var desk = await OfAsync(Cleared(), Cleared("10-0002", 7_000), Cleared("10-0003", 6_000));
        await desk.PlanAsync();

        var first = await PageAsync(LineOrder.Account, null, 2);
        Assert.Equal(["10-0001", "10-0002"], Accounts(first));
        Assert.Equal((3, new Money(18_000)), (first.Total, first.TotalCents));
        var second = await PageAsync(LineOrder.Account, first.Next, 2);
        Assert.Equal(["10-0003"], Accounts(second));
        Assert.Null(second.Next);
        Assert.Equal(["10-0002", "10-0003", "10-0001"], Accounts(await PageAsync(LineOrder.Amount, null, null)));
        Assert.Null(await desk.Read.ReadLinesAsync("R-1", default, LineOrder.Account, ("10-0009-1-0001", 2), Cancel));
        Assert.Null(await desk.Read.ReadLinesAsync("R-2", default, LineOrder.Account, (null, 2), Cancel));
        Assert.Empty(Accounts(await ChosenAsync((PlanOutcome.Review, null, null))));
        Assert.Empty(Accounts(await ChosenAsync((null, PlanFlag.OverCap, null))));
        Assert.Empty(Accounts(await ChosenAsync((null, null, LineState.Sent))));
        Assert.Equal(3, (await ChosenAsync((PlanOutcome.ToBank, null, LineState.Planned))).Total);
        Assert.Equal(3, (await desk.Read.ReadSketchAsync("R-1", Cancel)).Lines);

        async Task<LinesPage> PageAsync(LineOrder order, string? after, int? limit) =>
            (await desk.Read.ReadLinesAsync("R-1", default, order, (after, limit), Cancel))!;
        async Task<LinesPage> ChosenAsync((PlanOutcome?, PlanFlag?, LineState?) filter) =>
            (await desk.Read.ReadLinesAsync("R-1", filter, LineOrder.Account, (null, null), Cancel))!;
        static string[] Accounts(LinesPage page) => [.. page.Lines.Select(line => line.Debit.Account.Value)];
    }

    [Fact]
    public async Task A_line_says_on_which_day_it_leaves()
    {
        var desk = await OfAsync(Cleared());
        await desk.PlanAsync();
        Assert.Equal(Day("2020-01-23"), await LeavesAsync(desk));

        await desk.SealAsync("R-1", new Sealing(0, null, At("2020-01-25", "12:00").Utc, null));
        Assert.Equal(Day("2020-01-27"), await LeavesAsync(desk));

        await desk.ApproveAsync("R-1");
        Assert.Equal(Day("2020-01-27"), await LeavesAsync(desk));
    }

    [Fact]
    public async Task What_else_has_the_name_of_a_release_is_not_decided_as_one()
    {
        var desk = await OfAsync(Cleared());
        await desk.SealAsync((await desk.PlanAsync()).Id);
        await desk.ChangeAsync(new ChargingHalted());
        await desk.ChangeAsync(new ApprovalAsked("halt-1", new ChargingResumed()));

        await desk.Read.RefuseOtherActAsync("R-1", Cancel);
        await desk.Read.RefuseOtherActAsync("R-9", Cancel);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => desk.Read.RefuseOtherActAsync("halt-1", Cancel));

        Assert.StartsWith("halt-1 is no release", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<ReleaseStep> StepAsync(PlanDesk desk, string id = "R-1") =>
        (await desk.ViewAsync(id)).Step;

    private static async Task<DateOnly?> LeavesAsync(PlanDesk desk) =>
        (await desk.Read.ReadLinesAsync("R-1", default, LineOrder.Account, (null, null), Cancel))!.Lines[0].LeavesOn;

    private static AccountScenario Sent(AccountScenario account) =>
        account.WhenTwoPeopleRelease().WhenThePreChargeCheckComes().WhenConfirmed();
}
