using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.App.Releasing.PlanDesk;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Releasing;

/// <summary>What is sealed is what was planned, goes out as it was said, and waits for another person (I25).</summary>
public sealed class SealPlanTests
{
    private static readonly Sealing AtOnce = new(0, null, null, null);

    [Fact]
    public async Task A_sealed_plan_says_how_much_goes_in_which_waves_and_who_may_not_approve_it()
    {
        var accounts = new[] { Cleared(), Cleared("10-0002"), Cleared("10-0003") };
        var desk = await OfAsync(accounts);
        var plan = await desk.PlanAsync();

        var terms = (await desk.SealAsync(plan.Id, AtOnce with { First = 1, DailyLimit = new(6_000) }))!.Terms!;

        Assert.Equal((3, new Money(15_000), 1, 2), (terms.Debits, terms.Total, terms.First, terms.LastWave));
        Assert.Equal([Ann, "finance"], terms.PreparedBy);
        Assert.Equal((plan.ClearedAt, desk.By(Ann).At), (terms.ClearedAt, terms.StartAt));
        Assert.Equal(
            accounts.Select(account => Bucket.Of(account.Ledger.Id).Number).Distinct().Order(),
            terms.BucketSeals!.Keys.Order()
        );
        var waves = await Task.WhenAll(accounts.Select(account => desk.LineAsync(plan.Id, account)));
        Assert.Equal([0, 1, 2], waves.Select(line => line.Wave));
    }

    [Fact]
    public async Task Where_two_people_are_asked_it_waits_and_where_one_is_it_goes()
    {
        var two = await OfAsync(Cleared());
        var one = await OfAsync(Cleared(policies: new Policies { SecondPerson = false }));

        await two.SealAsync((await two.PlanAsync()).Id);
        await one.SealAsync((await one.PlanAsync()).Id);

        Assert.Empty(two.Controls.Releases);
        Assert.Equal("R-1", Assert.Single(two.Controls.Approvals).Id);
        Assert.Equal("R-1", Assert.Single(one.Controls.Releases).Id);
        Assert.Empty(one.Controls.Approvals);
    }

    [Fact]
    public async Task There_is_nothing_to_seal_of_a_plan_that_nobody_made() =>
        Assert.Null(await (await OfAsync(Cleared())).SealAsync("R-9"));

    [Fact]
    public async Task A_plan_that_is_being_made_sealed_or_empty_is_not_sealed()
    {
        var desk = await OfAsync(Cleared());
        await RefusedAsync(desk, (await desk.AskAsync()).Id, AtOnce, "is still being made");
        var plan = await desk.PlanAsync();
        await desk.SealAsync(plan.Id);
        await RefusedAsync(desk, plan.Id, AtOnce, "is sealed already");

        var empty = await OfAsync(AccountScenario.GivenAnAccount(releases: true));
        await RefusedAsync(empty, (await empty.PlanAsync()).Id, AtOnce, "no debit that goes to the bank");
    }

