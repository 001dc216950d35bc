using Autopay.Tests.Fixtures.Ledger;
using CsCheck;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>The brakes of a release: first debits, a go, a daily limit, a start, an end.</summary>
public sealed class ReleaseWavesTests
{
    private static readonly TimeOnly Six = new(6, 0);

    // Thursday, February 20, 2020, 10:00.
    private static readonly Moment Approved = At("2020-02-20", "10:00");

    [Fact]
    public void Without_first_debits_all_go_with_the_approval() => Assert.Equal(1, Open(Of(first: 0, last: 1)));

    [Fact]
    public void The_first_debits_go_and_the_rest_waits_for_a_go()
    {
        var release = Of(first: 5, last: 2);

        Assert.Equal(0, Open(release));
        Assert.Equal(0, Open(release, "2020-02-27", "10:00"));
        Assert.Equal(1, Open(Gone(release, "2020-02-27"), "2020-02-27", "10:00"));
    }

    [Theory]
    [InlineData("2020-02-21", "23:00", 1)]
    [InlineData("2020-02-24", "05:59", 1)]
    [InlineData("2020-02-24", "06:00", 2)]
    [InlineData("2020-02-25", "06:00", 3)]
    [InlineData("2020-02-26", "05:59", 3)]
    public void Each_wave_after_the_go_has_a_banking_day_of_its_own(string day, string time, int wave) =>
        Assert.Equal(wave, Open(Gone(Of(first: 5, last: 3), "2020-02-21"), day, time));

    [Theory]
    [InlineData("2020-02-25", "05:59", 0)]
    [InlineData("2020-02-25", "06:00", 1)]
    public void A_day_of_the_go_needs_no_person(string day, string time, int wave) =>
        Assert.Equal(wave, Open(Of(first: 5, last: 1, goOn: "2020-02-25"), day, time));

    // The debits of the first wave wait for Monday by themselves.
    [Theory]
    [InlineData("2020-02-22", "12:00", 1)]
    [InlineData("2020-02-24", "06:00", 1)]
    [InlineData("2020-02-25", "05:59", 1)]
    [InlineData("2020-02-25", "06:00", 2)]
    public void After_a_go_on_a_saturday_the_second_wave_is_tuesdays(string day, string time, int wave) =>
        Assert.Equal(wave, Open(Gone(Of(first: 5, last: 2), "2020-02-22"), day, time));

    [Fact]
    public void One_that_is_approved_on_a_saturday_opens_at_once() =>
        Assert.Equal(
            1,
            Open(Of(first: 0, last: 1) with { Approved = By(At("2020-02-22", "10:00")) }, "2020-02-22", "10:00")
        );

    [Fact]
    public void A_release_says_when_it_wants_to_be_looked_at_again()
    {
        var waiting = Of(first: 5, last: 2);
        Assert.Null(Next(waiting, "2020-02-20"));
        Assert.Null(Next(Of(first: 0, last: 1), "2020-02-20"));
        Assert.Equal(At("2020-02-24", "06:00").Utc, Next(Gone(waiting, "2020-02-21"), "2020-02-21"));
        Assert.Equal(At("2020-02-25", "06:00").Utc, Next(Of(first: 5, last: 1, goOn: "2020-02-25"), "2020-02-20"));
        Assert.Equal(
            At("2020-02-21", "09:00").Utc,
            Next(Of(first: 0, last: 1, startAt: At("2020-02-21", "09:00")), "2020-02-20")
        );
        Assert.Null(Next(Gone(waiting, "2020-02-21") with { Stopped = By(Approved) }, "2020-02-21"));
    }

    [Theory]
    [InlineData("2020-02-21", "08:59", -1)]
    [InlineData("2020-02-21", "09:00", 1)]
    public void Nothing_leaves_before_its_start(string day, string time, int wave) =>
        Assert.Equal(wave, Open(Of(first: 0, last: 1, startAt: At("2020-02-21", "09:00")), day, time));

    [Theory]
    [InlineData("2020-02-21", "10:00", 1)]
    [InlineData("2020-02-21", "10:01", -1)]
    public void It_ends_a_day_after_it_could_begin(string day, string time, int wave) =>
        Assert.Equal(wave, Open(Of(first: 0, last: 1), day, time));

