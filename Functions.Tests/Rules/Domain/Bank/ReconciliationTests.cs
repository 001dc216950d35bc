using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Provider.DifferenceKind;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>One intent beside what our books have of it. January, 50.00, collected.</summary>
public sealed class ReconciliationTests
{
    private static AccountScenario GivenJanuary() =>
        GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan");

    private static AccountScenario GivenCollected() => GivenJanuary().On("2020-01-28", "05:00").TheBankSaysYes();

    private static DifferenceKind? Compare(
        AccountScenario account,
        Func<IntentReading, IntentReading>? change = null,
        int intent = 0
    ) =>
        Reconciliation
            .Compare(account.Ledger, account.Debit(1), (change ?? (it => it))(account.Intents.ElementAt(intent)))
            ?.Kind;

    [Fact]
    public void What_both_say_alike_is_no_difference()
    {
        Assert.Null(Compare(GivenJanuary()));
        Assert.Null(Compare(GivenCollected()));
    }

    [Fact]
    public void Another_amount_currency_or_customer_is_one()
    {
        Assert.Equal(AmountDiffers, Compare(GivenCollected(), it => it with { Amount = new Money(5_001) }));
        Assert.Equal(AmountDiffers, Compare(GivenCollected(), it => it with { Currency = "cad" }));
        Assert.Equal(AmountDiffers, Compare(GivenCollected(), it => it with { Customer = "cus_2" }));
    }

    [Theory]
    [InlineData(IntentStatus.Untouched)]
    [InlineData(IntentStatus.Processing)]
    [InlineData(IntentStatus.Dead)]
    [InlineData(IntentStatus.Cancelled)]
    [InlineData(IntentStatus.RequiresAction)]
    [InlineData(IntentStatus.Unknown)]
    public void Another_state_is_one(IntentStatus status) =>
        Assert.Equal(StateDiffers, Compare(GivenCollected(), it => it with { Status = status }));

    [Fact]
    public void What_no_reading_cures_is_named_first()
    {
        var account = GivenCollected().MoneyComesBack(1, 3_000, endsMandate: false);
        IntentReading Whole(IntentReading it) => it with { ReturnedCents = new Money(4_000), Refunded = new Money(50) };

        Assert.Equal(ReturnUnseen, Compare(account, Whole));
        Assert.Equal(StateDiffers, Compare(account, it => Whole(it) with { Status = IntentStatus.Dead }));
        Assert.Equal(
            AmountDiffers,
            Compare(account, it => Whole(it) with { Status = IntentStatus.Dead, Amount = new Money(1) })
        );
    }

    [Fact]
    public void A_locked_attempt_whose_intent_is_untouched_is_not_sent_yet() =>
        Assert.Null(
            Compare(
                GivenAnAccount()
                    .WhenABillIsImported("jan", 5_000)
                    .On(Due["jan"])
                    .WhenEvaluated()
                    .WhenThePreChargeCheckComes()
            )
        );

    // What is only asked for may not be there yet; what the provider has named to us must be.
    [Theory]
    [InlineData(RefundState.Requested, 0, false)]
    [InlineData(RefundState.Requested, 1_000, false)]
    [InlineData(RefundState.Requested, 1_001, true)]
    [InlineData(RefundState.Sent, 999, true)]
    [InlineData(RefundState.Sent, 1_000, false)]
    [InlineData(RefundState.Paid, 0, true)]
    [InlineData(RefundState.Failed, 0, false)]
    [InlineData(RefundState.Failed, 1_000, true)]
    public void What_was_given_back_is_held_against_what_we_asked_for(RefundState ours, long theirs, bool differs)
    {
        var account = GivenCollected().Refunded("r1", 1_000);
        account = ours == RefundState.Requested ? account : account.RefundIs(1, RefundState.Sent);
        account = ours is RefundState.Paid or RefundState.Failed ? account.RefundIs(1, ours) : account;

        Assert.Equal(differs ? RefundUnseen : null, Compare(account, it => it with { Refunded = new Money(theirs) }));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(3_000, false)]
    [InlineData(5_000, true)]
    public void What_was_returned_is_held_against_what_we_have_recorded(long theirs, bool differs) =>
        Assert.Equal(
            differs ? ReturnUnseen : null,
            Compare(
                GivenCollected().MoneyComesBack(1, 3_000, endsMandate: false),
                it => it with { ReturnedCents = new Money(theirs) }
            )
        );

