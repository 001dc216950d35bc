using Autopay.Application.PublicStatus;
using Autopay.Application.Texts;
using Autopay.Domain.PublicStatus;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;
using static Autopay.Tests.Rules.Domain.PublicBoard;

namespace Autopay.Tests.Rules.Domain;

/// <summary>What residents read follows from the controls alone.</summary>
public sealed class StatusBoardTests
{
    [Fact]
    public void A_held_cycle_is_told_in_the_agreed_words_with_the_dates_of_waiver_and_shield()
    {
        var status = Of(Outage, "2020-02-05");
        var cycle = Cycle(status, 1);

        Assert.Equal(
            (true, WhatNext.AfterBacklogClears, (DateOnly?)null),
            (cycle.Held, cycle.WhatNext, cycle.NextDate)
        );
        Assert.Equal(
            [
                "Automatic payments due Wednesday, January 22, 2020 to Wednesday, February 5, 2020 are on hold. No "
                    + "money is being taken for them now. We will take only what is still unpaid, after every "
                    + "payment made meanwhile has been entered, and we will post the date here first.",
                "Bills due Wednesday, January 15, 2020 to Wednesday, February 12, 2020 get no late fee.",
                "Nobody is shut off on Wednesday, February 5, 2020 and Wednesday, February 12, 2020.",
                "A payment at the counter counts: only what is left is taken.",
                "You do not need to do anything now.",
            ],
            Texts(cycle, status, Words.English)
        );
        Assert.Equal(
            [
                "Los pagos automáticos con vencimiento del miércoles 22 de enero de 2020 al miércoles 5 de febrero de "
                    + "2020 están en pausa. Por ahora no se toma dinero por ellos. Solo cobraremos lo que falte por "
                    + "pagar, una vez registrados todos los pagos hechos mientras tanto, y antes publicaremos la fecha "
                    + "aquí.",
                "Las facturas con vencimiento del miércoles 15 de enero de 2020 al miércoles 12 de febrero de 2020 no "
                    + "tienen recargo por mora.",
                "No se cortará el servicio los días miércoles 5 de febrero de 2020 y el miércoles 12 de febrero de "
                    + "2020.",
                "Un pago en ventanilla cuenta: solo se cobra lo que falte.",
                "Por ahora usted no tiene que hacer nada.",
            ],
            Texts(cycle, status, Words.Spanish)
        );
    }

    [Fact]
    public void Waivers_and_shields_are_told_only_while_they_are_in_force()
    {
        var late = Cycle(Of(Outage, "2020-02-20"), 1);

        Assert.Equal([], late.PenaltiesWaived);
        Assert.Equal([], late.DisconnectsOff);
        Assert.Equal(
            [new DueWindow(Day("2020-01-15"), Day("2020-02-12"))],
            Cycle(Of(Outage, "2020-02-19"), 1).PenaltiesWaived
        );
    }

    [Fact]
    public void After_the_clear_two_people_are_waited_for_and_then_the_day_is_told()
    {
        var cleared = After(Outage, ("2020-02-20", new BacklogCleared([One], new Dictionary<string, DateOnly>())));
        Assert.Equal((WhatNext.AfterRelease, null, false), Next(Of(cleared, "2020-02-20"), 1));
        Assert.Equal((WhatNext.AfterBacklogClears, null, true), Next(Of(cleared, "2020-02-20"), 2));

        // A Saturday: the next banking day is Monday.
        var released = Released(cleared, "2020-02-20", startAt: "2020-02-22");
        Assert.Equal((WhatNext.BeingTaken, Day("2020-02-24"), false), Next(Of(released, "2020-02-20"), 1));
        Assert.Equal((WhatNext.BeingTaken, Day("2020-02-24"), false), Next(Of(released, "2020-02-24"), 1));
        Assert.Equal((WhatNext.Normal, null, false), Next(Of(released, "2020-02-25"), 1));

        var stopped = After(released, ("2020-02-24", new ReleaseStopped("R-1")));
        Assert.Equal((WhatNext.AfterRelease, null, false), Next(Of(stopped, "2020-02-24"), 1));
        Assert.Equal((WhatNext.Normal, null, false), Next(Of(stopped, "2020-04-20"), 1));
    }

