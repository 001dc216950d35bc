using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R20: from where, to the cent, money is taken that leaves again.</summary>
public sealed class TakenBackTests
{
    private static AccountScenario GivenCollected(params (string Bill, long Cents)[] bills) =>
        bills
            .Aggregate(
                GivenAnAccount(),
                (account, bill) => account.WhenABillIsImported(bill.Bill, bill.Cents, due: Due["jan"])
            )
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysYes();

    private static AccountScenario ComesBack(AccountScenario account, long cents) =>
        account.MoneyComesBack(1, cents, endsMandate: false);

    private static long[] LeftOf(AccountScenario account) =>
        [.. account.Ledger.Funds.Select(funds => funds.Left.Cents)];

    // 5.00 of the water bill came back, 7.00 of it were given back, and another debit has collected both since.
    [Fact]
    public void R20_A_debit_gives_up_what_it_still_has_of_each_bill_and_nothing_of_another_debit()
    {
        var account = ComesBack(GivenCollected(("jan", 3_000), ("water", 2_000)), 500).Refunded("r1", 700);
        account.ThenBill("water", open: 1_200, collected: 800).RefundIs(1, RefundState.Paid);
        account.WhenABillIsRearmed("water").On("2020-01-29").WhenEvaluated().WhenThePreChargeCheckComes();
        account.WhenConfirmed().TheBankSaysYes().ThenBill("water", open: 0, collected: 2_000);

        ComesBack(account, 1_800).ThenBill("water", open: 800, collected: 1_200);
        account.ThenBill("jan", open: 500, collected: 2_500);
    }

    // Two adjustments of a collected bill: 10.00 and 5.00 of credit.
    private static AccountScenario GivenTwoCredits() =>
        GivenCollected(("jan", 5_000)).WhenABillIsAdjusted("jan", -1_000).WhenABillIsAdjusted("jan", -500);

    [Fact]
    public void R20_Credit_of_the_debit_goes_first_the_older_one_before_the_newer_one()
    {
        var account = ComesBack(GivenTwoCredits(), 600);
        Assert.Equal([400, 500], LeftOf(account));
        Assert.Equal([0, 300], LeftOf(ComesBack(account, 1_200)));
        account.ThenBill("jan", open: 0, collected: 3_500);
        Assert.Equal([0, 0], LeftOf(ComesBack(account, 1_600)));
        account.ThenBill("jan", open: 100, collected: 3_400);
    }

    // A second debit has collected 10.00 more of the bill.
    private static AccountScenario CollectedMore(AccountScenario account) =>
        account
            .WhenABillIsRearmed("jan")
            .On("2020-01-29")
            .WhenEvaluated()
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .TheBankSaysYes()
            .ThenAsked(2, 1_000);

    [Fact]
    public void R20_Credit_of_another_debit_of_the_bill_goes_only_for_what_the_bill_does_not_show()
    {
        var account = CollectedMore(GivenCollected(("jan", 5_000)).WhenABillIsAdjusted("jan", 1_000));
        account.WhenABillIsAdjusted("jan", -1_500).WhenABillIsAdjusted("jan", -500);
        account.ThenBill("jan", open: 0, collected: 4_000);
        ComesBack(account, 5_000).ThenBill("jan", open: 3_000, paid: 1_000).ThenCredit(0);
        Assert.Equal([1_000, 0], account.Ledger.Funds.Select(funds => funds.Reversed.Cents));
    }

    [Fact]
    public void R20_Its_own_credit_goes_before_that_of_another_one()
    {
        var account = CollectedMore(
            GivenCollected(("jan", 5_000)).WhenABillIsAdjusted("jan", -1_000).WhenABillIsAdjusted("jan", 2_000)
        );
        account.ThenBill("jan", open: 0, paid: 1_000, collected: 5_000).WhenABillIsAdjusted("jan", -1_800);
        Assert.Equal([1_000, 800], LeftOf(account));
        ComesBack(account, 5_000);
        Assert.Equal([1_000, 0], account.Ledger.Funds.Select(funds => funds.Reversed.Cents));
    }

    // A refund of January's debit took February's credit; it fails after February's debit came back.
    [Fact]
    public void R20_What_was_lost_to_a_refund_of_another_debit_comes_back_when_that_fails_and_the_bank_says_so_again()
    {
        var account = GivenCollected(("jan", 5_000))
            .WhenABillIsImported("feb", 10_000)
            .WhenTheRunComesFor("feb")
            .TheBankSaysYes()
            .WhenABillIsAdjusted("feb", -3_000)
            .Refunded("r1", 3_000)
            .MoneyComesBack(2, 10_000, endsMandate: false);
        Assert.Equal((7_000, 3_000), (account.Debit(2).ReturnedCents.Cents, account.Debit(2).Lost.Cents));

        account.RefundFails(1).TheProviderRepeats(2).ThenBill("feb", open: 7_000).ThenCredit(0);
        Assert.Equal((10_000, 0), (account.Debit(2).ReturnedCents.Cents, account.Debit(2).Lost.Cents));
    }

    [Theory]
    [InlineData(500, 0)]
    [InlineData(700, 200)]
    public void R20_Money_that_paid_several_bills_leaves_the_newest_first_and_each_cent_once(long back, long reopened)
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenABillIsImported("feb", 6_000);
        var intent = new IntentReading
        {
            IntentId = "in-lost",
            Status = IntentStatus.Succeeded,
            Amount = new Money(5_500),
            Received = new Money(5_500),
            Customer = "cus_1",
            PaymentMethod = "pm_1",
            CreatedAt = account.Now.Utc,
        };
        var money = new Funds
        {
            Id = new PaymentId("in-lost"),
            Source = FundsSource.Recovered,
            Amount = intent.KeptByUs,
            Channel = "autopay",
            ReceivedOn = account.Now.Today,
            PostedOn = account.Now.Today,
        };
        account.Do(new AdoptIntent(new DebitId(account.Ledger.Id, 1, 9), 1, intent, money, account.Now));
        account.ThenBill("jan", open: 0, paid: 5_000).ThenBill("feb", open: 5_500, paid: 500);
        account.Do(new RecordRecovered(intent with { ReturnedCents = new Money(back) }, account.Now));
        account.ThenBill("feb", open: 6_000).ThenBill("jan", open: reopened, paid: 5_000 - reopened);
        Assert.Equal(reopened > 0, account.Bill("jan").Blocked is not null);
    }
}
