namespace Autopay.Tests.Rules.Domain.Certificates;

/// <summary>Where a city requires counted totals, each day and channel without one is told.</summary>
public sealed class UncountedTests
{
    private static readonly CycleNumber One = new(1);
    private static readonly DateOnly Wednesday = new(2020, 1, 22);

    [Fact]
    public void Banking_days_from_the_first_held_due_date_on_are_to_be_counted_channel_by_channel() =>
        Assert.Equal(
            ["cash was not counted on 2020-01-23, 2020-01-24.", "check was not counted on 2020-01-22."],
            Missing([("cash", 26), ("check", 22)], [("cash", 22, 1)])
        );

    [Fact]
    public void A_day_that_is_no_banking_day_is_to_be_counted_when_something_was_posted_for_it() =>
        Assert.Equal(
            ["cash was not counted on 2020-01-25."],
            Missing([("cash", 26)], [("cash", 22, null), ("cash", 23, null), ("cash", 24, 1)], ("cash", 25, 1))
        );

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 0)]
    [InlineData(null, 0)]
    public void Another_cycles_count_is_none(int? cycle, int missing) =>
        Assert.Equal(missing, Missing([("cash", 22)], [("cash", 22, cycle)]).Count);

    [Fact]
    public void Another_cycles_payment_asks_for_no_count() =>
        Assert.Empty(Missing([("cash", 25)], [("cash", 22, 1), ("cash", 23, 1), ("cash", 24, 1)], ("cash", 25, 2)));

    [Fact]
    public void A_channel_that_is_in_only_through_a_day_before_the_hold_needs_no_count() =>
        Assert.Empty(Missing([("cash", 21)], []));

    [Fact]
    public void A_clear_that_names_no_channel_and_has_no_count_says_nothing_at_all() =>
        Assert.Equal(["Nothing was counted, and receivedThrough names no channel."], Missing([], []));

    [Fact]
    public void Many_days_are_told_by_the_first_ones() =>
        Assert.Equal(
            ["cash was not counted on 2020-01-22, 2020-01-23, 2020-01-24 and 4 more days."],
            Missing([("cash", 30)], [])
        );

    [Fact]
    public void What_is_missing_is_part_of_what_a_certificate_says()
    {
        var certificate = new Certificate(One, new Dictionary<string, DateOnly>(), []);
        var missing = certificate with { Uncounted = [new UncountedDays("cash", [Wednesday])] };

        Assert.Equal((true, false), (certificate.IsBorneOut, missing.IsBorneOut));
        Assert.Equal("nothing was counted", certificate.ToSentence());
        Assert.NotEqual(certificate.Hash, missing.Hash);
        Assert.NotEqual(
            missing.Hash,
            (certificate with { Uncounted = [new UncountedDays("cash", [Wednesday.AddDays(1)])] }).Hash
        );
    }

    private static List<string> Missing(
        (string Channel, int Through)[] through,
        (string Channel, int Day, int? Cycle)[] totals,
        params (string Channel, int Day, int Cycle)[] posted
    ) =>
        [
            .. Uncounted
                .Of(
                    One,
                    Wednesday,
                    through.ToDictionary(it => it.Channel, it => January(it.Through)),
                    [.. totals.Select(it => TotalOf(it.Channel, it.Day, it.Cycle))],
                    [.. posted.Select(it => PostedOf(it.Channel, it.Day, it.Cycle))]
                )
                .Select(channel => channel.ToString()),
        ];

    private static ControlTotal TotalOf(string channel, int day, int? cycle) =>
        new(
            new TotalKey(January(day), channel, "", cycle is { } of ? new CycleNumber(of) : null),
            0,
            Money.Zero,
            new Authority("finance", "counted", default)
        );

    private static PostedPayment PostedOf(string channel, int day, int cycle) =>
        new(new AccountId("A1"), new PaymentId("P1"), January(day), channel, "D1", new Money(100), Money.Zero)
        {
            Cycle = new CycleNumber(cycle),
        };

    private static DateOnly January(int day) => new(2020, 1, day);
}