    [Fact]
    public void The_day_is_told_when_a_second_person_is_asked_and_before_anything_leaves_on_it()
    {
        var cleared = After(Outage, ("2020-02-20", new BacklogCleared([One], new Dictionary<string, DateOnly>())));
        var asked = After(
            cleared,
            ("2020-02-20", new ApprovalAsked("A-1", new CycleReleased(Terms(cleared, startAt: "2020-02-22"))))
        );

        Assert.Equal((WhatNext.AfterRelease, Day("2020-02-24"), false), Next(Of(asked, "2020-02-20"), 1));
        Assert.Equal(
            "All payments made during the hold have been entered. Once a second person of the city agrees, what is "
                + "still unpaid is taken: from Monday, February 24, 2020 on, and not before.",
            Texts(Cycle(Of(asked, "2020-02-20"), 1), Of(asked, "2020-02-20"), Words.English)[0]
        );
        // Nobody has agreed within a day: no day is promised any more.
        Assert.Equal((WhatNext.AfterRelease, null, false), Next(Of(asked, "2020-02-22"), 1));

        var rejected = After(asked, ("2020-02-20", new ApprovalRejected("A-1")));
        Assert.Equal((WhatNext.AfterRelease, null, false), Next(Of(rejected, "2020-02-20"), 1));
    }

    [Fact]
    public void The_day_stays_the_same_while_the_debits_leave()
    {
        var cleared = After(Outage, ("2020-02-19", new BacklogCleared([One], new Dictionary<string, DateOnly>())));
        var waves = Released(cleared, "2020-02-19", startAt: "2020-02-19", lastWave: 4);

        Assert.Equal((WhatNext.BeingTaken, Day("2020-02-19"), false), Next(Of(waves, "2020-02-19"), 1));
        Assert.Equal((WhatNext.BeingTaken, Day("2020-02-19"), false), Next(Of(waves, "2020-02-21"), 1));
        // What the first plan has let go leaves, whatever takes its place.
        var later = Released(waves, "2020-02-21", startAt: "2020-02-26", id: "R-2");
        Assert.Equal((WhatNext.BeingTaken, Day("2020-02-19"), false), Next(Of(later, "2020-02-21"), 1));
    }

    [Theory]
    [InlineData(null, null, "2020-02-27")] // Each customer is told: 7 days from the 20th.
    [InlineData("2020-02-14", null, "2020-02-21")]
    [InlineData("2020-02-13", "2020-02-26", "2020-02-26")]
    [InlineData("2020-02-01", null, "2020-02-20")]
    [InlineData("2020-02-01", "2020-02-05", "2020-02-27")] // What it named is more than a week ago.
    public void Where_the_notice_clock_is_kept_the_day_is_the_first_lawful_one(
        string? published,
        string? debitsFrom,
        string expected
    )
    {
        var strict = Outage with { Policies = new Policies { NoticeClock = NoticeClockMode.Enforce } };
        var cleared = After(strict, ("2020-02-20", new BacklogCleared([One], new Dictionary<string, DateOnly>())));
        var told = published is null ? cleared : After(cleared, (published, PublicNotice(published, debitsFrom)));

        Assert.Equal(Day(expected), Cycle(Of(Released(told, "2020-02-20", "2020-02-20"), "2020-02-20"), 1).NextDate);
    }

    [Fact]
    public void What_is_let_go_before_its_due_date_needs_no_notice()
    {
        var strict = Outage with { Policies = new Policies { NoticeClock = NoticeClockMode.Enforce } };
        var cleared = After(strict, ("2020-01-23", new BacklogCleared([One], new Dictionary<string, DateOnly>())));

        Assert.Equal(
            Day("2020-01-23"),
            Cycle(Of(Released(cleared, "2020-01-23", "2020-01-23"), "2020-01-23"), 1).NextDate
        );
    }

