using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R44: what the city told everybody, as it is recorded, shown and taken back.</summary>
public sealed class PublicNoticeTests
{
    private static readonly DateTimeOffset Tuesday = At("2020-02-18", "09:00").Utc;

    private static readonly PublicNoticeRecorded Notice = new(
        "feb-13",
        [new CycleNumber(1), new CycleNumber(2)],
        Day("2020-01-22"),
        Day("2020-02-05"),
        Day("2020-02-13"),
        Day("2020-02-20"),
        CoversAmounts: true,
        "press, web site",
        "https://city.example/feb-13"
    )
    {
        What = "Debits of January come in February.",
    };

    [Fact]
    public void R44_It_is_kept_as_it_was_recorded_in_its_own_words_or_else_with_the_reason()
    {
        var kept = Assert.Single(After(Notice).PublicNotices);
        Assert.Equal(
            ("feb-13", Day("2020-01-22"), Day("2020-02-05"), Day("2020-02-13"), Day("2020-02-20"), true),
            (kept.Id, kept.DueFrom, kept.DueTo, kept.PublishedOn, kept.DebitsFrom!.Value, kept.CoversAmounts)
        );
        Assert.Equal(
            ("Debits of January come in February.", "press, web site", "https://city.example/feb-13", Tuesday),
            (kept.What, kept.Audience, kept.Evidence, kept.RecordedAt)
        );
        Assert.Equal("the outage", After(Notice with { What = null }).PublicNotices[0].What);
    }

    [Theory]
    [InlineData("2020-01-22", 1, true)]
    [InlineData("2020-01-21", 1, false)]
    [InlineData("2020-01-22", 0, false)]
    public void R44_It_is_about_a_cycle_and_a_window_of_a_day_or_more(string to, int cycles, bool stands)
    {
        var notice = Notice with { DueTo = Day(to), Cycles = [.. Notice.Cycles.Take(cycles)] };

        Assert.Equal(
            stands
                ? null
                : "A public notice needs at least one cycle and a window of due dates whose end is not before its "
                    + "start.",
            (Record.Exception(() => After(notice)) as RefusedException)?.Message
        );
    }

    [Fact]
    public void R44_An_id_is_used_once_and_what_is_not_there_cannot_be_withdrawn()
    {
        Assert.Equal(
            "A public notice 'feb-13' was already recorded; choose another id.",
            Assert.Throws<RefusedException>(() => After(Notice, Notice)).Message
        );
        Assert.Equal(
            "There is no public notice 'feb-14'.",
            Assert.Throws<RefusedException>(() => After(Notice, new PublicNoticeWithdrawn("feb-14"))).Message
        );
    }

    [Fact]
    public void R44_One_is_withdrawn_at_its_time_the_others_stay_and_twice_is_once()
    {
        var withdrawn = After(Notice, Notice with { Id = "feb-14" })
            .Change(new PublicNoticeWithdrawn("feb-13"), By(hours: 1));

        Assert.Equal([Tuesday.AddHours(1), null], withdrawn.PublicNotices.Select(it => it.WithdrawnAt));
        Assert.Same(withdrawn, withdrawn.Change(new PublicNoticeWithdrawn("feb-13"), By(hours: 2)));
    }

    [Fact]
    public void R44_Two_people_read_all_that_one_of_an_earlier_day_says()
    {
        Assert.Equal(
            "Public notice feb-13 counts from 2020-02-13, an earlier day: Debits of January come in February. It told "
                + "press, web site of debits from 2020-02-20 on, with their amounts, for bills due 2020-01-22 to "
                + "2020-02-05 of cycle 1, 2. Evidence: https://city.example/feb-13",
            Shown(Notice)
        );
        Assert.Contains(
            "of debits from any day on, without their amounts, for",
            Shown(Notice with { DebitsFrom = null, CoversAmounts = false }),
            StringComparison.Ordinal
        );
        Assert.Throws<RefusedException>(() => Shown(Notice with { Cycles = [] }));

        static string Shown(PublicNoticeRecorded notice) =>
            After(new ApprovalAsked("n", notice)).Approvals.Single().Shown;
    }

    [Theory]
    [InlineData("2020-01-21", 1, false)]
    [InlineData("2020-01-22", 1, true)]
    [InlineData("2020-02-05", 2, true)]
    [InlineData("2020-02-06", 1, false)]
    [InlineData("2020-01-22", 3, false)]
    public void R44_The_first_and_the_last_due_date_of_its_window_are_in_it(string due, int cycle, bool about)
    {
        var bill = GivenAnAccount(cycle).NewBill("b", 5_000, due);
        Assert.Equal(about, After(Notice).PublicNotices[0].IsAbout(bill));
        Assert.False(After(Notice, new PublicNoticeWithdrawn("feb-13")).PublicNotices[0].IsAbout(bill));
    }

    private static Controls After(params ControlChange[] changes) =>
        changes.Aggregate(new Controls(), (controls, change) => controls.Change(change, By()));

    private static Authority By(int hours = 0) => new("finance", "the outage", Tuesday.AddHours(hours));
}
