using CsCheck;
using static Autopay.Tests.Rules.Domain.Certificates.Counting;

namespace Autopay.Tests.Rules.Domain.Certificates;

/// <summary>What the office counted against what is posted.</summary>
public sealed class ComparisonTests
{
    [Fact]
    public void A_total_agrees_when_count_and_cents_are_what_is_posted() =>
        Assert.True(
            Assert
                .Single(Certificate([Total("W1", 2, 9000)], Paid("1", 6000, "W1"), Paid("2", 3000, "W1")).Lines)
                .Agrees
        );

    [Fact]
    public void A_missing_receipt_is_a_difference_of_one_and_its_cents()
    {
        var certificate = Certificate([Total("W3", 1, 6000), Total("W1", 1, 100)], Paid("1", 100, "W1"));

        Assert.Equal(
            "2020-01-28 cash, drawer W3: counted 1, $60.00; entered 0, $0.00",
            Assert.Single(certificate.Differences).ToString()
        );
        Assert.Equal("1 of 2 totals differs, by $60.00", certificate.ToSentence());
    }

    [Fact]
    public void The_same_cents_in_another_number_of_receipts_differ() =>
        Assert.Single(Certificate([Total("W1", 2, 6000)], Paid("1", 6000, "W1")).Differences);

    [Fact]
    public void What_was_reversed_is_not_entered()
    {
        var bounced = Paid("1", 6000, "W1") with { Reversed = new Money(6000) };

        Assert.Equal(
            ["2020-01-28 cash, drawer W1: counted 1, $60.00; entered 0, $0.00"],
            Lines([Total("W1", 1, 6000)], bounced)
        );
    }

    [Fact]
    public void What_was_entered_and_nobody_counted_is_a_difference_where_that_channel_was_counted_that_day() =>
        Assert.Equal(
            [
                "2020-01-28 cash, drawer W1: counted 1, $1.00; entered 1, $1.00",
                "2020-01-28 cash, drawer W2: counted 0, $0.00; entered 1, $2.00",
            ],
            Lines(
                [Total("W1", 1, 100)],
                Paid("1", 100, "W1"),
                Paid("2", 200, "W2"),
                Paid("3", 300, "W2", channel: "check"),
                Paid("4", 400, "W2", day: Day.AddDays(1))
            )
        );

    [Fact]
    public void A_total_without_a_drawer_is_of_every_drawer_that_has_none_of_its_own() =>
        Assert.Equal(
            [
                "2020-01-28 cash: counted 2, $5.00; entered 2, $5.00",
                "2020-01-28 cash, drawer W1: counted 1, $1.00; entered 1, $1.00",
            ],
            Lines(
                [Total("W1", 1, 100), Total("", 2, 500)],
                Paid("1", 100, "W1"),
                Paid("2", 200, "W2"),
                Paid("3", 300, "")
            )
        );

    [Fact]
    public void A_total_of_a_cycle_is_of_the_payments_of_its_accounts_alone() =>
        Assert.Equal(
            ["2020-01-28 cash, drawer W1, cycle 1: counted 1, $1.00; entered 1, $1.00"],
            Lines([Total("W1", 1, 100, One), Total("W1", 1, 200, Two)], Paid("1", 100, "W1"), Paid("2", 200, "W1", Two))
        );

    [Fact]
    public void What_another_cycles_total_counts_is_counted() =>
        Assert.Equal(
            ["2020-01-28 cash, drawer W1: counted 1, $1.00; entered 1, $1.00"],
            Lines([Total("W1", 1, 100), Total("W3", 1, 200, Two)], Paid("1", 100, "W1"), Paid("2", 200, "W3", Two))
        );

    [Fact]
    public void Another_cycles_money_that_nobody_counted_is_no_difference_of_this_cycles_totals() =>
        Assert.Equal(
            [
                "2020-01-28 cash, drawer W1, cycle 1: counted 1, $1.00; entered 1, $1.00",
                "2020-01-28 cash, drawer W2, cycle 1: counted 0, $0.00; entered 1, $3.00",
            ],
            Lines([Total("W1", 1, 100, One)], Paid("1", 100, "W1"), Paid("2", 200, "W2", Two), Paid("3", 300, "W2"))
        );

    [Fact]
    public void Every_cent_of_a_counted_channel_and_day_is_entered_in_one_line() =>
        Gen.Select(
                Gen.Select(Gen.Int[1, 5000], Gen.Int[0, 3], Gen.Int[0, 2]).Array[0, 20],
                Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2]).Array[0, 8]
            )
            .Sample(
                (paid, counted) =>
                {
                    PostedPayment[] posted =
                    [
                        .. paid.Select(
                            (it, index) => Paid($"{index}", it.Item1, Drawer(it.Item2), day: Day.AddDays(it.Item3))
                        ),
                    ];
                    List<ControlTotal> totals =
                    [
                        .. counted.Distinct().Select(it => Total(Drawer(it.Item1), 1, 1, day: Day.AddDays(it.Item2))),
                    ];
                    var days = totals.Select(total => total.Key.ReceivedOn).ToHashSet();
                    var lines = Comparison.Of(One, totals, posted);

                    Assert.Equal(
                        posted.Where(it => days.Contains(it.ReceivedOn)).Sum(it => it.Net),
                        lines.Sum(line => line.Entered)
                    );
                    Assert.Equal(lines.Select(line => line.Key).Order(), lines.Select(line => line.Key));

                    // Counted as it is entered, everything agrees; whatever one total says else, that one differs.
                    List<ControlTotal> right =
                    [
                        .. lines.Select(line => new ControlTotal(line.Key, line.EnteredCount, line.Entered, Office)),
                    ];
                    Assert.DoesNotContain(Comparison.Of(One, right, posted), line => !line.Agrees);
                    foreach (var wrong in right)
                    {
                        var others = right.Where(it => it != wrong);
                        var said = wrong with { Amount = wrong.Amount + new Money(1) };
                        Assert.Equal(
                            wrong.Key,
                            Assert.Single(Comparison.Of(One, [.. others, said], posted), line => !line.Agrees).Key
                        );
                    }
                }
            );

    private static string Drawer(int number) => number == 0 ? "" : $"W{number}";
}