    [Theory]
    [InlineData("2020-02-27", "06:00", 4)]
    [InlineData("2020-02-27", "06:01", -1)]
    public void It_ends_on_the_morning_after_its_last_wave(string day, string time, int wave) =>
        Assert.Equal(wave, Open(Gone(Of(first: 5, last: 4), "2020-02-21"), day, time));

    [Theory]
    [InlineData("2020-03-06", "06:00", 0)]
    [InlineData("2020-03-06", "06:01", -1)]
    public void It_waits_ten_banking_days_for_its_go(string day, string time, int wave) =>
        Assert.Equal(wave, Open(Of(first: 5, last: 1), day, time));

    [Fact]
    public void One_that_is_approved_on_a_saturday_lives_until_tuesday() =>
        Assert.Equal(
            At("2020-02-25", "06:00").Utc,
            (Of(first: 0, last: 1) with { Approved = By(At("2020-02-22", "10:00")) }).ExpiresAt(Times(Approved))
        );

    [Theory]
    [InlineData("2020-03-05", 1)]
    [InlineData("2020-03-06", -1)]
    [InlineData("2020-04-20", -1)]
    public void A_go_after_its_ten_banking_days_brings_nothing_back(string day, int wave) =>
        Assert.Equal(wave, Open(Gone(Of(first: 5, last: 1), day), day, "10:00"));

    // The day of the go comes before the bank has seen anything: the approval came late, or the start is later.
    [Theory]
    [InlineData("2020-02-20", "10:00", 0)]
    [InlineData("2020-02-21", "05:59", 0)]
    [InlineData("2020-02-21", "06:00", 1)]
    [InlineData("2020-02-24", "05:59", 1)]
    [InlineData("2020-02-24", "06:00", 2)]
    public void The_rest_never_goes_by_itself_on_the_day_of_the_first_ones(string day, string time, int wave) =>
        Assert.Equal(wave, Open(Of(first: 5, last: 3, goOn: "2020-02-19"), day, time));

    [Fact]
    public void A_go_before_the_start_counts_from_the_start()
    {
        var early = Gone(Of(first: 5, last: 3, startAt: At("2020-02-25", "10:00")), "2020-02-21");

        Assert.Equal(-1, Open(early, "2020-02-25", "09:59"));
        Assert.Equal(1, Open(early, "2020-02-25", "10:00"));
        Assert.Equal(1, Open(early, "2020-02-26", "05:59"));
        Assert.Equal(2, Open(early, "2020-02-26", "06:00"));
    }

    [Fact]
    public void A_go_after_the_day_of_the_go_moves_no_wave() =>
        Assert.Equal(
            Open(Of(first: 5, last: 4, goOn: "2020-02-21"), "2020-02-25", "10:00"),
            Open(Gone(Of(first: 5, last: 4, goOn: "2020-02-21"), "2020-02-25"), "2020-02-25", "10:00")
        );

    // Wave 1 has the 21st; a halt from that morning until the 26th, 10:00.
    [Theory]
    [InlineData("2020-02-26", "10:00", 1)]
    [InlineData("2020-02-27", "05:59", 1)]
    [InlineData("2020-02-27", "06:00", 2)]
    [InlineData("2020-02-28", "06:00", 3)]
    public void After_a_halt_no_wave_is_caught_up_with(string day, string time, int wave) =>
        Assert.Equal(
            wave,
            Open(Halted(Of(first: 5, last: 4, goOn: "2020-02-21"), "2020-02-21 07:00", "2020-02-26 10:00"), day, time)
        );

    [Theory]
    [InlineData("2020-02-24", 1)]
    [InlineData("2020-02-25", 2)]
    public void A_halt_over_the_day_of_the_go_moves_that_day(string day, int wave) =>
        Assert.Equal(
            wave,
            Open(
                Halted(Of(first: 5, last: 4, goOn: "2020-02-21"), "2020-02-20 12:00", "2020-02-21 12:00"),
                day,
                "10:00"
            )
        );