    [Fact]
    public void A_city_that_names_no_cycles_is_told_too_that_all_is_normal_or_halted()
    {
        Assert.Equal(
            [
                "Everything is normal: automatic payments are taken on their due dates.",
                "Each bill is collected only once.",
            ],
            WithoutCycles(new Controls())
        );
        Assert.Equal(
            [
                "No automatic payments are being taken right now. Next update by Thursday, January 23, 2020.",
                "Each bill is collected only once.",
            ],
            WithoutCycles(After(new Controls(), ("2020-01-22", new ChargingHalted())))
        );
    }

    [Fact]
    public void A_protection_of_a_cycle_without_a_name_is_told()
    {
        var shielded = After(
            new Controls(),
            ("2020-01-27", new DisconnectShielded("s", [Day("2020-01-29")]) { Cycles = [new CycleNumber(7)] })
        );
        var board = StatusBoard.Of(shielded, [], Calendar, At("2020-01-28", "08:00"));
        Assert.Equal([Day("2020-01-29")], Assert.Single(board.Cycles).DisconnectsOff);
    }

    [Fact]
    public void A_city_without_releases_takes_what_it_cleared_on_the_next_banking_day()
    {
        var alone = Outage with { Policies = new Policies { ReleaseApproval = false } };
        var cleared = After(alone, ("2020-02-15", new BacklogCleared([One], new Dictionary<string, DateOnly>())));

        // Monday the 17th is a holiday.
        Assert.Equal((WhatNext.BeingTaken, Day("2020-02-18"), false), Next(Of(cleared, "2020-02-16"), 1));
        Assert.Equal((WhatNext.Normal, null, false), Next(Of(cleared, "2020-02-19"), 1));
    }

    [Fact]
    public void A_merge_is_told_until_the_next_bill_has_come()
    {
        var merged = After(
            new Controls(),
            (
                "2020-02-14",
                new DeferralDeclared(
                    new DeferralId("late-bills"),
                    [One, Two],
                    Day("2020-02-12"),
                    Day("2020-02-28"),
                    DeferralAction.Merge,
                    null
                )
            )
        );

        Assert.Equal((WhatNext.WithNextBill, null, false), Next(Of(merged, "2020-03-18"), 1));
        Assert.Equal((WhatNext.Normal, null, false), Next(Of(merged, "2020-03-28"), 1));
        Assert.Equal(
            "Bills due Wednesday, February 12, 2020 to Friday, February 28, 2020 are taken together with the next "
                + "bill, each bill once.",
            Texts(Cycle(Of(merged, "2020-03-18"), 1), Of(merged, "2020-03-18"), Words.English)[0]
        );
    }

