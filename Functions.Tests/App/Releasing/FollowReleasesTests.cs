using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.App.Releasing.PlanDesk;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Releasing;

/// <summary>A walk lets go what two people approved, in its wave and as it was sealed, and tells what became of it
/// (I25).</summary>
public sealed class FollowReleasesTests
{
    private static readonly Sealing OneFirst = new(1, null, null, null);

    [Fact]
    public async Task Before_the_approval_nothing_goes_and_after_it_what_was_planned()
    {
        var account = Cleared();
        var desk = await OfAsync(account, Cleared("10-0002"));
        var plan = await desk.PlanAsync();
        await desk.SealAsync(plan.Id);
        Assert.Same(BucketReleases.None, await desk.OpenAsync(account));

        await desk.ApproveAsync(plan.Id);

        var grant = Assert.Single(await desk.GrantsAsync(account));
        Assert.Equal(
            ("R-1", new Money(5_000), "cus_1", "pm_1"),
            (grant.Release, grant.Amount, grant.Customer, grant.PaymentMethod)
        );
        Assert.Empty(await desk.GrantsAsync(Cleared("10-0099")));
    }

    [Fact]
    public async Task What_is_stopped_lets_nothing_go()
    {
        var account = Cleared();
        var desk = await OfAsync(account);
        await desk.ReleaseAsync();

        await desk.ChangeAsync(new ReleaseStopped("R-1"));

        Assert.Same(BucketReleases.None, await desk.OpenAsync(account));
    }

    [Fact]
    public async Task Two_months_after_its_end_a_walk_reads_a_release_no_more()
    {
        var account = Cleared();
        var desk = await OfAsync(account);
        await desk.ReleaseAsync();

        // It ended a day after its approval, at seven in the winter.
        desk.On("2020-03-24", "07:59");
        Assert.NotSame(BucketReleases.None, await desk.OpenAsync(account));
        Assert.Empty(await desk.GrantsAsync(account));
        desk.On("2020-03-24", "08:00");
        Assert.NotSame(BucketReleases.None, await desk.OpenAsync(account));
        desk.On("2020-03-24", "08:01");
        Assert.Same(BucketReleases.None, await desk.OpenAsync(account));
    }

    [Fact]
    public async Task Lines_that_somebody_has_altered_stop_the_release()
    {
        var account = Cleared();
        var desk = await OfAsync(account);
        await desk.ReleaseAsync();
        var bucket = Bucket.Of(account.Ledger.Id);
        var stored = (await desk.Store.FindLinesAsync("R-1", bucket, Cancel))!;
        var more = stored.Lines.Select(line =>
            line with
            {
                Bills = [.. line.Bills.Select(bill => bill with { Cents = bill.Cents + new Money(1) })],
            }
        );
        await desk.Store.TrySaveLinesAsync(stored with { Lines = [.. more] }, Cancel);

        Assert.Empty(await desk.GrantsAsync(account));

        var stopped = desk.Controls.FindRelease("R-1")!.Stopped!;
        Assert.Equal(
            (
                "autopay",
                $"The lines of bucket {bucket.Number} are not those that were sealed: somebody has altered them"
            ),
            (stopped.By, stopped.Why)
        );
    }

    [Fact]
    public async Task The_first_ones_go_and_the_rest_waits_for_its_go()
    {
        var (first, rest) = (Cleared(), Cleared("10-0002"));
        var desk = await OfAsync(first, rest);
        await desk.ReleaseAsync(OneFirst);
        Assert.Single(await desk.GrantsAsync(first));
        Assert.Empty(await desk.GrantsAsync(rest));
        Assert.Null((await desk.OpenAsync(rest)).NextOpening);

        await desk.ChangeAsync(new ReleaseGone("R-1", Day("2020-01-23")));

        Assert.Single(await desk.GrantsAsync(rest));
    }

    [Fact]
    public async Task A_walk_knows_when_the_next_wave_of_its_bucket_opens()
    {
        var first = Cleared();
        var elsewhere = Enumerable
            .Range(2, 100)
            .Select(number => $"10-{number:0000}")
            .First(id => Bucket.Of(id) != Bucket.Of(first.Ledger.Id));
        var accounts = new[] { first, Cleared(elsewhere) };
        var desk = await OfAsync(accounts);
        await desk.ReleaseAsync(new Sealing(0, new Money(5_000), null, null));

        Assert.Null((await desk.OpenAsync(accounts[0])).NextOpening);
        Assert.Equal(At("2020-01-24", "06:00").Utc, (await desk.OpenAsync(accounts[1])).NextOpening);
        Assert.Empty(await desk.GrantsAsync(accounts[1]));

        desk.On("2020-01-24", "06:00");
        Assert.Single(await desk.GrantsAsync(accounts[1]));
    }

    [Fact]
    public async Task After_a_standstill_that_no_sweep_has_noted_a_wave_does_not_catch_up()
    {
        var accounts = new[] { Cleared(), Cleared("10-0002"), Cleared("10-0003") };
        var desk = await OfAsync(accounts);
        await desk.ReleaseAsync(new Sealing(0, new Money(5_000), null, null));
        await desk.Beats.BeatAsync(RunSweep.Heartbeat, desk.By(Ann).At, Cancel);

        desk.On("2020-01-27", "07:00");

        Assert.Single(await desk.GrantsAsync(accounts[1]));
        Assert.Empty(await desk.GrantsAsync(accounts[2]));
        Assert.Empty(desk.Controls.FindRelease("R-1")!.Pauses);
    }

