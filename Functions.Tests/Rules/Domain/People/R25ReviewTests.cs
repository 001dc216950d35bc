using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R25: review, and the stuck list.</summary>
public sealed class R25ReviewTests
{
    private static AccountScenario GivenAReview() =>
        GivenAnAccount(cap: 4_000).WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan").ThenDebits(NeedsReview);

    private static AccountScenario GivenAPlannedAttempt() =>
        GivenAnAccount().WhenABillIsImported("jan", 5_000).On(Due["jan"]).WhenEvaluated().ThenDebits(Charging);

    [Fact]
    public void R25_A_debit_in_review_waits_for_a_person() =>
        GivenAReview()
            .WhenTheRunComes("2020-02-03")
            .ThenDebits(NeedsReview)
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenTheRunComes("2020-02-04")
            .ThenDebits(NeedsReview);

    [Fact]
    public void R25_Approved_it_goes_back_to_scheduled_and_out() =>
        GivenAReview()
            .On("2020-01-23", "10:00")
            .WhenAPersonApproves(1)
            .ThenDebit(1, Scheduled, "agreed by phone")
            .WhenEvaluated()
            .ThenAsked(1, 5_000);

    [Fact]
    public void R25_The_check_is_waived_for_that_amount_only()
    {
        GivenAReview().WhenAPersonApproves(1).WhenABillIsAdjusted("jan", 100).WhenEvaluated().ThenDebits(NeedsReview);
        GivenAReview().WhenAPersonApproves(1).WhenABillIsAdjusted("jan", -100).WhenEvaluated().ThenDebits(NeedsReview);
    }

    [Fact]
    public void R25_Only_the_check_that_asked_is_waived() =>
        GivenAReview()
            .WhenAPersonApproves(1)
            .WhenABillIsImported("feb", 6_000, previous: 0)
            .WhenEvaluated()
            .ThenDebit(1, NeedsReview, "our books say");

    [Fact]
    public void R25_Both_checks_that_asked_are_waived() =>
        GivenAnAccount(cap: 4_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 600, previous: 0)
            .WhenTheRunComesFor("jan")
            .ThenDebit(1, NeedsReview, "over cap")
            .ThenDebit(1, NeedsReview, "our books say")
            .WhenAPersonApproves(1)
            .WhenEvaluated()
            .ThenAsked(1, 5_000);

    [Fact]
    public void R25_What_waits_already_tells_both_reasons() =>
        GivenAnAccount(cap: 100)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenABillIsImported("feb", 50, previous: 0)
            .ThenDebit(1, NeedsReview, "over cap: 50.00")
            .ThenDebit(1, NeedsReview, "cap of 1.00; Bill feb says that 0.00 was open before it");

