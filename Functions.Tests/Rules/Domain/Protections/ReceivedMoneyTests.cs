using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Protections.PenaltyVerdict;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R42: what counts as received for a bill, from where, and from which day.</summary>
public sealed class ReceivedMoneyTests
{
    private static AccountScenario GivenABill() => GivenAnAccount().WhenABillIsImported("jan", 5_000);

    private static IEnumerable<string> Received(AccountScenario account, bool archived = true) =>
        ReceivedMoney
            .Of(
                new ProtectedBill(
                    account.Ledger,
                    account.Ledger.BillOf(new BillId("jan")),
                    account.Controls,
                    City,
                    archived ? account.Archived : []
                )
            )
            .Select(it => $"{it.Id} {it.Channel} {it.ReceivedOn:MM-dd} {it.PostedOn:MM-dd} {it.Amount}");

    [Fact]
    public void R42_A_payment_counts_by_its_channel_and_its_day_the_oldest_first() =>
        Assert.Equal(
            ["q cash 01-10 01-20 10.00", "p cash 01-15 01-20 15.00"],
            Received(
                GivenABill()
                    .On("2020-01-20")
                    .WhenAPaymentIsPosted("p", 1_500, "jan", received: "2020-01-15")
                    .WhenAPaymentIsPosted("q", 1_000, "jan", received: "2020-01-10")
            )
        );

    [Fact]
    public void R42_What_another_bill_was_below_zero_is_credit_of_its_day() =>
        Assert.Equal(
            [" credit 01-13 01-13 12.00"],
            Received(GivenABill().WhenABillIsImported("mar", -1_200)).Select(it => it[it.IndexOf(' ')..])
        );

    [Fact]
    public void R42_A_debit_counts_from_its_submission_and_is_posted_by_the_banks_answer()
    {
        var sent = GivenABill().WhenTheRunComesFor("jan");
        Assert.Equal(["10-0001-1-0001 autopay 01-22  50.00"], Received(sent));
        Assert.Equal(
            ["10-0001-1-0001 autopay 01-22 01-28 50.00"],
            Received(sent.On("2020-01-28", "05:00").TheBankSaysYes())
        );
    }

    [Fact]
    public void R42_What_the_bank_took_back_is_not_received()
    {
        var collected = GivenABill().WhenTheRunComesFor("jan").On("2020-01-28", "05:00").TheBankSaysYes();
        Assert.Empty(Received(collected.On("2020-02-03").MoneyComesBack(1, 5_000, code: "R01")));
    }

    [Fact]
    public void R42_What_an_archived_debit_collected_has_no_day_where_it_is_not_at_hand_and_counts()
    {
        var account = GivenABill()
            .WhenAPaymentIsPosted("p", 2_000, "jan")
            .WhenTheRunComesFor("jan")
            .On("2020-01-27", "05:00")
            .TheBankSaysYes()
            .On("2021-07-01")
            .WhenEvaluated();

        Assert.Equal(["archived autopay   30.00", "p cash 01-13 01-13 20.00"], Received(account, archived: false));
        Assert.Equal(["p cash 01-13 01-13 20.00", "10-0001-1-0001 autopay 01-22 01-27 30.00"], Received(account));
    }

    [Theory]
    [InlineData("2020-01-29", "2020-01-29", true)]
    [InlineData("2020-01-30", "2020-01-29", false)]
    [InlineData(null, "2020-01-29", true)]
    [InlineData("2020-01-30", null, true)]
    public void R42_Money_of_the_day_itself_of_an_unknown_day_or_without_a_limit_is_in_time(
        string? received,
        string? limit,
        bool inTime
    )
    {
        var money = new ReceivedMoney("p", "cash", DayOf(received), null, new Money(1));

        Assert.Equal(inTime, money.IsBy(DayOf(limit)));

        static DateOnly? DayOf(string? text) => text is null ? null : Day(text);
    }

    [Fact]
    public void R42_What_one_payment_paid_of_several_parts_is_told_once_and_others_are_told_apart()
    {
        var money = new ReceivedMoney("p", "cash", Day("2020-01-20"), Day("2020-01-21"), new Money(100));

        Assert.Equal(
            [
                money with
                {
                    ReceivedOn = Day("2020-01-19"),
                    Amount = new Money(7),
                },
                money with
                {
                    Amount = new Money(150),
                },
            ],
            ReceivedMoney.Together([
                money,
                money with
                {
                    ReceivedOn = Day("2020-01-19"),
                    Amount = new Money(7),
                },
                money with
                {
                    Amount = new Money(50),
                },
            ])
        );
    }

