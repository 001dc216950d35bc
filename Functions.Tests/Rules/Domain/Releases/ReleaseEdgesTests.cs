using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain.Releases;

/// <summary>The brakes of a release at their edges: a start to come, a go on the very day.</summary>
public sealed class ReleaseEdgesTests
{
    private static readonly DateTimeOffset Thursday = At("2020-02-20", "10:00").Utc;

    [Fact]
    public void What_starts_later_opens_with_its_first_ones_at_its_start()
    {
        var start = At("2020-02-21", "09:00").Utc;

        Assert.Equal(start, Of(first: 5, start: start).NextOpening(Times("2020-02-20 10:00")));
        Assert.Equal(start, Of(first: 0, start: start).NextOpening(Times("2020-02-20 10:00")));
    }

    // The rest goes by itself on Tuesday at six; somebody says go at five.
    [Theory]
    [InlineData("2020-02-25 04:59", 0)]
    [InlineData("2020-02-25 05:00", 1)]
    [InlineData("2020-02-25 06:00", 1)]
    public void A_go_on_the_day_itself_opens_the_rest_at_once(string now, int wave)
    {
        var release = Of(first: 5, goOn: "2020-02-25") with
        {
            Gone = new Authority("city|cem", "go", At("2020-02-25", "05:00").Utc),
            GoneOn = Day("2020-02-25"),
        };

        Assert.Equal(wave, now == "2020-02-25 04:59" ? Before(release, now) : release.OpenWave(Times(now)));

        static int Before(Release release, string now) =>
            (release with { Gone = null, GoneOn = null }).OpenWave(Times(now));
    }

    // A standstill takes a day away that it lasted from midnight to midnight, a halt one at whose run it was in force.
    [Theory]
    [InlineData(true, "2020-02-21 00:00", "2020-02-22 00:00", true)]
    [InlineData(true, "2020-02-21 00:01", "2020-02-22 00:00", false)]
    [InlineData(true, "2020-02-21 00:00", "2020-02-21 23:59", false)]
    [InlineData(false, "2020-02-21 06:00", "2020-02-21 07:00", true)]
    [InlineData(false, "2020-02-21 06:01", "2020-02-21 07:00", false)]
    [InlineData(false, "2020-02-20 06:00", "2020-02-21 00:00", true)]
    public void A_pause_takes_away_the_days_whose_waves_it_kept(bool stood, string from, string to, bool takes) =>
        Assert.Equal(
            takes,
            new ReleasePause(At(from[..10], from[11..]).Utc, At(to[..10], to[11..]).Utc)
            {
                StoodStill = stood,
            }.TakesAway(Day("2020-02-21"), Times("2020-02-24 10:00"))
        );

    [Fact]
    public void A_debit_of_two_bills_is_planned_with_the_cents_of_both()
    {
        var line = GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceDeclaresAHold("outage", Due["jan"], Due["feb"])
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_000)
            .WhenAPaymentIsPosted("p1", 1_000, "jan")
            .WhenAPaymentIsPosted("p2", 2_000, "feb")
            .On("2020-02-19", "06:00")
            .WhenFinanceClears(1)
            .Plan()
            .Single(it => it.Outcome == PlanOutcome.ToBank);

        Assert.Equal(
            (11_000, 3_000, 3_000, 8_000),
            (line.Billed.Cents, line.PaidElsewhere.Cents, line.BackPayments.Cents, line.ToBank.Cents)
        );
    }

    [Theory]
    [InlineData(4_950, PlanOutcome.ToBank)]
    [InlineData(4_951, PlanOutcome.UnderMinimum)]
    public void The_smallest_charge_goes_to_the_bank_and_a_cent_less_waits(long paid, PlanOutcome outcome) =>
        Assert.Equal(
            outcome,
            GivenAnAccount(releases: true)
                .WhenABillIsImported("mar", 5_000)
                .WhenFinanceHolds("mar")
                .WhenAPaymentIsPosted("p", paid)
                .On("2020-02-20", "10:00")
                .WhenFinanceClears()
                .Plan()
                .Single()
                .Outcome
        );

    private static Release Of(int first, string? goOn = null, DateTimeOffset? start = null) =>
        new(
            new ReleaseTerms("R-1", new CycleNumber(1), "h", 9, new Money(900))
            {
                First = first,
                LastWave = 2,
                GoOn = goOn is null ? null : Day(goOn),
                StartAt = start ?? Thursday,
            },
            new Authority("city|bob", "read it", Thursday)
        );

    private static ReleaseTimes Times(string now) => new(City, At(now[..10], now[11..]), new TimeOnly(6, 0));
}
