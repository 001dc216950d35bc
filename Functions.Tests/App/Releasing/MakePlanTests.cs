using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.App.Releasing.PlanDesk;

namespace Autopay.Tests.App.Releasing;

/// <summary>A plan is made once, of what is cleared, and told before anything is sealed (I25).</summary>
public sealed class MakePlanTests
{
    [Fact]
    public async Task A_plan_has_every_held_debit_of_the_cycle_and_its_cents()
    {
        var desk = await OfAsync(Cleared(), Cleared("10-0002", 7_001));

        var plan = await desk.PlanAsync();

        Assert.Equal((PlanState.Draft, new PlanSum(2, new Money(12_001))), (plan.State, plan.Totals!.ToBank));
        Assert.Equal(desk.Controls.ClearedAt(new CycleNumber(1)), plan.ClearedAt);
        Assert.Equal((Ann, desk.By(Ann).At), (plan.Made.By, plan.AsOf));
    }

    [Fact]
    public async Task Nothing_is_planned_of_a_cycle_that_is_held()
    {
        var desk = await OfAsync(
            AccountScenario.GivenAnAccount(releases: true).WhenABillIsImported("jan", 5_000).WhenFinanceHolds("jan")
        );

        var refused = await Assert.ThrowsAsync<RefusedException>(() => desk.AskAsync());

        Assert.StartsWith("Cycle 1 is not cleared: 'outage' holds it", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await desk.Read.ListAsync(null, desk.Controls, Cancel));
    }

    [Fact]
    public async Task The_same_click_twice_is_one_plan_and_another_click_is_another()
    {
        var desk = await OfAsync(Cleared());

        var first = await desk.AskAsync(operation: "click-1");

        Assert.Equal(first.Id, (await desk.AskAsync(operation: "click-1")).Id);
        Assert.NotEqual(first.Id, (await desk.AskAsync(operation: "click-2")).Id);
        Assert.NotEqual((await desk.AskAsync()).Id, (await desk.AskAsync()).Id);
        Assert.Equal(4, (await desk.Read.ListAsync(null, desk.Controls, Cancel)).Count);
    }

    [Fact]
    public async Task A_plan_is_compared_with_the_last_one_that_was_made()
    {
        var desk = await OfAsync(Cleared());
        var first = await desk.PlanAsync();
        await desk.AskAsync();

        var third = await desk.PlanAsync();

        Assert.Equal((null, "R-1", first.Id), (first.Last, third.Last, first.Id));
        Assert.Empty(third.Totals!.Flags);
    }

    [Fact]
    public async Task A_debit_that_the_last_plan_did_not_have_is_new_and_the_others_are_not()
    {
        var desk = await OfAsync(Cleared());
        var first = await desk.PlanAsync();
        await desk.Books.SaveAsync(Cleared("10-0002"), []);

        var second = await desk.PlanAsync();

        Assert.Empty(first.Totals!.Flags);
        Assert.Equal([KeyValuePair.Create(PlanFlag.NewSinceLastPlan, 1)], second.Totals!.Flags);
    }

    [Fact]
    public async Task A_debit_that_the_last_plan_had_for_the_bank_and_that_is_cancelled_is_gone()
    {
        var account = Cleared();
        var desk = await OfAsync(account, Cleared("10-0002"));
        await desk.PlanAsync();
        await desk.Books.SaveAsync(account.WhenABillIsSkipped("jan"), []);

        var second = await desk.PlanAsync();

        Assert.Equal(new PlanSum(1, new Money(5_000)), second.Totals!.Gone);
        Assert.Equal(new PlanSum(1, new Money(5_000)), second.Totals.ToBank);
    }

    [Fact]
    public async Task After_another_outage_what_the_last_release_sent_is_not_gone_and_nothing_is_new()
    {
        var desk = await OneIsSentAsync();
        desk.On("2020-02-10", "09:00");
        var (from, to) = (new DateOnly(2020, 2, 10), new DateOnly(2020, 2, 28));
        await desk.ChangeAsync(new DeferralDeclared(new("again"), [One], from, to, DeferralAction.Hold, null));
        await desk.ChangeAsync(new BacklogCleared([One], new Dictionary<string, DateOnly>()));

        var plan = await desk.PlanAsync();

        Assert.Equal(("R-1", default(PlanSum)), (plan.Last, plan.Totals!.Gone));
        Assert.Empty(plan.Totals.Flags);
    }