    [Fact]
    public async Task Who_is_not_met_by_the_walk_is_asked_for_once()
    {
        var account = Cleared();
        var desk = await OfAsync(account);
        await desk.ReleaseAsync();
        var releases = await desk.OpenAsync(account);

        Assert.Equal([account.Ledger.Id], releases.NotSeen());
        releases.Note([new LedgerEntry(account.Ledger, null, null)]);
        Assert.Empty(releases.NotSeen());
    }

    [Fact]
    public async Task What_was_let_go_is_looked_at_again_after_a_quarter_of_an_hour()
    {
        var account = Cleared();
        var desk = await OfAsync(account);
        await desk.ReleaseAsync();
        await desk.WalkAsync(Let(account));
        Assert.Equal(LineState.Granted, (await desk.LineAsync("R-1", account)).State);
        Assert.Empty((await desk.OpenAsync(account)).NotSeen());

        desk.On("2020-01-23", "07:14");
        Assert.Empty((await desk.OpenAsync(account)).NotSeen());
        desk.On("2020-01-23", "07:15");
        Assert.Equal([account.Ledger.Id], (await desk.OpenAsync(account)).NotSeen());
    }

    [Fact]
    public async Task What_was_sent_is_kept_and_goes_once()
    {
        var account = Cleared();
        var desk = await OfAsync(account);
        await desk.ReleaseAsync();

        await desk.WalkAsync(Let(account).WhenThePreChargeCheckComes().WhenConfirmed());

        var line = await desk.LineAsync("R-1", account);
        Assert.Equal((LineState.Sent, new Money(5_000)), (line.State, line.Sent));
        Assert.Empty(await desk.GrantsAsync(account));
        Assert.Equal(ReleaseStep.Done, (await desk.ViewAsync("R-1")).Step);
    }

    [Fact]
    public async Task Of_an_account_every_debit_is_followed()
    {
        var account = GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceDeclaresAHold("outage", Due["jan"], Due["feb"])
            .On("2020-01-23", "07:00")
            .WhenFinanceClears(1);
        var desk = await OfAsync(account);
        await desk.ReleaseAsync();

        await desk.WalkAsync(account.WhenABillIsSkipped("jan").WhenABillIsSkipped("feb"));

        var progress = (await desk.ViewAsync("R-1")).Progress!;
        Assert.Equal((new PlanSum(2, new Money(11_000)), default), (progress.Dropped, progress.ToGo));
    }

    [Fact]
    public async Task A_walk_in_which_nothing_moved_writes_nothing()
    {
        var account = Cleared();
        var desk = await OfAsync(account);
        await desk.ReleaseAsync();
        var before = await desk.Store.FindLinesAsync("R-1", Bucket.Of(account.Ledger.Id), Cancel);
        desk.On("2020-01-23", "08:00");

        await desk.WalkAsync(account);

        Assert.Same(before, await desk.Store.FindLinesAsync("R-1", Bucket.Of(account.Ledger.Id), Cancel));
    }

    // Of 20 debits two are a tenth, and three are more.
    [Theory]
    [InlineData(20, 2, true)]
    [InlineData(20, 3, false)]
    [InlineData(2, 1, true)]
    [InlineData(2, 2, false)]
    public async Task More_than_a_tenth_that_is_not_what_was_approved_stops_the_rest(int all, int moved, bool goesOn)
    {
        AccountScenario[] accounts = [.. Enumerable.Range(1, all).Select(number => Cleared($"10-{number:0000}"))];
        var desk = await OfAsync(accounts);
        await desk.ReleaseAsync();

        await desk.WalkAsync([.. accounts.Take(moved).Select(Moved)]);

        var release = desk.Controls.FindRelease("R-1")!;
        Assert.Equal(goesOn, release.IsLive);
        Assert.Equal(
            goesOn ? null : $"{moved} of {all} debits are not what was approved: more than 10 %",
            release.Stopped?.Why
        );
    }

    [Fact]
    public async Task How_much_may_drift_is_a_setting()
    {
        var accounts = new[] { Cleared(), Cleared("10-0002"), Cleared("10-0003"), Cleared("10-0004") };
        var desk = await OfAsync(new ReleaseOptions { ReleaseDriftPercent = 50 }, accounts);
        await desk.ReleaseAsync();

        await desk.WalkAsync(Moved(accounts[0]), Moved(accounts[1]));
        Assert.True(desk.Controls.IsLive("R-1"));

        await desk.WalkAsync(Moved(accounts[2]));
        Assert.False(desk.Controls.IsLive("R-1"));
    }

    [Fact]
    public void Of_two_releases_the_later_one_lets_a_debit_go()
    {
        var account = Cleared();
        var line = account.Plan().Single() with { Wave = 0 };
        BucketRelease Of(string id) =>
            new(
                new Release(
                    new ReleaseTerms(id, new(1), "hash", 1, line.Open),
                    new Authority(Bob, "Yes", account.Now.Utc)
                ),
                new(id, Bucket.Of(account.Ledger.Id), [line], account.Now.Utc, null),
                (0, null),
                isStale: false,
                account.Now.Today
            );

        var grants = new BucketReleases([Of("R-1"), Of("R-2")]).GrantsOf(account.Ledger.Id);

        Assert.Equal("R-2", Assert.Single(grants).Value.Release);
    }

    // The walk found the grant, and gave it to the debit.
    private static AccountScenario Let(AccountScenario account) => account.WhenTwoPeopleRelease();

    // A person has it now.
    private static AccountScenario Moved(AccountScenario account) =>
        account.WhenTheBalancesFileSays("jan", 4_000).WhenEvaluated();
}