    [Fact]
    public void R42_The_answer_says_how_much_came_in_by_when_and_from_when_it_counts()
    {
        var account = GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000)
            .On("2020-02-03")
            .WhenAPaymentIsPosted("p", 1_000, "jan", received: "2020-01-29");
        account.WhenAPaymentIsPosted("q", 500, "jan", received: "2020-01-30");
        var answer = account.Penalty("jan", "2020-02-03");
        Assert.Equal("10.00 of 50.00 was received up to and including 2020-01-29", answer.Reason);
        Assert.Equal((1_000, 3_500), (answer.InTime.Cents, answer.Open.Cents));

        var restarted = GivenABill()
            .On("2020-01-21")
            .WhenFinanceHolds("jan")
            .On("2020-02-20")
            .WhenFinanceClears(1)
            .WhenTheRunComes("2020-02-20")
            .On("2020-02-26", "05:00")
            .TheBankSaysNo("R02");
        Assert.Equal(
            "0.00 of 50.00 was received up to and including 2020-02-27, counted from 2020-02-20",
            restarted.Penalty("jan", "2020-03-02").Reason
        );
        Assert.Equal("The bill asks for nothing", Nothing().Penalty("jan", "2020-01-30").Reason);
        Assert.Equal(
            "Waived: 'w', because of the outage; 'x', because of the outage",
            GivenABill().Waived("w", "2020-01-22").Waived("x", "2020-01-22").Penalty("jan", "2020-01-30").Reason
        );
        Assert.Equal(
            "50.00 was received up to and including 2020-01-29",
            GivenABill().WhenTheRunComesFor("jan").TheBankSaysYes().Penalty("jan", "2020-02-03").Reason
        );

        static AccountScenario Nothing() => GivenABill().WhenABillIsAdjusted("jan", -5_000);
    }

    [Fact]
    public void R42_What_was_paid_in_full_while_the_city_acts_is_paid_in_time_and_says_so()
    {
        var account = GivenABill()
            .On("2020-01-21")
            .WhenFinanceHolds("jan")
            .On("2020-02-17")
            .WhenAPaymentIsPosted("p", 5_000, "jan");
        Assert.Equal(
            "50.00 was received; held by 'outage': because of the outage",
            account.ThenPenalty("jan", "2020-02-18", PaidInTime).Penalty("jan", "2020-02-18").Reason
        );
    }

    [Theory]
    [InlineData(Waived, null)]
    [InlineData(CityHolds, null)]
    [InlineData(NothingOwed, null)]
    [InlineData(PaidInTime, null)]
    [InlineData(NotYet, "2020-01-30")]
    [InlineData(Assess, "2020-01-30")]
    public void R42_Only_where_one_may_come_it_has_an_earliest_day(PenaltyVerdict verdict, string? earliest)
    {
        var answer = GivenAnAccount(autopay: false).WhenABillIsImported("jan", 5_000).Penalty("jan", "2020-02-03") with
        {
            Verdict = verdict,
        };

        Assert.Equal(earliest, answer.EarliestOn?.ToString("yyyy-MM-dd", null));
    }

    [Fact]
    public void The_proof_names_no_parts_the_newest_penalty_of_all_accounts_and_large_counts_in_words()
    {
        var proof = new ProtectionProof(1_234, 0, 0, 1, 1, 1_000, 5, null);
        Assert.Equal("1,234 bills in the windows, 0 penalised; 1,000 to be reversed", proof.Sentence);

        var tally = new ProtectionTally();
        var older = Charged("2020-01-30");
        var newer = Charged("2020-01-31");
        foreach (var account in new[] { older, newer, older, GivenABill() })
        {
            tally.Add(account.Ledger, account.Controls, []);
        }

        Assert.Equal(new ProtectionProof(0, 0, 0, 3, 3, 0, 0, Day("2020-01-31")), tally.Proof);

        static AccountScenario Charged(string on)
        {
            var account = GivenABill().On("2020-02-03");
            return account.Do(
                new RecordPenalty(new ChargedPenalty("f", new BillId("jan"), new Money(500), Day(on)), account.Now)
            );
        }
    }
}