    [Fact]
    public async Task Within_one_outage_what_the_last_release_sent_is_gone_from_the_next_plan()
    {
        var desk = await OneIsSentAsync();

        var plan = await desk.PlanAsync();

        Assert.Equal(("R-1", new PlanSum(1, new Money(5_000))), (plan.Last, plan.Totals!.Gone));
    }

    [Fact]
    public async Task A_plan_is_asked_for_by_a_message_and_recorded_as_of_its_last_bucket()
    {
        var desk = await OfAsync(Cleared());
        var plan = await desk.AskAsync();
        Assert.Equal([plan.Id], desk.Queue.Runs.Select(message => message.ReleaseId));

        desk.On("2020-01-23", "07:05");
        await desk.MakeAsync(plan.Id);

        var made = (await desk.Books.Controls.ReadHistoryAsync(Cancel).ToListAsync(Cancel))[^1];
        Assert.Equal((Ann, desk.By(Ann).At), (made.Authority.By, made.Authority.At));
    }

    [Fact]
    public async Task A_lost_message_is_sent_again_for_a_plan_that_is_not_made_and_for_no_other()
    {
        var desk = await OfAsync(Cleared());
        var made = await desk.PlanAsync();
        var unmade = await desk.AskAsync();
        desk.Queue.Runs.Clear();

        await desk.RemindAsync();

        Assert.Equal([unmade.Id], desk.Queue.Runs.Select(message => message.ReleaseId));
        Assert.NotEqual(made.Id, unmade.Id);
    }

    [Fact]
    public async Task A_plan_that_is_made_stays_as_it_was_made_and_is_recorded_once()
    {
        var account = Cleared();
        var desk = await OfAsync(account);
        var plan = await desk.PlanAsync();
        await desk.Books.SaveAsync(account.WhenAPaymentIsPosted("p", 5_000, "jan"), []);

        await desk.MakeAsync(plan.Id);
        await desk.MakeAsync("R-9");

        Assert.Equal(new PlanSum(1, new Money(5_000)), (await desk.ViewAsync(plan.Id)).Plan.Totals!.ToBank);
        var acts = await desk.Books.Controls.ReadHistoryAsync(Cancel).ToListAsync(Cancel);
        Assert.Equal(plan.Totals, Assert.Single(acts.Select(row => row.Change).OfType<PlanMade>()).Totals);
    }

    [Fact]
    public async Task A_plan_that_was_cut_goes_on_with_the_buckets_that_are_missing()
    {
        var account = Cleared();
        var desk = await OfAsync(account);
        var plan = await desk.AskAsync();
        var bucket = Bucket.Of(account.Ledger.Id);
        await desk.Store.TrySaveLinesAsync(new BucketLines(plan.Id, bucket, [], desk.By(Ann).At, null), Cancel);
        Assert.Equal(1, (await desk.ViewAsync(plan.Id)).BucketsPlanned);
        desk.On("2020-01-23", "07:05");

        await desk.MakeAsync(plan.Id);

        Assert.Equal(desk.By(Ann).At, (await desk.ViewAsync(plan.Id)).Plan.AsOf);

        Assert.Equal(0, (await desk.ViewAsync(plan.Id)).Plan.Totals!.ToBank.Debits);
        Assert.Empty((await desk.Store.FindLinesAsync(plan.Id, bucket, Cancel))!.Lines);
    }

    // The run that made it died before it could say so.
    [Fact]
    public async Task A_plan_whose_making_is_told_of_twice_is_recorded_once()
    {
        var desk = await OfAsync(Cleared());
        var plan = await desk.PlanAsync();
        var entry = (await desk.Store.FindAsync(plan.Id, Cancel))!;
        await desk.Store.TrySaveAsync(entry, entry.Plan with { State = PlanState.Planning }, Cancel);

        await desk.MakeAsync(plan.Id);

        var acts = await desk.Books.Controls.ReadHistoryAsync(Cancel).ToListAsync(Cancel);
        Assert.Single(acts, row => row.Change is PlanMade);
        Assert.Equal(PlanState.Draft, (await desk.ViewAsync(plan.Id)).Plan.State);
    }

    // Of two debits one has gone to the bank.
    private static async Task<PlanDesk> OneIsSentAsync()
    {
        var account = Cleared();
        var desk = await OfAsync(account, Cleared("10-0002"));
        await desk.ReleaseAsync();
        var walk = await desk.OpenAsync(account);
        var sent = account.WhenTwoPeopleRelease().WhenThePreChargeCheckComes().WhenConfirmed();
        walk.Note([new LedgerEntry(sent.Ledger, null, null)]);
        await desk.KeepAsync(walk);
        await desk.Books.SaveAsync(sent, []);
        return desk;
    }
}