    [Fact]
    public void What_was_returned_beyond_what_was_given_back_is_recorded_too() =>
        Assert.Null(
            Compare(
                GivenCollected().Refunded("r1", 1_000).MoneyComesBack(1, 5_000),
                it => it with { Refunded = new Money(1_000) }
            )
        );

    [Fact]
    public void A_refused_attempt_knows_nothing_of_what_the_next_one_collected_and_gave_back()
    {
        var account = GivenJanuary()
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .WhenTheRunComes("2020-02-04")
            .On("2020-02-10", "05:00")
            .TheBankSaysYes()
            .Refunded("r1", 1_000)
            .RefundIs(1, RefundState.Sent)
            .MoneyComesBack(1, 500, endsMandate: false);

        Assert.Null(Compare(account, intent: 0));
        Assert.Equal(RefundUnseen, Compare(account, intent: 1));
    }

    [Theory]
    [InlineData(IntentStatus.Processing, true)]
    [InlineData(IntentStatus.Succeeded, true)]
    [InlineData(IntentStatus.RequiresAction, true)]
    [InlineData(IntentStatus.Untouched, false)]
    [InlineData(IntentStatus.Dead, false)]
    [InlineData(IntentStatus.Cancelled, false)]
    public void An_intent_that_no_attempt_knows_is_one_when_it_moves_money(IntentStatus status, bool differs) =>
        Assert.Equal(
            differs ? TheirsOnly : null,
            Compare(GivenCollected(), it => it with { IntentId = "in-other", Status = status })
        );

    // Taken in as the account's money after a restore.
    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1, 0, true)]
    [InlineData(0, 1, true)]
    public void What_leaves_money_that_was_taken_in_after_a_restore_is_one(long cameBack, long givenBack, bool differs)
    {
        var account = GivenAnAccount();
        account.Do(
            new PostBackPayment(
                new Funds
                {
                    Id = new PaymentId("in-lost"),
                    Source = FundsSource.Recovered,
                    Amount = new Money(5_000),
                    ReceivedOn = account.Now.Today,
                    PostedOn = account.Now.Today,
                },
                account.Now
            )
        );
        var intent = GivenCollected().Intents.Single() with
        {
            IntentId = "in-lost",
            ReturnedCents = new Money(cameBack),
            Refunded = new Money(givenBack),
        };

        Assert.Equal(differs ? ReturnUnseen : null, Reconciliation.Compare(account.Ledger, null, intent)?.Kind);
    }

    [Fact]
    public void Only_an_untouched_intent_that_no_living_attempt_needs_is_an_orphan()
    {
        var planned = GivenAnAccount().WhenABillIsImported("jan", 5_000).On(Due["jan"]).WhenEvaluated();
        var debit = planned.Debit(1);
        var intent = planned.Create(debit.Living);

        Assert.False(Reconciliation.IsOrphan(debit, intent));
        Assert.True(Reconciliation.IsOrphan(debit, intent with { AttemptNumber = 2 }));
        Assert.True(Reconciliation.IsOrphan(null, intent));
        Assert.False(Reconciliation.IsOrphan(null, intent with { Status = IntentStatus.Processing }));

        var locked = planned.WhenThePreChargeCheckComes().Debit(1);
        Assert.False(Reconciliation.IsOrphan(locked, intent));
        Assert.True(Reconciliation.IsOrphan(locked, intent with { IntentId = "in-twin" }));
    }
}