    [Fact]
    public void A_halt_is_told_without_its_reason_and_with_the_next_update()
    {
        var halted = After(Outage, ("2020-02-14", new ChargingHalted()));
        var status = Of(halted, "2020-02-14");

        Assert.True(status.IsHalted);
        Assert.Equal((WhatNext.Halted, null, true), Next(status, 1));
        Assert.Equal(
            "No automatic payments are being taken right now. Next update by Tuesday, February 18, 2020.",
            Texts(Cycle(status, 1), status, Words.English)[0]
        );
        Assert.DoesNotContain(
            "because of the outage",
            System.Text.Json.JsonSerializer.Serialize(status),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void By_when_finance_means_to_clear_is_told_until_that_day_is_past()
    {
        var expected = After(
            new Controls(),
            (
                "2020-01-21",
                new DeferralDeclared(
                    new DeferralId("outage"),
                    [One],
                    Day("2020-01-22"),
                    Day("2020-01-22"),
                    DeferralAction.Hold,
                    Day("2020-02-03")
                )
            )
        );

        Assert.Equal(Day("2020-02-03"), Cycle(Of(expected, "2020-02-03"), 1).ExpectedClearBy);
        Assert.Null(Cycle(Of(expected, "2020-02-04"), 1).ExpectedClearBy);
        Assert.StartsWith(
            "Automatic payments due Wednesday, January 22, 2020 are on hold.",
            Texts(Cycle(Of(expected, "2020-02-03"), 1), Of(expected, "2020-02-03"), Words.English)[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Nothing_on_hold_is_one_sentence_and_a_hold_that_was_withdrawn_is_none()
    {
        var withdrawn = After(Outage, ("2020-01-22", new DeferralWithdrawn(new DeferralId("outage"))));
        var status = Of(withdrawn, "2020-03-02");

        Assert.Equal([1, 2, 3], status.Cycles.Select(cycle => cycle.Cycle.Value));
        Assert.Equal(
            ["Everything is normal: automatic payments are taken on their due dates."],
            Texts(Cycle(status, 3), status, Words.English)
        );
        Assert.Equal((WhatNext.Normal, null, false), Next(status, 1));
    }

    [Theory]
    [InlineData(0, new string[0])]
    [InlineData(1, new string[0])]
    [InlineData(2, new[] { "This page is 2 minutes old." })]
    [InlineData(119, new[] { "This page is 119 minutes old." })]
    [InlineData(125, new[] { "This page is 2 hours old." })]
    public void An_old_page_says_how_old_it_is(int minutes, string[] expected) =>
        Assert.Equal(
            [.. expected, "Each bill is collected only once."],
            StatusText
                .OfCity(
                    Of(Outage, "2020-02-05"),
                    TimeSpan.FromMinutes(minutes),
                    new StatusOptions(),
                    Calendar,
                    Words.English
                )
                .Select(sentence => sentence.Text)
        );

    [Fact]
    public void Who_was_charged_twice_reads_the_prepared_sentence_and_that_all_is_stopped_only_while_it_is()
    {
        var options = new StatusOptions
        {
            Phone = "(573) 555-0100",
            MoneyBackShownWithinDays = 10,
            PaysBankFees = true,
        };
        var told = After(
            new Controls(),
            ("2020-01-22", new ChargingHalted()),
            ("2020-01-22", new ChargedTwiceTold(Day("2020-01-22")))
        );
        Assert.Equal(
            [
                "A algunos clientes se les cobró más de una vez el miércoles 22 de enero de 2020. Todos los pagos "
                    + "automáticos están detenidos. Estamos devolviendo el dinero; la mayoría de los bancos lo muestra "
                    + "en 10 días hábiles.",
                "Si su banco le cobró una comisión por esto, guarde el aviso y llame al (573) 555-0100.",
                "Cada factura se cobra una sola vez.",
                "Preguntas: (573) 555-0100",
            ],
            City(told, options, Words.Spanish)
        );

        var resumed = After(told, ("2020-01-23", new ChargingResumed()));
        Assert.Equal(
            "Some customers were charged more than once on Wednesday, January 22, 2020. We are giving the money back; "
                + "most banks show it within 10 business days.",
            City(resumed, options with { PaysBankFees = false }, Words.English)[0]
        );
        Assert.Equal(
            "Each bill is collected only once.",
            City(resumed, options with { PaysBankFees = false }, Words.English)[1]
        );
    }

    private static List<string> WithoutCycles(Controls controls)
    {
        var status = StatusBoard.Of(controls, [], Calendar, At("2020-01-22", "09:00"));
        return
        [
            .. StatusText
                .OfCity(status, TimeSpan.Zero, new StatusOptions(), Calendar, Words.English)
                .Select(sentence => sentence.Text),
        ];
    }

    private static List<string> City(Controls controls, StatusOptions options, Words words) =>
        [
            .. StatusText
                .OfCity(Of(controls, "2020-01-23"), TimeSpan.Zero, options, Calendar, words)
                .Select(sentence => sentence.Text),
        ];

    private static List<string> Texts(CycleStatus cycle, CityStatus status, Words words) =>
        [.. StatusText.OfCycle(cycle, status, Calendar, words).Select(sentence => sentence.Text)];
}
