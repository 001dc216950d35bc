using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.App.Releasing.PlanDesk;

namespace Autopay.Tests.App.Releasing;

/// <summary>What a walk knows of a release's lines in its bucket while it goes on.</summary>
public sealed class BucketReleaseTests
{
    private readonly AccountScenario[] accounts = [Cleared(), Cleared("10-0002"), Cleared("10-0003")];
    private readonly PlanLine[] lines;

    public BucketReleaseTests() => lines = [.. accounts.Select(account => account.Plan().Single() with { Wave = 1 })];

    [Fact]
    public void Of_two_releases_the_bucket_wakes_for_the_wave_that_opens_first()
    {
        var soon = accounts[0].Now.Utc.AddDays(1);

        Assert.Equal(soon, new BucketReleases([Of(soon.AddDays(1)), Of(soon), Of(null)]).NextOpening);
    }

    [Fact]
    public void Two_that_moved_are_news_as_long_as_somebody_is_still_to_be_met()
    {
        var release = Of();
        Assert.False(release.HasNews);

        release.Note(Sent(accounts[0]).Ledger);
        Assert.True(release.HasNews);
        release.Note(Sent(accounts[1]).Ledger);
        Assert.True(release.HasNews);

        release.Note(accounts[2].Ledger);
        Assert.Equal((false, true), (release.HasNews, release.HasChanged));
    }

    [Fact]
    public void What_was_told_is_no_news_and_is_still_to_be_kept()
    {
        var release = Of();
        release.Note(Sent(accounts[0]).Ledger);

        release.Told(Stored("told"));

        Assert.Equal((false, true), (release.HasNews, release.HasChanged));
        Assert.Equal("told", release.ToStore(accounts[0].Now.Utc).Tag);
    }

    // Another walk has written meanwhile: nothing can be written over that.
    [Fact]
    public void What_could_not_be_told_or_kept_has_the_tag_that_it_had()
    {
        var release = Of();
        release.Note(Sent(accounts[0]).Ledger);

        release.Told(null);
        Assert.Equal("first", release.ToStore(accounts[0].Now.Utc).Tag);
        release.Kept(null);
        Assert.Equal("first", release.ToStore(accounts[0].Now.Utc).Tag);
    }

    [Fact]
    public void Two_that_drifted_are_a_drift_and_what_is_kept_is_no_change_any_more()
    {
        var release = Of();
        release.Note(Moved(accounts[0]).Ledger);
        Assert.True(release.FoundDrift);
        release.Note(Moved(accounts[1]).Ledger);
        Assert.True(release.FoundDrift);

        release.Kept(Stored("kept"));

        Assert.Equal((false, false, false), (release.FoundDrift, release.HasChanged, release.HasNews));
        Assert.Equal("kept", release.ToStore(accounts[0].Now.Utc).Tag);
        release.Note(accounts[2].Ledger);
        Assert.False(release.FoundDrift);
    }

    private BucketRelease Of() => Of(waves: (1, null));

    // Its wave opens then.
    private BucketRelease Of(DateTimeOffset? opens) => Of(waves: (0, opens));

    private BucketRelease Of((int Open, DateTimeOffset? Next) waves) =>
        new(
            new Release(
                new ReleaseTerms("R-1", new(1), "hash", 3, new Money(15_000)),
                new Authority(Bob, "Yes", accounts[0].Now.Utc)
            ),
            Stored("first"),
            waves,
            isStale: false,
            accounts[0].Now.Today
        );

    private BucketLines Stored(string tag) =>
        new("R-1", Bucket.Of(accounts[0].Ledger.Id), lines, accounts[0].Now.Utc, tag);

    private static AccountScenario Sent(AccountScenario account) =>
        account.WhenTwoPeopleRelease().WhenThePreChargeCheckComes().WhenConfirmed();

    // A person has it now.
    private static AccountScenario Moved(AccountScenario account) =>
        account.WhenTheBalancesFileSays("jan", 4_000).WhenEvaluated();
}
