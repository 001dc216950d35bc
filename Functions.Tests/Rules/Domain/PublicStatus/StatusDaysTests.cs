using Autopay.Domain.PublicStatus;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;
using static Autopay.Tests.Rules.Domain.PublicBoard;

namespace Autopay.Tests.Rules.Domain;

/// <summary>The days that residents read are of their own cycle, and neither a day too early nor too late.</summary>
public sealed class StatusDaysTests
{
    private static readonly ControlChange BothCleared = new BacklogCleared(
        [One, Two],
        new Dictionary<string, DateOnly>()
    );

    private static readonly Controls Strict = Outage with
    {
        Policies = new Policies { NoticeClock = NoticeClockMode.Enforce },
    };

    // Cleared and let go on February 20; each customer can be told by the 27th.
    private static DateOnly? DayWith(params (string On, ControlChange Change)[] notices)
    {
        var told = After(Strict, [("2020-02-20", BothCleared), .. notices]);
        return Cycle(Of(Released(told, "2020-02-20", "2020-02-20"), "2020-02-20"), 1).NextDate;
    }

    [Theory]
    [InlineData("2020-02-05", "2020-02-10", "2020-02-21")] // The hold's last due date.
    [InlineData("2020-01-10", "2020-01-22", "2020-02-21")] // Its first one.
    [InlineData("2020-02-06", "2020-02-10", "2020-02-27")]
    [InlineData("2020-01-10", "2020-01-21", "2020-02-27")]
    public void A_public_notice_brings_the_day_forward_only_for_due_dates_that_were_held(
        string dueFrom,
        string dueTo,
        string expected
    ) =>
        Assert.Equal(
            Day(expected),
            DayWith(
                ("2020-02-14", PublicNotice("2020-02-14", null) with { DueFrom = Day(dueFrom), DueTo = Day(dueTo) })
            )
        );

    [Fact]
    public void A_public_notice_of_another_cycle_or_one_that_was_withdrawn_tells_nobody()
    {
        var notice = PublicNotice("2020-02-14", null);

        Assert.Equal(Day("2020-02-27"), DayWith(("2020-02-14", notice with { Cycles = [Two] })));
        Assert.Equal(
            Day("2020-02-27"),
            DayWith(("2020-02-14", notice), ("2020-02-19", new PublicNoticeWithdrawn(notice.Id)))
        );
    }

    [Fact]
    public void A_public_notice_of_one_of_two_holds_lets_the_first_debits_leave() =>
        Assert.Equal(
            Day("2020-02-21"),
            DayWith(
                ("2020-02-10", Hold("again", "2020-02-12", "2020-02-12", 1)),
                ("2020-02-20", BothCleared),
                ("2020-02-14", PublicNotice("2020-02-14", null))
            )
        );

    [Fact]
    public void A_public_notice_still_tells_the_truth_a_week_after_the_day_that_it_named() =>
        Assert.Equal(Day("2020-02-20"), DayWith(("2020-02-01", PublicNotice("2020-02-01", "2020-02-13"))));

    [Theory]
    [InlineData("2020-01-17", "2020-01-22")] // Nothing is due yet.
    [InlineData("2020-01-28", "2020-01-28")] // The second hold's day is still to come.
    [InlineData("2020-02-05", "2020-02-05")] // It is the last day.
    [InlineData("2020-02-06", "2020-02-13")] // Each customer has to be told first.
    public void Nothing_leaves_before_its_due_date_nor_without_a_notice_after_it(string released, string expected)
    {
        var held = After(
            Strict with
            {
                Deferrals = [],
            },
            ("2020-01-16", Hold("first", "2020-01-22", "2020-01-24", 1)),
            ("2020-01-16", Hold("second", "2020-02-05", "2020-02-05", 1)),
            (released, BothCleared)
        );

        Assert.Equal(
            (WhatNext.BeingTaken, Day(expected), false),
            Next(Of(Released(held, released, released), released), 1)
        );
    }

    [Fact]
    public void Two_cycles_that_are_cleared_together_are_let_go_one_by_one()
    {
        var cleared = After(Outage, ("2020-02-20", BothCleared));
        var ofTwo = Terms(cleared, startAt: "2020-02-21") with { Cycle = Two };

        var asked = After(cleared, ("2020-02-20", new ApprovalAsked("A-1", new CycleReleased(ofTwo))));
        Assert.Equal((WhatNext.AfterRelease, Day("2020-02-21"), false), Next(Of(asked, "2020-02-20"), 2));
        Assert.Equal((WhatNext.AfterRelease, null, false), Next(Of(asked, "2020-02-20"), 1));

        var released = After(cleared, ("2020-02-20", new CycleReleased(ofTwo)));
        Assert.Equal((WhatNext.BeingTaken, Day("2020-02-21"), false), Next(Of(released, "2020-02-20"), 2));
        Assert.Equal((WhatNext.AfterRelease, null, false), Next(Of(released, "2020-02-20"), 1));
    }