    [Fact]
    public void R25_A_debit_that_is_proven_dead_ends_and_its_bill_is_left_to_finance()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000);
        account.Do(new DiscardDebit(account.Debit(1).Id, "cancelled at the provider", account.Now));
        account.ThenDebit(1, Cancelled, "cancelled at the provider");
        Assert.NotNull(account.Bill("jan").Blocked);
    }

    [Fact]
    public void R25_Cancelled_by_a_person_it_ends_with_the_reason() =>
        GivenAReview().WhenAPersonCancels(1).ThenDebit(1, Cancelled, "paid at the counter");

    [Fact]
    public void R25_Only_what_is_in_review_can_be_approved_or_cancelled() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .ThenRefused("not waiting for review", it => it.WhenAPersonApproves(1))
            .ThenRefused("not waiting for review", it => it.WhenAPersonCancels(1))
            .ThenRefused("no debit", it => it.Do(new ApproveDebit(new DebitId(it.Ledger.Id, 1, 9), "why", it.Now)));

    [Fact]
    public void R25_A_debit_with_a_living_attempt_is_never_sent_to_review()
    {
        var account = GivenAPlannedAttempt()
            .WhenTheAccountsFileSays(it => it with { MaxDebit = new Money(100) })
            .WhenTheBalancesFileSays("jan", 0)
            .WhenEvaluated()
            .ThenDebits(Charging);
        account.WhenABillIsImported("feb", 6_000, previous: -9_999).WhenEvaluated().ThenDebit(1, Charging);
    }

    [Fact]
    public void R25_An_amount_that_differs_puts_it_on_the_stuck_list_and_its_state_stays()
    {
        var account = GivenAPlannedAttempt();
        var attempt = account.Debit(1).LastAttempt!;
        account
            .Do(
                new LockAttempt(
                    attempt.Debit,
                    attempt.Number,
                    account.Create(attempt) with
                    {
                        Amount = new Money(4_999),
                    },
                    account.Now
                )
            )
            .ThenDebits(Charging);
        Assert.Contains("49.99", account.Debit(1).Discrepancy, StringComparison.Ordinal);
        Assert.Equal(AttemptPhase.Planned, account.Debit(1).LastAttempt!.Phase);
    }

    [Theory]
    [InlineData("eur", "cus_1")]
    [InlineData("usd", "cus_2")]
    public void R25_So_does_another_currency_or_customer(string currency, string customer)
    {
        var account = GivenAPlannedAttempt();
        var attempt = account.Debit(1).LastAttempt!;
        account
            .Do(
                new LockAttempt(
                    attempt.Debit,
                    attempt.Number,
                    account.Create(attempt) with
                    {
                        Currency = currency,
                        Customer = customer,
                    },
                    account.Now
                )
            )
            .ThenDebits(Charging);
        Assert.NotNull(account.Debit(1).Discrepancy);
    }

    [Fact]
    public void R25_An_odd_answer_after_the_submission_changes_no_state_either()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan");
        var attempt = account.Debit(1).LastAttempt!;
        var odd = account.Create(attempt) with { Status = IntentStatus.Succeeded, Received = new Money(4_000) };
        account
            .Do(new RecordIntent(attempt.Debit, attempt.Number, odd, Archived: null, account.Now))
            .ThenDebits(Submitted)
            .ThenBill("jan", open: 5_000);
        Assert.Contains("collected 40.00", account.Debit(1).Discrepancy, StringComparison.Ordinal);
    }

    [Fact]
    public void R25_It_leaves_on_the_providers_word_only()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan");
        account
            .Do(new FlagAttempt(account.Debit(1).Id, 1, Stop: true, "idempotency error", account.Now))
            .WhenTheRunComes("2020-02-03")
            .WhenEvaluated()
            .ThenDebits(Submitted)
            .ThenRefused("not waiting for review", it => it.WhenAPersonApproves(1))
            .ThenRefused("in flight", it => it.WhenABillIsSkipped("jan"))
            .TheBankSaysYes()
            .ThenDebits(Collected);
        Assert.Null(account.Debit(1).Discrepancy);
    }

    [Fact]
    public void R25_The_same_oddity_is_noted_once()
    {
        var account = GivenAPlannedAttempt();
        var note = new FlagAttempt(account.Debit(1).Id, 1, Stop: false, "odd", account.Now);
        account.Do(note).Do(note).ThenNothingHappened();
    }

    [Fact]
    public void R25_Words_about_another_attempt_change_nothing()
    {
        var account = GivenAPlannedAttempt();
        var (debit, now) = (account.Debit(1).Id, account.Now);
        account
            .Do(new AbandonAttempt(debit, 2, "why", now))
            .ThenNothingHappened()
            .Do(new DoubtAttempt(debit, 1, "planned", now))
            .ThenNothingHappened()
            .Do(new FlagAttempt(debit, 7, Stop: false, "odd", now))
            .ThenNothingHappened()
            .Do(new LockAttempt(debit, 2, account.Create(account.Debit(1).LastAttempt!), now))
            .ThenNothingHappened();
    }

    [Fact]
    public void R25_What_a_person_cancelled_is_not_brought_back_by_an_adjustment_and_is_by_re_arming_it() =>
        GivenAnAccount(cap: 4_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenAPersonCancels(1)
            .WhenABillIsAdjusted("jan", 100)
            .ThenDebits(DebitState.Cancelled)
            .WhenABillIsRearmed("jan")
            .ThenDebits(DebitState.Cancelled, DebitState.Scheduled);
}
