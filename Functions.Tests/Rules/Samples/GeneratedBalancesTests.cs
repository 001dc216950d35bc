using Autopay.Samples.Generator;

namespace Autopay.Tests.Rules.Samples;

/// <summary>The previous balance on each bill, worked out here by plain arithmetic for one story at a time.</summary>
public sealed class GeneratedBalancesTests
{
    [Fact]
    public void Without_stories_a_bill_prints_what_is_held_or_merged() =>
        Each(
            City(StoryShares.None),
            _ => true,
            (account, bills) =>
            {
                var held = account[0] != '4';
                Assert.Equal(0, Previous(bills[0]));
                Assert.Equal(held ? Charges(bills[0]) : 0, Previous(bills[1]));
                Assert.Equal(account[0] is '1' or '2' ? Charges(bills[1]) : 0, Previous(bills[2]));
            }
        );

    [Fact]
    public void Without_autopay_everything_adds_up_less_what_was_paid_at_the_counter()
    {
        var city = City(StoryShares.None with { AutopayOff = 1 });
        var paid = city.Rows("payments").ToDictionary(p => p["account_id"], p => p.Cents("amount"));
        Assert.NotEmpty(paid);
        Each(
            city,
            _ => true,
            (account, bills) =>
            {
                // The receipts are posted on Feb 18.
                var posted =
                    bills[2].Day("bill_date") > new DateOnly(2020, 2, 18) ? paid.GetValueOrDefault(account) : 0;
                Assert.Equal(Charges(bills[0]) + Charges(bills[1]) - posted, Previous(bills[2]));
            }
        );
    }

    [Theory]
    [InlineData("pm_usBankAccount_insufficientFunds")]
    [InlineData("pm_usBankAccount_accountClosed")]
    [InlineData("pm_usBankAccount_dispute")]
    public void A_bank_that_does_not_pay_leaves_everything_open(string method)
    {
        var city = City(StoryShares.None with { InsufficientFunds = 0.3, AccountClosed = 0.3, Disputed = 0.3 });
        var failing = city.Rows("accounts")
            .Where(a => a["payment_method_id"] == method)
            .Select(a => a["account_id"])
            .ToHashSet();
        Assert.NotEmpty(failing);
        Each(
            city,
            failing.Contains,
            (_, bills) => Assert.Equal(Charges(bills[0]) + Charges(bills[1]), Previous(bills[2]))
        );
    }

    [Fact]
    public void A_part_paid_at_the_counter_shows_on_the_next_bill_of_cycle_3()
    {
        var city = City(StoryShares.None with { PaidInPart = 1 });
        var paid = city.Rows("payments").ToDictionary(p => p["account_id"], p => p.Cents("amount"));
        Each(city, Cycle(3), (account, bills) => Assert.Equal(Charges(bills[0]) - paid[account], Previous(bills[1])));
    }

    [Fact]
    public void Money_that_comes_in_after_the_debit_is_a_negative_balance_in_cycle_4() =>
        Each(
            City(StoryShares.None with { PaidLate = 1 }),
            Cycle(4),
            (_, bills) => Assert.Equal(-Charges(bills[1]), Previous(bills[2]))
        );

    [Fact]
    public void A_few_cents_left_stay_open_until_the_next_debit() =>
        Each(
            City(StoryShares.None with { SmallRemainder = 1 }),
            Cycle(3),
            (_, bills) => Assert.InRange(Previous(bills[1]), 1, 49)
        );

    [Fact]
    public void A_bill_that_is_printed_too_low_says_nothing_of_the_held_one() =>
        Each(
            City(StoryShares.None with { BilledTooLow = 1 }),
            a => !Cycle(4)(a),
            (_, bills) =>
            {
                Assert.Equal(0, Previous(bills[1]));

                // The next one is right again: the first bill's debit waits in review.
                Assert.InRange(Previous(bills[2]), Charges(bills[0]), Charges(bills[0]) + Charges(bills[1]));
            }
        );

    private static City City(StoryShares shares) =>
        CityGenerator.Generate(
            new()
            {
                Accounts = 160,
                Seed = 5,
                Months = 3,
                Shares = shares,
            }
        );

    private static Func<string, bool> Cycle(int cycle) => account => account[0] - '0' == cycle;

    private static void Each(
        City city,
        Func<string, bool> which,
        Action<string, List<Dictionary<string, string>>> check
    )
    {
        var known = city.Rows("accounts").Select(a => a["account_id"]).Where(which).ToHashSet();
        var accounts = city.Rows("bills")
            .Where(b => known.Contains(b["account_id"]))
            .GroupBy(b => b["account_id"])
            .ToList();
        Assert.NotEmpty(accounts);
        Assert.All(accounts, a => check(a.Key, [.. a.OrderBy(b => b["due_date"], StringComparer.Ordinal)]));
    }

    private static long Charges(Dictionary<string, string> bill) => bill.Cents("current_charges");

    private static long Previous(Dictionary<string, string> bill) => bill.Cents("previous_balance");
}
