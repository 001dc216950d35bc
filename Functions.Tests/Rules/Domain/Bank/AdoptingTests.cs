using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>F50: intents that the books of a backup have forgotten. The first debit: January, 50.00.</summary>
public sealed class AdoptingTests
{
    private const IntentStatus Yes = IntentStatus.Succeeded;

    private static AccountScenario GivenJanuary() => GivenAnAccount().WhenABillIsImported("jan", 5_000);

    private static AccountScenario GivenPlanned() => GivenJanuary().On(Due["jan"]).WhenEvaluated();

    private static IntentReading Lost(IntentStatus status, long cents, int number) =>
        new()
        {
            IntentId = "in-lost",
            Status = status,
            Amount = new Money(cents),
            Received = status == Yes ? new Money(cents) : default,
            Customer = "cus_1",
            PaymentMethod = "pm_1",
            CreatedAt = At("2020-01-13", "07:00").Utc,
            AttemptNumber = number,
        };

    private static AccountScenario Adopts(
        AccountScenario account,
        IntentStatus status,
        long cents = 5_000,
        int number = 1,
        int debit = 1,
        long cameBack = 0,
        long givenBack = 0
    )
    {
        var intent = Lost(status, cents, number) with
        {
            ReturnedCents = new Money(cameBack),
            Refunded = new Money(givenBack),
        };
        var money = new Funds
        {
            Id = new PaymentId(intent.IntentId),
            Source = FundsSource.Recovered,
            Amount = intent.KeptByUs,
            Channel = "Stripe",
            ReceivedOn = Day("2020-01-13"),
            PostedOn = account.Now.Today,
        };
        return account.Do(
            new AdoptIntent(new DebitId(account.Ledger.Id, 1, debit), number, intent, money, account.Now)
        );
    }

    // It becomes an attempt of the books, which are held against the provider from then on.
    private static AccountScenario TakesOver(
        AccountScenario account,
        IntentStatus status,
        long cents = 5_000,
        int number = 1
    ) =>
        Adopts(
            account.GivenAnIntent(
                Lost(status, cents, number) with
                {
                    AccountId = account.Ledger.Id.Value,
                    DebitId = account.Debit(1).Id.Value,
                }
            ),
            status,
            cents,
            number
        );

    [Theory]
    [InlineData(IntentStatus.Processing, Submitted)]
    [InlineData(IntentStatus.Succeeded, Collected)]
    [InlineData(IntentStatus.Untouched, Submitted)]
    public void The_intent_of_a_planned_attempt_becomes_its_own(IntentStatus status, DebitState state)
    {
        var account = TakesOver(GivenPlanned(), status).ThenDebits(state);
        Assert.Equal(
            ("in-lost", Day("2020-01-13")),
            (account.Debit(1).Attempted.Intent, account.Debit(1).Attempted.SubmittedOn)
        );
    }

    [Theory]
    [InlineData(IntentStatus.Processing, 5_000, 2)]
    [InlineData(IntentStatus.Processing, 4_999, 1)]
    [InlineData(IntentStatus.Cancelled, 5_000, 1)]
    public void One_of_another_number_or_amount_or_a_cancelled_one_does_not(
        IntentStatus status,
        long cents,
        int number
    ) => Adopts(GivenPlanned(), status, cents, number).ThenNothingHappened();

    [Fact]
    public void What_a_deferred_debit_collected_releases_it() =>
        TakesOver(GivenJanuary().WhenFinanceHolds("jan").ThenDebits(Deferred), Yes)
            .ThenDebits(Collected)
            .ThenBill("jan", open: 0, collected: 5_000);

    [Fact]
    public void What_a_debit_of_two_bills_collected_is_their_sum() =>
        TakesOver(GivenJanuary().WhenABillIsImported("jan-2", 700, due: Due["jan"]), Yes, 5_700)
            .ThenDebits(Collected)
            .ThenBill("jan-2", open: 0, collected: 700);

    [Fact]
    public void Another_sum_is_the_accounts_money_and_what_it_does_not_cover_is_a_new_debit() =>
        Adopts(GivenJanuary().WhenABillIsImported("jan-2", 700, due: Due["jan"]), Yes)
            .ThenDebits(Cancelled, Scheduled)
            .ThenBill("jan", open: 0, paid: 5_000)
            .WhenTheRunComesFor("jan")
            .ThenAsked(2, 700);

    [Theory]
    [InlineData(100, 0)]
    [InlineData(0, 100)]
    public void When_part_of_it_came_back_or_was_given_back_the_rest_waits_for_finance(long cameBack, long givenBack)
    {
        var account = Adopts(GivenJanuary(), Yes, 4_000, cameBack: cameBack, givenBack: givenBack);
        Assert.NotNull(account.ThenDebits(Cancelled).ThenBill("jan", open: 1_100, paid: 3_900).Bill("jan").Blocked);
    }

    [Fact]
    public void While_the_bank_is_asked_for_another_sum_everything_waits() =>
        Adopts(GivenJanuary(), IntentStatus.Processing, 4_000).ThenNothingHappened();

