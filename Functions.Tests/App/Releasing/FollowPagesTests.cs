using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.App.Releasing.PlanDesk;

namespace Autopay.Tests.App.Releasing;

/// <summary>A walk of many pages keeps after each of them what became of a release: it is seen to move.</summary>
public sealed class FollowPagesTests
{
    [Fact]
    public async Task Each_page_is_kept_before_the_walk_is_over_and_the_next_one_too()
    {
        var (first, second) = TwoOfOneBucket();
        var desk = await OfAsync(first, second);
        await desk.ReleaseAsync();
        var walk = await desk.OpenAsync(first);

        walk.Note([Sent(first)]);
        await desk.TellAsync(walk);
        Assert.Equal((1, 1), await SentAndToGoAsync(desk));

        // Nothing more is to come: the end of the walk tells it with the lines.
        walk.Note([Sent(second)]);
        await desk.TellAsync(walk);
        Assert.Equal((1, 1), await SentAndToGoAsync(desk));
        await desk.KeepAsync(walk);
        Assert.Equal((2, 0), await SentAndToGoAsync(desk));
    }

    [Fact]
    public async Task What_another_walk_has_written_meanwhile_stays_whatever_comes_after()
    {
        var (first, second) = TwoOfOneBucket();
        var desk = await OfAsync(first, second);
        await desk.ReleaseAsync();
        var overtaken = await desk.OpenAsync(first);
        var other = await desk.OpenAsync(first);
        other.Note([Sent(first), Sent(second)]);
        await desk.KeepAsync(other);

        overtaken.Note([Sent(first)]);
        await desk.TellAsync(overtaken);
        overtaken.Note([new LedgerEntry(second.Ledger, null, null)]);
        await desk.KeepAsync(overtaken);

        Assert.Equal((2, 0), await SentAndToGoAsync(desk));
    }

    [Fact]
    public async Task What_is_another_debit_than_was_approved_is_written_down_with_its_page()
    {
        var (first, second) = TwoOfOneBucket();
        var desk = await OfAsync(first, second);
        await desk.ReleaseAsync();
        var walk = await desk.OpenAsync(first);
        var moved = first.WhenTheBalancesFileSays("jan", 4_000).WhenEvaluated();

        walk.Note([new LedgerEntry(moved.Ledger, null, null)]);
        await desk.TellAsync(walk);

        Assert.Equal(LineState.Stopped, (await desk.LineAsync("R-1", first)).State);
        Assert.Equal(LineState.Planned, (await desk.LineAsync("R-1", second)).State);
    }

    private static (AccountScenario First, AccountScenario Second) TwoOfOneBucket()
    {
        var bucket = Bucket.Of(new AccountId("10-0001"));
        var other = Enumerable
            .Range(2, 10_000)
            .Select(number => $"10-{number:0000}")
            .First(account => Bucket.Of(new AccountId(account)) == bucket);
        return (Cleared(), Cleared(other));
    }

    private static LedgerEntry Sent(AccountScenario account) =>
        new(account.WhenTwoPeopleRelease().WhenThePreChargeCheckComes().WhenConfirmed().Ledger, null, null);

    private static async Task<(int Sent, int ToGo)> SentAndToGoAsync(PlanDesk desk)
    {
        var progress = (await desk.ViewAsync("R-1")).Progress!;
        return (progress.Sent.Debits, progress.ToGo.Debits);
    }
}
