using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>What a waiver or a shield would be about: of ledgers exactly, of kept sums at most so many.</summary>
public sealed class ProtectionTallyTests
{
    private static readonly CycleNumber One = new(1);
    private static readonly CycleNumber Two = new(2);

    private static readonly DisconnectShield Shield = new(
        "s",
        [Day("2020-01-22"), Day("2020-01-23"), Day("2020-02-20")],
        "the outage",
        At("2020-01-21", "09:00").Utc
    );

    // Its penalty is charged a week after the due date.
    private static readonly PenaltyWaiver Waiver = new(
        "w",
        Day("2020-01-22"),
        Day("2020-02-19"),
        Day("2020-01-29"),
        Day("2020-02-25"),
        "the outage",
        At("2020-01-21", "09:00").Utc
    );

    [Fact]
    public void A_bill_could_end_the_service_from_the_day_after_its_due_date_on() =>
        Assert.Equal(
            [(Day("2020-01-22"), 0, 0L), (Day("2020-01-23"), 1, 5_000), (Day("2020-02-20"), 2, 9_000)],
            Days(Shield, new Controls(), TwoBills()).Select(it => (it.Date, it.OpenBills, it.OpenCents))
        );

    [Fact]
    public void What_is_paid_and_what_is_of_another_cycle_ends_no_service()
    {
        var paid = TwoBills().WhenAPaymentIsPosted("p", 5_000, "jan");

        Assert.Equal([0, 0, 1], Days(Shield, new Controls(), paid).Select(it => it.OpenBills));
        Assert.Equal([0, 0, 0], Days(Shield with { Cycles = [Two] }, new Controls(), paid).Select(it => it.OpenBills));
    }

    [Fact]
    public void Kept_sums_tell_a_shield_the_bills_of_days_on_which_something_is_open()
    {
        var tally = new ShieldTally(Shield with { Cycles = [One] }, new Controls());
        tally.Add(Sum(One, ("2020-01-22", 3, 9_000), ("2020-01-15", 4, 0), ("2020-01-22", 1, -5)));
        tally.Add(Sum(Two, ("2020-01-22", 7, 70_000)));
        tally.Add(Sum(One, ("2020-02-19", 2, 100)));

        Assert.Equal([(0, 0L), (3, 9_000), (5, 9_100)], tally.Days.Select(it => (it.OpenBills, it.OpenCents)));
        Assert.Throws<OverflowException>(() =>
        {
            tally.Add(Sum(One, ("2020-01-22", 1, long.MaxValue)));
        });
    }

    [Theory]
    [InlineData("2020-01-23", new int[0], new int[0], true)]
    [InlineData("2020-01-23", new int[0], new[] { 1 }, true)]
    [InlineData("2020-01-23", new[] { 1, 2 }, new[] { 1 }, true)]
    [InlineData("2020-01-23", new[] { 1 }, new[] { 1, 2 }, false)] // Not all of what the new one is about.
    [InlineData("2020-01-23", new[] { 1 }, new int[0], false)]
    [InlineData("2020-01-24", new int[0], new int[0], false)]
    public void A_day_is_shielded_already_when_one_in_force_covers_every_cycle_of_the_new_one(
        string date,
        int[] ofTheOther,
        int[] ofTheNew,
        bool already
    )
    {
        var other = Shield with { Id = "other", Dates = [Day(date)], Cycles = Numbers(ofTheOther) };
        var wanted = Shield with { Cycles = Numbers(ofTheNew) };

        Assert.Equal(already, new ShieldTally(wanted, With(other)).Days[1].AlreadyShielded);
        // Two of which none covers it: one on the day, one of the cycles.
        Assert.False(
            new ShieldTally(wanted, With(other with { WithdrawnAt = At("2020-01-22", "09:00").Utc }, Elsewhere))
                .Days[1]
                .AlreadyShielded
        );
    }

    [Fact]
    public void A_waiver_is_about_bills_whose_two_dates_are_in_its_windows()
    {
        Assert.Equal(new WaiverPreview(1, 5_000, 0), Waived(new Controls(), TwoBills()));
        Assert.Equal(
            new WaiverPreview(1, 5_000, 1),
            Waived(new Controls { Waivers = [Waiver with { Id = "other" }] }, TwoBills())
        );
    }

    [Fact]
    public void The_parts_of_a_bill_have_no_penalty_of_their_own()
    {
        // February goes in two parts, the second with the next bill.
        var account = GivenAnAccount(cap: 7_000, policies: new Policies { BillShock = BillShockMode.Split })
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .WhenTheRunComesFor("feb");
        Assert.Contains(account.Ledger.Bills, bill => bill.Id.IsPart);

        Assert.Equal(1, Waived(new Controls(), account).Bills);
    }

    [Fact]
    public void Kept_sums_know_no_penalty_dates_so_every_bill_of_the_due_dates_counts()
    {
        var tally = new WaiverTally(Waiver, new Controls { Waivers = [Waiver with { Id = "other" }] });
        tally.Add(TwoBills().Ledger);
        tally.Add(Sum(Two, ("2020-01-21", 8, 80), ("2020-01-22", 2, 3_000), ("2020-02-19", 3, 400)));

        Assert.Equal(new WaiverPreview(6, 8_400, null), tally.Preview);
        Assert.Throws<OverflowException>(() => tally.Add(Sum(One, ("2020-01-22", 1, long.MaxValue))));
    }

    private static DisconnectShield Elsewhere => Shield with { Id = "elsewhere", Dates = [Day("2020-03-01")] };

    private static IReadOnlyList<CycleNumber> Numbers(int[] cycles) =>
        [.. cycles.Select(cycle => new CycleNumber(cycle))];

    private static Controls With(params DisconnectShield[] shields) => new() { Shields = [.. shields] };

    private static Fixtures.Ledger.AccountScenario TwoBills() =>
        GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenABillIsImported("feb", 4_000);

    private static IReadOnlyList<ShieldDay> Days(
        DisconnectShield shield,
        Controls controls,
        Fixtures.Ledger.AccountScenario account
    )
    {
        var tally = new ShieldTally(shield, controls);
        tally.Add(account.Ledger);
        return tally.Days;
    }

    private static WaiverPreview Waived(Controls controls, Fixtures.Ledger.AccountScenario account)
    {
        var tally = new WaiverTally(Waiver, controls);
        tally.Add(account.Ledger);
        return tally.Preview;
    }

    private static CycleSum Sum(CycleNumber cycle, params (string Day, int Bills, long Open)[] days) =>
        new(cycle, 0, 0, 0, [], [.. days.Select(day => new DueDateSum(Day(day.Day), day.Bills, day.Open, 0, []))]);
}
