namespace Autopay.Tests.Rules.Domain;

/// <summary>Two people for finance's own words, one for the prepared sentence and for taking away.</summary>
public sealed class PublicNoteTests
{
    private static readonly DateTimeOffset Monday = new(2020, 2, 3, 15, 0, 0, TimeSpan.Zero);
    private static readonly PublicNotePublished Note = new(
        "The office is open on Saturday.",
        "La oficina abre el sábado."
    );

    private static readonly Controls Asked = new Controls().Change(new ApprovalAsked("n", Note), By("city|ann"));

    [Fact]
    public void The_second_person_reads_both_languages_and_then_residents_do()
    {
        var approval = Assert.Single(Asked.Approvals);
        Assert.Null(Asked.PublicNote);
        Assert.Equal(
            "Residents read in English: The office is open on Saturday. And in Spanish: La oficina abre el sábado.",
            approval.Shown
        );

        var shown = Asked.Change(new ApprovalGiven("n", approval.Hash), By("city|bob"));

        Assert.Equal((Note.English, Note.Spanish), (shown.PublicNote!.English, shown.PublicNote.Spanish));
        Assert.Equal(0, shown.AccountsVersion);
    }

    [Fact]
    public void Who_wrote_it_cannot_approve_it() =>
        Assert.Throws<AnotherPersonException>(() =>
            Asked.Change(new ApprovalGiven("n", Asked.Approvals[0].Hash), By("city|ann"))
        );

    [Fact]
    public void One_person_takes_it_away_and_twice_is_once()
    {
        var shown = Asked.Change(new ApprovalGiven("n", Asked.Approvals[0].Hash), By("city|bob"));

        var gone = shown.Change(new PublicNoteWithdrawn(PublicNoteKind.Text), By("city|cem"));

        Assert.Null(gone.PublicNote);
        Assert.Same(gone, gone.Change(new PublicNoteWithdrawn(PublicNoteKind.Text), By("city|cem")));
        Assert.Same(shown, shown.Change(new PublicNoteWithdrawn(PublicNoteKind.ChargedTwice), By("city|cem")));
    }

    [Fact]
    public void The_prepared_sentence_needs_a_halt_and_one_person()
    {
        var told = new ChargedTwiceTold(new DateOnly(2020, 2, 3));
        Assert.Contains(
            "Halt all charging first",
            Assert.Throws<RefusedException>(() => new Controls().Change(told, By("city|ann"))).Message,
            StringComparison.Ordinal
        );

        var halted = new Controls().Change(new ChargingHalted(), By("city|ann"));
        var shown = halted.Change(told, By("city|ann"));

        Assert.Equal(told.On, shown.ChargedTwice!.On);
        Assert.Same(shown, shown.Change(told, By("city|bob")));
        Assert.Null(shown.Change(new PublicNoteWithdrawn(PublicNoteKind.ChargedTwice), By("city|bob")).ChargedTwice);
    }

    private static Authority By(string person) => new(person, "asked", Monday);
}
