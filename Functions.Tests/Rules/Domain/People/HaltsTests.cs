namespace Autopay.Tests.Rules.Domain;

/// <summary>Two halt for two reasons: whoever ends it ends both, and reads both.</summary>
public sealed class HaltsTests
{
    private static readonly DateTimeOffset Monday = new(2020, 1, 20, 15, 0, 0, TimeSpan.Zero);

    private static readonly Controls Both = new Controls()
        .Change(new ChargingHalted(), By("ann", "The file looks short", 0))
        .Change(new ChargingHalted(), By("bob", "A customer was charged twice", 1));

    [Fact]
    public void A_second_halt_is_an_act_of_its_own_and_both_reasons_are_told()
    {
        Assert.Equal(2, Both.Version);
        Assert.Equal("halted: The file looks short; A customer was charged twice", Both.WhyNothingIsCharged);
        Assert.Equal(["ann", "bob"], Both.Halt!.All.Select(halt => halt.By));
    }

    [Fact]
    public void The_same_person_and_reason_once_more_change_nothing()
    {
        Assert.Same(Both, Both.Change(new ChargingHalted(), By("ann", "The file looks short", 2)));
        Assert.Same(Both, Both.Change(new ChargingHalted(), By("bob", "A customer was charged twice", 2)));
    }

    [Fact]
    public void Who_ends_the_halt_is_shown_every_reason()
    {
        var asked = Both.Change(new ApprovalAsked("a", new ChargingResumed()), By("ann", "over", 2));

        Assert.Equal(
            "Charging goes on. ann halted it at 2020-01-20 15:00:00Z: The file looks short. And bob halted it at "
                + "2020-01-20 16:00:00Z: A customer was charged twice",
            asked.Approvals[0].Shown
        );
        Assert.Null(asked.Change(new ApprovalGiven("a", asked.Approvals[0].Hash), By("cem", "yes", 3)).Halt);
    }

    [Fact]
    public void A_halt_that_came_after_the_question_is_not_ended_by_its_answer()
    {
        var asked = Both.Change(new ApprovalAsked("a", new ChargingResumed()), By("ann", "over", 2));
        var third = asked.Change(new ChargingHalted(), By("dan", "Look at drawer 3", 3));

        var refused = Assert.Throws<RefusedException>(() =>
            third.Change(new ApprovalGiven("a", asked.Approvals[0].Hash), By("cem", "yes", 4))
        );

        Assert.Contains("Look at drawer 3", refused.Message, StringComparison.Ordinal);
    }

    private static Authority By(string person, string why, int hours) => new(person, why, Monday.AddHours(hours));
}
