using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>The end of a halt told by kept sums: the city is too large to be looked at account by account.</summary>
public sealed class ResumeSumsTests
{
    private static readonly CycleNumber One = new(1);
    private static readonly DateOnly Today = Day("2020-01-22");

    [Theory]
    [InlineData(DebitState.Scheduled, 2, 0)]
    [InlineData(DebitState.Charging, 0, 3)]
    [InlineData(DebitState.Unknown, 0, 3)]
    [InlineData(DebitState.Submitted, 0, 3)]
    [InlineData(DebitState.Deferred, 0, 0)]
    [InlineData(DebitState.RetryScheduled, 0, 0)] // In no day of its own.
    [InlineData(DebitState.NeedsReview, 0, 0)]
    public void What_is_scheduled_and_due_leaves_and_what_is_with_the_bank_is_there_on_any_day(
        DebitState state,
        int due,
        int inFlight
    )
    {
        var tally = Tally(new Controls(), state, "2020-01-21", "2020-01-22", "2020-01-23");

        Assert.Equal(new DebitCount(due, due * 700), tally.Due);
        Assert.Equal(new DebitCount(inFlight, inFlight * 700), tally.InFlight);
    }

    [Fact]
    public void What_was_held_waits_for_its_release_where_the_city_wants_one()
    {
        var hold = new DeferralDeclared(new DeferralId("h"), [One], Today, Today, DeferralAction.Hold, null);
        var merge = hold with { Id = new DeferralId("m"), Action = DeferralAction.Merge };

        Assert.Equal(
            1,
            Tally(After(hold, releases: true), DebitState.Scheduled, "2020-01-21", "2020-01-22").Due.Debits
        );
        Assert.Equal(
            2,
            Tally(After(hold, releases: false), DebitState.Scheduled, "2020-01-21", "2020-01-22").Due.Debits
        );
        Assert.Equal(
            2,
            Tally(After(merge, releases: true), DebitState.Scheduled, "2020-01-21", "2020-01-22").Due.Debits
        );
    }

    private static Controls After(DeferralDeclared declared, bool releases) =>
        new Controls { Policies = new Policies { ReleaseApproval = releases } }.Change(
            declared,
            new Authority("finance", "the outage", At("2020-01-21", "08:00").Utc)
        );

    private static ResumeTally Tally(Controls controls, DebitState state, params string[] days)
    {
        var tally = new ResumeTally(controls, Today, new HashSet<string>());
        tally.Add(
            new CycleSum(
                One,
                0,
                0,
                0,
                [],
                [.. days.Select(day => new DueDateSum(Day(day), 1, 700, 0, [new StateCount(state, 1, 700)]))]
            )
        );
        return tally;
    }
}