    [Theory]
    [InlineData(IntentStatus.Cancelled, 5_000)]
    [InlineData(IntentStatus.Cancelled, 4_000)]
    [InlineData(IntentStatus.Untouched, 4_000)]
    public void One_that_moved_no_money_uses_up_its_number(IntentStatus status, long cents)
    {
        var account = Adopts(GivenJanuary(), status, cents).ThenDebits(Scheduled);
        Assert.Equal(
            (AttemptPhase.Abandoned, cents, cents),
            (
                account.Debit(1).Attempted.Phase,
                account.Debit(1).Attempted.Amount.Cents,
                account.Debit(1).Attempted.Lines.Sum(line => line.Cents).Cents
            )
        );
        account.WhenTheRunComesFor("jan").ThenAsked(1, 5_000, attempt: 2);
    }

    [Fact]
    public void A_retry_takes_over_a_number_that_it_has_not_used()
    {
        static AccountScenario GivenARetry() =>
            GivenJanuary().WhenTheRunComesFor("jan").On("2020-01-28", "05:00").TheBankSaysNo("R01");

        Adopts(GivenARetry(), IntentStatus.Processing).ThenNothingHappened();
        TakesOver(GivenARetry(), IntentStatus.Processing, number: 2).ThenDebits(Submitted);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(9, 1)]
    public void What_a_debit_that_has_ended_or_is_gone_collected_is_the_accounts_money(int debit, int number)
    {
        var account = GivenJanuary().WhenABillIsSkipped("jan").ThenDebits(Cancelled).WhenABillIsImported("feb", 9_000);

        Adopts(account, IntentStatus.Processing, number: number, debit: debit).ThenNothingHappened();
        Adopts(account, Yes, number: number, debit: debit).ThenCredit(0).ThenBill("jan", open: 0, paid: 5_000);
    }

    [Fact]
    public void The_same_intent_again_is_not_taken_in_twice()
    {
        var account = Adopts(GivenJanuary(), Yes, debit: 9);
        Adopts(account, Yes, debit: 9).ThenNothingHappened().ThenCredit(0).ThenBill("jan", open: 0, paid: 5_000);
        Adopts(account, Yes, debit: 9, cameBack: 400).ThenBill("jan", open: 400, paid: 4_600);
    }

    [Fact]
    public void What_was_returned_whole_is_nobodys_money() =>
        Adopts(GivenJanuary(), Yes, debit: 9, cameBack: 5_000).ThenNothingHappened();

    [Fact]
    public void What_leaves_recovered_money_later_reopens_what_it_paid_and_other_credit_pays_it()
    {
        var account = Adopts(GivenJanuary(), Yes, 5_500, debit: 9)
            .ThenBill("jan", open: 0, paid: 5_000)
            .ThenCredit(500);

        Comes(account, cameBack: 700).ThenBill("jan", open: 200, paid: 4_800).ThenCredit(0);
        Assert.NotNull(account.Bill("jan").Blocked);
        Comes(account, cameBack: 700).ThenNothingHappened();
        Comes(account, cameBack: 700, givenBack: 300).ThenBill("jan", open: 500, paid: 4_500);

        account.WhenAPaymentIsPosted("p", 600).ThenBill("jan", open: 0, paid: 5_000).ThenCredit(100);
        Comes(account, cameBack: 1_000, givenBack: 300).ThenBill("jan", open: 200, paid: 4_800).ThenCredit(0);
    }

    [Fact]
    public void Recovered_money_that_a_refund_of_another_debit_gave_back_does_not_leave_twice()
    {
        var account = Adopts(
            GivenJanuary().WhenTheRunComesFor("jan").On("2020-01-28", "05:00").TheBankSaysYes(),
            Yes,
            3_000,
            debit: 9
        );
        account.ThenCredit(3_000).Refunded("r1", 1_000).ThenCredit(2_000);

        Comes(account, cameBack: 3_000).ThenCredit(0);
        Assert.Equal(2_000, account.Ledger.Funds.Single().Reversed.Cents);
    }

    [Fact]
    public void Nor_does_what_had_come_back_of_it_before()
    {
        var account = Adopts(
            GivenJanuary().WhenTheRunComesFor("jan").On("2020-01-28", "05:00").TheBankSaysYes(),
            Yes,
            3_000,
            debit: 9
        );
        Comes(account, cameBack: 500).ThenCredit(2_500).Refunded("r1", 1_000).ThenCredit(1_500);
        Comes(account, cameBack: 3_000).ThenCredit(0);
        Assert.Equal(2_000, account.Ledger.Funds.Single().Reversed.Cents);
    }

    [Fact]
    public void An_intent_that_was_never_taken_in_leaves_nothing() => Comes(GivenJanuary(), 700).ThenNothingHappened();

    // What the provider says of it since.
    private static AccountScenario Comes(AccountScenario account, long cameBack, long givenBack = 0)
    {
        var amount = account.Ledger.Funds.FirstOrDefault(funds => funds.Id.Value == "in-lost")?.Amount ?? default;
        return account.Do(
            new RecordRecovered(
                Lost(Yes, amount.Cents, 1) with
                {
                    ReturnedCents = new Money(cameBack),
                    Refunded = new Money(givenBack),
                },
                account.Now
            )
        );
    }
}
