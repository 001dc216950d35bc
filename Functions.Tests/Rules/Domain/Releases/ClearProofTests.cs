namespace Autopay.Tests.Rules.Domain.Releases;

/// <summary>Whoever approves a release reads on what its cycle was cleared.</summary>
public sealed class ClearProofTests
{
    private static readonly DateTimeOffset Monday = new(2020, 1, 20, 15, 0, 0, TimeSpan.Zero);
    private static readonly CycleNumber One = new(1);
    private static readonly Dictionary<string, DateOnly> Through = new() { ["cash"] = new(2020, 1, 20) };

    [Fact]
    public void That_nothing_was_counted_and_nobody_said_through_which_day_is_shown() =>
        Assert.Contains(
            " Nothing was counted. Nobody said through which day all payments are in. Plan plan.",
            Shown(new BacklogCleared([One], new Dictionary<string, DateOnly>())),
            StringComparison.Ordinal
        );

    [Fact]
    public void Through_which_day_payments_are_in_is_shown_by_channel() =>
        Assert.Contains(
            " Nothing was counted. All payments are said to be in through cash 2020-01-20. Plan plan.",
            Shown(new BacklogCleared([One], Through)),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_certificate_and_what_it_says_are_shown() =>
        Assert.Contains(
            " Of the counts, all 3 totals agree. All payments are said to be in through cash 2020-01-20. "
                + "Certificate c0ffee. Plan plan.",
            Shown(new BacklogCleared([One], Through) { Certificate = "c0ffee", Says = "all 3 totals agree" }),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_cycle_whose_holds_were_withdrawn_was_not_cleared_and_that_is_shown() =>
        Assert.Contains("Its holds were withdrawn and it was not cleared", Shown(null), StringComparison.Ordinal);

    [Fact]
    public void Money_has_its_sign() =>
        Assert.StartsWith(
            "Release R-1: 3 debits, $159.20, go to the bank for cycle 1. The first 1 go, then the rest waits for a "
                + "go, at most $100.00 a banking day",
            Shown(null),
            StringComparison.Ordinal
        );

    private static string Shown(BacklogCleared? cleared)
    {
        var by = new Authority("ann", "All in", Monday);
        var controls = cleared is null ? new Controls() : new Controls().Change(cleared, by);
        var terms = new ReleaseTerms("R-1", One, "plan", 3, new Money(15920))
        {
            First = 1,
            DailyLimit = new Money(10000),
            StartAt = Monday,
            ClearedAt = cleared is null ? null : Monday,
        };
        return controls.Change(new ApprovalAsked("R-1", new CycleReleased(terms)), by).Approvals[0].Shown;
    }
}