    [Fact]
    public async Task The_same_click_twice_seals_once()
    {
        var desk = await OfAsync(Cleared());
        var plan = await desk.PlanAsync();
        var first = await desk.SealAsync(plan.Id, operation: "click-1");

        Assert.Equal(first!.Terms!.PlanHash, (await desk.SealAsync(plan.Id, operation: "click-1"))!.Terms!.PlanHash);
        var other = await Assert.ThrowsAsync<RefusedException>(() => desk.SealAsync(plan.Id, operation: "click-2"));
        Assert.Contains("is sealed already", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_debits_go_first_than_there_are_and_without_first_ones_nothing_waits_for_a_day()
    {
        var desk = await OfAsync(Cleared());
        var plan = await desk.PlanAsync();

        await RefusedAsync(desk, plan.Id, AtOnce with { First = 2 }, "first: the plan has 1 debits");
        await RefusedAsync(desk, plan.Id, AtOnce with { GoOn = Day("2020-01-27") }, "goOn: without first debits");
        Assert.Equal(1, (await desk.SealAsync(plan.Id, AtOnce with { First = 1 }))!.Terms!.First);
    }

    [Fact]
    public async Task What_two_people_agree_on_starts_within_31_days()
    {
        var desk = await OfAsync(Cleared());
        var plan = await desk.PlanAsync();
        var latest = desk.By(Ann).At.AddDays(31);

        await RefusedAsync(desk, plan.Id, AtOnce with { StartAt = latest.AddSeconds(1) }, "startAt: expected");
        Assert.Equal(latest, (await desk.SealAsync(plan.Id, AtOnce with { StartAt = latest }))!.Terms!.StartAt);
    }

    // 2020-01-23 is a Thursday; a start in the past is now, and one on Saturday is Monday's.
    [Theory]
    [InlineData(null, "2020-01-23", false)]
    [InlineData(null, "2020-01-24", true)]
    [InlineData("2020-01-20", "2020-01-23", false)]
    [InlineData("2020-01-20", "2020-01-24", true)]
    [InlineData("2020-01-25", "2020-01-27", false)]
    [InlineData("2020-01-25", "2020-01-28", true)]
    public async Task The_rest_goes_by_itself_on_a_day_after_the_first_ones(string? start, string goOn, bool isTaken)
    {
        var desk = await OfAsync(Cleared());
        var plan = await desk.PlanAsync();
        var sealing = new Sealing(1, null, start is null ? null : At(start, "12:00").Utc, Day(goOn));

        if (isTaken)
        {
            Assert.Equal(Day(goOn), (await desk.SealAsync(plan.Id, sealing))!.Terms!.GoOn);
        }
        else
        {
            await RefusedAsync(desk, plan.Id, sealing, "goOn: expected a day after");
        }
    }

    [Fact]
    public async Task A_start_that_is_past_is_now()
    {
        var desk = await OfAsync(Cleared());
        var plan = await desk.PlanAsync();

        var terms = (await desk.SealAsync(plan.Id, AtOnce with { StartAt = desk.By(Ann).At.AddHours(-1) }))!.Terms!;

        Assert.Equal(desk.By(Ann).At, terms.StartAt);
    }

    [Fact]
    public async Task Where_a_clear_lets_everything_go_nothing_is_sealed()
    {
        var desk = await OfAsync(Cleared());
        var plan = await desk.PlanAsync();
        await desk.Books.Controls.TrySaveAsync(
            await desk.Books.Controls.LoadAsync(Cancel),
            desk.Controls with
            {
                Policies = desk.Controls.Policies with { ReleaseApproval = false },
            },
            new ControlAct(new ChargingResumed(), desk.By(Ann)),
            Cancel
        );

        await RefusedAsync(desk, plan.Id, AtOnce, "Release approval is switched off");
    }

    [Fact]
    public async Task A_plan_that_was_approved_is_not_sealed_once_more()
    {
        var desk = await OfAsync(Cleared());
        var release = await desk.ReleaseAsync();
        // The run that sealed it died before it said so.
        var entry = (await desk.Store.FindAsync(release.Id, Cancel))!;
        await desk.Store.TrySaveAsync(entry, entry.Plan with { State = PlanState.Draft }, Cancel);

        await RefusedAsync(desk, release.Id, AtOnce, "is approved already");
    }

    // Where two people are asked, the second one is told before the approval.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_person_alone_lets_nothing_go_that_a_late_payment_contradicts(bool asksTwo)
    {
        var cleared = new BacklogCleared([new(1)], new Dictionary<string, DateOnly> { ["cash"] = Day("2020-01-22") });
        var account = AccountScenario
            .GivenAnAccount(policies: new Policies { SecondPerson = asksTwo }, releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-01-23", "07:00")
            .Change(cleared)
            .On("2020-01-24", "07:00")
            .WhenAPaymentIsPosted("late", 1_000, received: "2020-01-22");
        var desk = await OfAsync(account);
        var plan = await desk.PlanAsync();

        if (asksTwo)
        {
            Assert.Equal(new Money(4_000), (await desk.SealAsync(plan.Id))!.Terms!.Total);
        }
        else
        {
            await RefusedAsync(desk, plan.Id, AtOnce, "Nothing is released: 1 payment");
        }
    }

    private static async Task RefusedAsync(PlanDesk desk, string plan, Sealing sealing, string because)
    {
        var before = desk.Controls;
        var refused = await Assert.ThrowsAsync<RefusedException>(() => desk.SealAsync(plan, sealing));
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
        Assert.Same(before, desk.Controls);
    }
}