    [Theory]
    [InlineData("2020-02-24", 2)]
    [InlineData("2020-02-25", 3)]
    public void A_halt_between_two_runs_moves_nothing(string day, int wave) =>
        Assert.Equal(
            wave,
            Open(
                Halted(Of(first: 5, last: 4, goOn: "2020-02-21"), "2020-02-24 11:00", "2020-02-24 12:00"),
                day,
                "10:00"
            )
        );

    // The app was away from the 21st to the 26th, 10:00: that day is a day as any other.
    [Theory]
    [InlineData("2020-02-26", 2)]
    [InlineData("2020-02-27", 3)]
    public void After_a_standstill_the_day_of_the_return_has_one_more_wave(string day, int wave) =>
        Assert.Equal(
            wave,
            Open(
                Of(first: 5, last: 4, goOn: "2020-02-21") with
                {
                    Pauses =
                    [
                        new ReleasePause(At("2020-02-21", "07:00").Utc, At("2020-02-26", "10:00").Utc)
                        {
                            StoodStill = true,
                        },
                    ],
                },
                day,
                "10:00"
            )
        );

    [Fact]
    public void However_often_it_is_halted_no_day_has_more_than_one_wave_more()
    {
        var opened = 0;
        Gen.Select(Gen.Int[1, 6], Gen.Bool, Gen.Select(Gen.Int[0, 400], Gen.Int[1, 90]).Array[0, 4])
            .Sample(
                (last, byPerson, halts) =>
                {
                    var release = Of(first: 5, last: last, goOn: byPerson ? null : "2020-02-21") with
                    {
                        Pauses =
                        [
                            .. halts.Select(halt => new ReleasePause(
                                Approved.Utc.AddHours(halt.Item1),
                                Approved.Utc.AddHours(halt.Item1 + halt.Item2)
                            )),
                        ],
                    };
                    release = byPerson ? Gone(release, "2020-02-24") : release;
                    var waves = HighestByDay(release);
                    Assert.All(waves.Zip(waves.Skip(1)), days => Assert.InRange(days.Second, 0, days.First + 1));
                    Interlocked.Add(ref opened, waves.Max());
                },
                iter: 500
            );
        Assert.InRange(opened, 500, int.MaxValue);
    }

    [Fact]
    public void A_halt_puts_the_end_off_and_not_for_ever()
    {
        var release = Of(first: 0, last: 1);

        Assert.Equal(1, Open(Halted(release, "2020-02-20 11:00", "2020-02-26 10:00"), "2020-02-26", "10:00"));
        Assert.Equal(-1, Open(Halted(release, "2020-02-20 11:00", "2020-02-26 10:00"), "2020-02-27", "06:01"));
        Assert.Equal(-1, Open(Halted(release, "2020-02-20 11:00", "2020-04-20 10:00"), "2020-04-20", "10:00"));
    }

    [Fact]
    public void A_stopped_one_lets_nothing_go() =>
        Assert.Equal(-1, Open(Of(first: 0, last: 1) with { Stopped = By(Approved) }));

    [Fact]
    public void Each_wave_says_its_day_and_none_while_it_waits_for_a_go()
    {
        var waiting = Of(first: 5, last: 2);
        Assert.Equal((Day("2020-02-20"), null), (DayOf(waiting, 0), DayOf(waiting, 1)));

        var gone = Gone(waiting, "2020-02-21");
        Assert.Equal((Day("2020-02-21"), Day("2020-02-24")), (DayOf(gone, 1), DayOf(gone, 2)));
        Assert.Equal(Day("2020-02-20"), DayOf(Of(first: 0, last: 1), 1));
    }

    [Fact]
    public void The_daily_limit_cuts_waves_and_the_first_debits_are_a_wave_of_their_own() =>
        Assert.Equal(
            [("a", 0), ("b", 1), ("c", 1), ("d", 2), ("e", 2)],
            WavesOf(first: 1, limit: 100, ("e", 30), ("a", 900), ("b", 60), ("d", 70), ("c", 40))
        );

    [Fact]
    public void Without_a_limit_there_is_one_wave_after_the_first_debits() =>
        Assert.Equal([("a", 0), ("b", 1), ("c", 1)], WavesOf(first: 1, limit: null, ("a", 1), ("b", 2), ("c", 3)));