    [Fact]
    public void A_plan_that_could_have_started_yesterday_is_told_for_today()
    {
        var cleared = After(Outage, ("2020-02-19", BothCleared));
        var asked = After(
            cleared,
            ("2020-02-20", new ApprovalAsked("A-1", new CycleReleased(Terms(cleared, startAt: "2020-02-19"))))
        );

        Assert.Equal(Day("2020-02-20"), Cycle(Of(asked, "2020-02-20"), 1).NextDate);
    }

    [Fact]
    public void What_is_waited_for_is_told_to_its_last_day()
    {
        // 28 days, after which the next bill has come.
        var cleared = After(Outage, ("2020-02-20", BothCleared));
        Assert.Equal(WhatNext.AfterRelease, Cycle(Of(cleared, "2020-03-19"), 1).WhatNext);
        Assert.Equal(WhatNext.Normal, Cycle(Of(cleared, "2020-03-20"), 1).WhatNext);

        var merged = After(
            new Controls(),
            ("2020-02-14", Hold("late", "2020-02-12", "2020-02-28", 1) with { Action = DeferralAction.Merge })
        );
        Assert.Equal(WhatNext.WithNextBill, Cycle(Of(merged, "2020-03-27"), 1).WhatNext);

        var alone = After(
            Outage with
            {
                Policies = new Policies { ReleaseApproval = false },
            },
            ("2020-02-18", BothCleared)
        );
        Assert.Equal((WhatNext.BeingTaken, Day("2020-02-18"), false), Next(Of(alone, "2020-02-18"), 1));
    }

    [Fact]
    public void Of_two_holds_the_later_day_of_clearing_is_promised()
    {
        var held = After(
            new Controls(),
            ("2020-01-21", Hold("a", "2020-01-22", "2020-01-22", 1) with { ExpectedClearBy = Day("2020-02-03") }),
            ("2020-01-21", Hold("b", "2020-01-23", "2020-01-23", 1) with { ExpectedClearBy = Day("2020-02-07") })
        );

        Assert.Equal(Day("2020-02-07"), Cycle(Of(held, "2020-01-22"), 1).ExpectedClearBy);
    }

    [Fact]
    public void Protections_are_told_to_the_cycles_that_they_are_about_while_they_are_in_force()
    {
        var waived = new PenaltyWaived("w", Day("2020-01-15"), Day("2020-02-12"), Day("2020-01-22"), Day("2020-02-19"))
        {
            Cycles = [One],
        };
        var shielded = new DisconnectShielded("s", [Day("2020-01-29"), Day("2020-02-05")]) { Cycles = [One] };
        var both = After(new Controls(), ("2020-01-21", waived), ("2020-01-21", shielded));

        // The board names cycles 1 and 3, with or without a protection.
        Assert.Equal([1, 3], Of(both, "2020-01-22").Cycles.Select(cycle => cycle.Cycle.Value));
        Assert.Equal(2, Of(After(new Controls(), ("2020-01-21", waived)), "2020-01-22").Cycles.Count);
        Assert.Equal(
            [new DueWindow(Day("2020-01-15"), Day("2020-02-12"))],
            Cycle(Of(both, "2020-01-22"), 1).PenaltiesWaived
        );
        Assert.Equal([Day("2020-01-29"), Day("2020-02-05")], Cycle(Of(both, "2020-01-22"), 1).DisconnectsOff);
        ThenNothingIsToldTo(Cycle(Of(both, "2020-01-22"), 3));

        var withdrawn = After(
            After(
                new Controls(),
                ("2020-01-21", waived with { Cycles = [] }),
                ("2020-01-21", shielded with { Cycles = [] })
            ),
            ("2020-01-22", new WaiverWithdrawn("w")),
            ("2020-01-22", new ShieldWithdrawn("s"))
        );
        ThenNothingIsToldTo(Cycle(Of(withdrawn, "2020-01-22"), 1));
    }

    private static void ThenNothingIsToldTo(CycleStatus cycle)
    {
        Assert.Empty(cycle.PenaltiesWaived);
        Assert.Empty(cycle.DisconnectsOff);
    }
}
