namespace Autopay.Tests.Rules.Domain;

/// <summary>Two people for what one must not do alone (N22 to N25): the end of a halt.</summary>
public sealed class SecondPersonTests
{
    private static readonly DateTimeOffset Monday = new(2020, 1, 20, 15, 0, 0, TimeSpan.Zero);

    private static readonly Controls Halted = new Controls().Change(
        new ChargingHalted(),
        new Authority("app", "The books do not add up", Monday)
    );

    private static readonly Controls Asked = Halted.Change(
        new ApprovalAsked("a", new ChargingResumed()),
        By("city|ann", Monday.AddHours(1))
    );

    private static readonly string Hash = Asked.Approvals[0].Hash;

    [Fact]
    public void Asking_changes_nothing_but_that_it_was_asked()
    {
        Assert.True(Asked.IsHalted);
        Assert.Equal(
            "Charging goes on. app halted it at 2020-01-20 15:00:00Z: The books do not add up",
            Assert.Single(Asked.Approvals).Shown
        );
        Assert.Equal(Halted.Version + 1, Asked.Version);
    }

    [Fact]
    public void Another_person_who_was_shown_the_same_ends_the_halt()
    {
        var resumed = Give(Asked, "city|bob");

        Assert.False(resumed.IsHalted);
        Assert.Equal(("city|bob", false), (resumed.Approvals[0].Decided?.By, resumed.Approvals[0].IsRejected));
        Assert.Equal(Asked.Version + 1, resumed.Version);
    }

    [Theory]
    [InlineData("city|ann")]
    [InlineData("CITY|Ann")]
    public void N22_who_asked_cannot_approve_however_the_name_is_spelled(string person) =>
        Assert.StartsWith(
            "You asked for this",
            Assert.Throws<AnotherPersonException>(() => Give(Asked, person)).Message,
            StringComparison.Ordinal
        );

    // Names are for reading: two people may share one, and one may change it.
    [Theory]
    [InlineData("city|ann", "Bob", true)]
    [InlineData("city|bob", "Ann", false)]
    public void What_people_are_called_makes_nobody_another_person(string person, string name, bool isRefused)
    {
        var asked = Halted.Change(
            new ApprovalAsked("a", new ChargingResumed()),
            By("city|ann", Monday.AddHours(1)) with
            {
                Name = "Ann",
            }
        );
        var yes = By(person, Monday.AddHours(2)) with { Name = name };

        var refusal = Record.Exception(() => asked.Change(new ApprovalGiven("a", asked.Approvals[0].Hash), yes));

        Assert.Equal(isRefused, refusal is AnotherPersonException);
    }

    [Fact]
    public void N23_a_second_yes_is_no_second_act()
    {
        var resumed = Give(Asked, "city|bob");
        Assert.Contains("approved it already", Refused(() => Give(resumed, "city|cem")), StringComparison.Ordinal);
        Assert.Contains("approved it already", Refused(() => Give(resumed, "city|bob")), StringComparison.Ordinal);
    }

    [Fact]
    public void N24_a_yes_to_another_text_is_refused() =>
        Assert.StartsWith(
            "What you were shown",
            Refused(() =>
                Asked.Change(new ApprovalGiven("a", new string('0', 64)), By("city|bob", Monday.AddHours(2)))
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void N24_a_yes_to_what_has_changed_since_is_refused()
    {
        var halted = Asked with { Halt = new Halt("Two charges of one debit", "app", Monday.AddHours(2)) };
        Assert.Contains("Two charges of one debit", Refused(() => Give(halted, "city|bob")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void N25_a_yes_counts_for_a_day_and_not_a_second_longer(int secondsLate, bool counts)
    {
        var at = Monday.AddHours(25).AddSeconds(secondsLate);
        Controls Late() => Asked.Change(new ApprovalGiven("a", Hash), By("city|bob", at));

        if (counts)
        {
            Assert.False(Late().IsHalted);
        }
        else
        {
            Assert.Contains("has ended", Refused(Late), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Who_says_no_ends_it_and_nobody_can_say_yes_any_more()
    {
        var rejected = Asked.Change(new ApprovalRejected("a"), By("city|bob", Monday.AddHours(2)));

        Assert.True(rejected.IsHalted);
        Assert.Contains("rejected it already", Refused(() => Give(rejected, "city|cem")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_no_to_one_act_leaves_the_other_waiting()
    {
        var two = Asked.Change(new ApprovalAsked("b", new ChargingResumed()), By("city|cem", Monday.AddHours(2)));
        var rejected = two.Change(new ApprovalRejected("a"), By("city|bob", Monday.AddHours(3)));

        Assert.Equal([("a", true), ("b", false)], rejected.Approvals.Select(it => (it.Id, it.Decided is not null)));
    }

    [Fact]
    public void Nobody_approves_what_nobody_asked_for() =>
        Assert.Throws<NotYetKnownException>(() => Halted.Change(new ApprovalGiven("a", Hash), By("city|bob", Monday)));

    [Fact]
    public void Nobody_asks_for_the_end_of_a_halt_that_is_not() =>
        Assert.Equal(
            "Charging is not halted.",
            Refused(() => new Controls().Change(new ApprovalAsked("a", new ChargingResumed()), By("city|ann", Monday)))
        );

    [Fact]
    public void What_is_older_than_a_day_is_forgotten_when_somebody_asks_again()
    {
        var again = Asked.Change(new ApprovalAsked("b", new ChargingResumed()), By("city|ann", Monday.AddDays(3)));
        Assert.Equal(["b"], again.Approvals.Select(approval => approval.Id));
    }

    [Fact]
    public void An_id_that_another_person_has_is_no_id_of_a_request()
    {
        var refusal = Refused(() =>
            Asked.Change(new ApprovalAsked("a", new ChargingResumed()), By("city|cem", Monday.AddHours(2)))
        );

        Assert.StartsWith("The id a is that of another request, by city|ann:", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_another_act_has_is_no_id_of_a_request()
    {
        var note = new PublicNotePublished("Pay at the counter.", "Pague en la ventanilla.");

        Assert.StartsWith(
            "The id a is that of another request",
            Refused(() => Asked.Change(new ApprovalAsked("a", note), By("city|ann", Monday.AddHours(2)))),
            StringComparison.Ordinal
        );
        var rejected = Asked.Change(new ApprovalRejected("a"), By("city|bob", Monday.AddHours(2)));
        Refused(() =>
            rejected.Change(new ApprovalAsked("a", new ChargingResumed()), By("city|ann", Monday.AddHours(2)))
        );
    }

    [Fact]
    public void The_same_person_asks_for_the_same_once_more_and_it_waits_once()
    {
        var again = Asked.Change(new ApprovalAsked("a", new ChargingResumed()), By("city|ann", Monday.AddHours(2)));

        Assert.Equal(Hash, Assert.Single(again.Approvals).Hash);
    }

    private static Controls Give(Controls controls, string person) =>
        controls.Change(new ApprovalGiven("a", Hash), By(person, Monday.AddHours(2)));

    private static Authority By(string person, DateTimeOffset at) => new(person, "test", at);

    private static string Refused(Func<Controls> change) => Assert.ThrowsAny<RefusedException>(change).Message;
}