    [Fact]
    public void A_debit_over_the_daily_limit_is_refused_and_not_left_out() =>
        Assert.Equal(
            "Debit b-1-0001 alone is 1.01: more than the daily limit of 1.00.",
            Assert.Throws<RefusedException>(() => WavesOf(first: 1, limit: 100, ("a", 500), ("b", 101))).Message
        );

    [Fact]
    public void The_hash_tells_every_change_of_what_goes_to_the_bank_and_not_the_order()
    {
        var (a, b) = (Line("a", 100), Line("b", 200));
        var hash = PlanSeal.HashOf("R-1", [a, b]);

        Assert.Equal(hash, PlanSeal.HashOf("R-1", [b, a]));
        Assert.All(
            new[]
            {
                PlanSeal.HashOf("R-2", [a, b]),
                PlanSeal.HashOf("R-1", [a]),
                PlanSeal.HashOf("R-1", [a, Line("b", 201)]),
                PlanSeal.HashOf("R-1", [a, b with { PaymentMethod = "pm_2" }]),
                PlanSeal.HashOf("R-1", [a, b with { Customer = "cus_2" }]),
                PlanSeal.HashOf("R-1", [a, b with { Mandate = "m" }]),
            },
            other => Assert.NotEqual(hash, other)
        );
        Assert.Equal(hash, PlanSeal.HashOf("R-1", [a, b, Line("c", 9) with { Outcome = PlanOutcome.Review }]));
    }

    private static ReleaseTimes Times(Moment now) => new(City, now, Six);

    private static DateOnly? DayOf(Release release, int wave) => release.DayOf(wave, Times(Approved));

    private static int Open(Release release, string day = "2020-02-20", string time = "10:00") =>
        release.OpenWave(Times(At(day, time)));

    private static DateTimeOffset? Next(Release release, string day) => release.NextOpening(Times(At(day, "10:00")));

    private static Release Of(int first, int last, string? goOn = null, Moment? startAt = null) =>
        new(
            new ReleaseTerms("R-1", new CycleNumber(1), "h", 9, new Money(900))
            {
                First = first,
                LastWave = last,
                GoOn = goOn is null ? null : Day(goOn),
                StartAt = (startAt ?? Approved).Utc,
            },
            By(Approved)
        );

    private static Release Gone(Release release, string day) =>
        release with
        {
            Gone = By(At(day, "10:00")),
            GoneOn = Day(day),
        };

    // At every hour while it is in force: the highest wave that was open by the end of each civil day.
    private static List<int> HighestByDay(Release release) =>
        [
            .. Enumerable
                .Range(0, 24 * 40)
                .Select(hour => City.At(Approved.Utc.AddHours(hour)))
                .Select(now => (now.Today, Wave: release.OpenWave(Times(now))))
                .TakeWhile(it => it.Wave >= 0)
                .GroupBy(it => it.Today)
                .Select(day => day.Max(it => it.Wave)),
        ];

    private static Release Halted(Release release, string from, string to) =>
        release with
        {
            Pauses = [new ReleasePause(Instant(from), Instant(to))],
        };

    private static DateTimeOffset Instant(string text) => At(text[..10], text[11..]).Utc;

    private static Authority By(Moment at) => new("city|bob", "read it", at.Utc);

    private static PlanLine Line(string account, long cents) =>
        new()
        {
            Debit = new DebitId(new AccountId(account), 1, 1),
            DueDate = Day("2020-01-22"),
            Outcome = PlanOutcome.ToBank,
            Billed = new Money(cents),
            PaidElsewhere = Money.Zero,
            Bills = [new AttemptLine(new BillId("b"), new Money(cents))],
            Customer = "cus_1",
            PaymentMethod = "pm_1",
        };

    private static IEnumerable<(string, int)> WavesOf(
        int first,
        long? limit,
        params (string Account, long Cents)[] lines
    ) =>
        PlanSeal
            .WavesOf(
                lines.Select(line => Line(line.Account, line.Cents)),
                first,
                limit is { } cents ? new Money(cents) : null
            )
            .OrderBy(wave => wave.Key.Account)
            .Select(wave => (wave.Key.Account.Value, wave.Value));
}
