using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R41: a bill that came before under another number waits for a person; the first one goes its way.</summary>
public sealed class R41LookAlikeBillsTests
{
    private const string LooksLike = "looks like bill jan under another number: 50.00 due 2020-01-22";

    [Fact]
    public void R41_While_the_first_one_waits_only_the_second_is_stopped() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheFileComesAgain()
            .ThenDebits(Scheduled, NeedsReview)
            .ThenDebit(2, NeedsReview, LooksLike)
            .ThenWarned(0)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 5_000)
            .ThenDebits(Submitted, NeedsReview);

    [Fact]
    public void R41_When_the_first_one_was_collected_the_second_is_not() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenTheFileComesAgain()
            .WhenTheRunComes("2020-02-03")
            .ThenDebits(Collected, NeedsReview)
            .ThenBill("jan-again", open: 5_000);

    [Fact]
    public void R41_When_it_is_in_flight_or_was_paid_or_cancelled_or_refused_neither()
    {
        var first = GivenAnAccount().WhenABillIsImported("jan", 5_000);
        first.WhenTheRunComesFor("jan").WhenTheFileComesAgain().ThenDebits(Submitted, NeedsReview);
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 5_000, "jan")
            .WhenTheRunComesFor("jan")
            .WhenTheFileComesAgain()
            .ThenDebits(Satisfied, NeedsReview);
        GivenAnAccount(cap: 4_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenAPersonCancels(1)
            .WhenTheFileComesAgain()
            .ThenDebits(Cancelled, NeedsReview);
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysNo("R08")
            .WhenTheFileComesAgain()
            .ThenDebits(Uncollected, NeedsReview);
    }

    [Fact]
    public void R41_A_person_says_that_it_is_a_bill_of_its_own()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheFileComesAgain()
            .WhenAPersonApproves(2)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 5_000)
            .ThenAsked(2, 5_000);
        Assert.Empty(account.Bill("jan-again").Flags);
    }

    [Fact]
    public void R41_And_nobody_is_asked_again_when_its_amount_changes() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheFileComesAgain()
            .WhenAPersonApproves(2)
            .WhenAPaymentIsPosted("p", 1_000, "jan-again")
            .WhenTheRunComesFor("jan")
            .ThenAsked(2, 4_000);

    [Fact]
    public void R41_Cancelled_it_stays_out_and_the_next_bill_is_compared_without_it() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenTheFileComesAgain()
            .WhenAPersonCancels(2)
            .WhenABillIsImported("feb", 6_000, previous: 0)
            .WhenTheRunComesFor("feb")
            .ThenWarned(0)
            .ThenDebits(Collected, Cancelled, Submitted)
            .ThenAsked(3, 6_000);

    [Fact]
    public void R41_Credit_that_is_printed_and_unknown_is_seen_beside_it() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenTheFileComesAgain()
            .WhenABillIsImported("feb", 6_000, previous: -3_000)
            .WhenTheRunComesFor("feb")
            .ThenDebit(3, NeedsReview, "our books say 0.00");

    [Fact]
    public void R41_The_account_s_credit_pays_it_only_when_a_person_has_approved_it() =>
        GivenAnAccount()
            .WhenAPaymentIsPosted("p", 8_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheFileComesAgain()
            .ThenCredit(3_000)
            .ThenBill("jan-again", open: 5_000)
            .WhenAPersonApproves(2)
            .ThenCredit(0)
            .ThenBill("jan-again", open: 2_000, paid: 3_000)
            .WhenTheRunComesFor("jan")
            .ThenAsked(2, 2_000);

    [Fact]
    public void R41_A_payment_that_names_it_pays_it() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheFileComesAgain()
            .WhenAPaymentIsPosted("p", 5_000, "jan-again")
            .ThenBill("jan-again", open: 0, paid: 5_000)
            .ThenBill("jan", open: 5_000);

    [Theory]
    [InlineData(5_000, "2020-01-16", NeedsReview)]
    [InlineData(5_000, "2020-01-28", NeedsReview)]
    [InlineData(5_000, "2020-01-15", Scheduled)]
    [InlineData(5_000, "2020-01-29", Scheduled)]
    [InlineData(5_001, "2020-01-22", Scheduled)]
    [InlineData(4_999, "2020-01-22", Scheduled)]
    public void R41_The_same_charges_within_six_days_are_alike(long cents, string due, DebitState state)
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000);
        account.WhenABillIsImported("other", cents, due, previous: due == Due["jan"] ? 5_000 : null);
        Assert.Equal(state, account.Ledger.LiveDebitOf(new BillId("other"))!.State);
    }

    [Fact]
    public void R41_Three_times_is_stopped_twice() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheFileComesAgain()
            .WhenTheFileComesAgain("jan-third")
            .ThenDebits(Scheduled, NeedsReview, NeedsReview)
            .ThenDebit(3, NeedsReview, LooksLike);

    [Fact]
    public void R41_What_was_adjusted_to_nothing_comes_again_under_a_new_number() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsAdjusted("jan", -5_000)
            .WhenABillIsImported("jan-again", 5_000, due: Due["jan"])
            .WhenTheRunComesFor("jan")
            .ThenDebits(Submitted)
            .ThenAsked(1, 5_000);

    [Fact]
    public void R41_An_adjusted_bill_is_still_known_by_what_was_printed() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsAdjusted("jan", -1_000)
            .WhenTheFileComesAgain()
            .ThenDebits(Scheduled, NeedsReview);

    [Fact]
    public void R41_Nothing_charged_looks_like_nothing() =>
        Assert.Empty(
            GivenAnAccount()
                .WhenABillIsImported("jan", 0)
                .WhenABillIsImported("jan-again", 0, due: Due["jan"])
                .Bill("jan-again")
                .Flags
        );

    [Fact]
    public void R41_A_credit_that_comes_again_is_listed_and_not_given_before_an_adjustment_does()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", -2_000)
            .ThenWarned(0)
            .WhenABillIsImported("jan-again", -2_000, due: Due["jan"], previous: 0)
            .ThenWarned(1)
            .ThenCredit(2_000)
            .ThenBill("jan-again", open: 0)
            .WhenABillIsImported("jan-third", -2_000, due: Due["jan"], previous: 0)
            .ThenCredit(2_000);
        Assert.Contains(
            "its credit of 20.00 is not given",
            account.Ledger.Warnings[0].Message,
            StringComparison.Ordinal
        );
        Assert.Equal([WorkKind.Warning, WorkKind.Warning], account.Ledger.Work().Select(item => item.Kind));
        account.WhenABillIsAdjusted("jan-again", -2_000).ThenCredit(4_000);
    }

    [Fact]
    public void R41_What_a_file_says_of_a_credit_that_was_taken_off_is_not_taken()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", -2_000)
            .WhenABillIsImported("jan-again", -2_000, due: Due["jan"], previous: 0);
        var row = account.NewBill("jan-again", -500, Due["jan"], previous: 0);
        account
            .Do(new ImportBill(row, account.Now) { Source = "second" })
            .ThenRefused(
                "its credit was taken off",
                it => it.Do(new TakeCorrection(CorrectedItem.Bill, "jan-again", "asked", it.Now))
            )
            .Do(new KeepStored(CorrectedItem.Bill, "jan-again", "one credit", account.Now))
            .WhenABillIsAdjusted("jan-again", -500)
            .ThenCredit(2_500);
    }

    [Fact]
    public void R41_The_policy_is_a_setting() =>
        GivenAnAccount(policies: new Policies { LookAlikeBills = LookAlikeBillsPolicy.Off })
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-again", 5_000, due: Due["jan"])
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 10_000);

    [Fact]
    public void R41_While_halted_it_waits_alone_and_is_asked_for_afterwards() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHalts()
            .WhenTheFileComesAgain()
            .ThenDebits(Scheduled, Scheduled)
            .WhenFinanceResumes()
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 5_000)
            .ThenDebits(Submitted, NeedsReview);

    [Fact]
    public void R41_It_is_not_merged_with_what_goes_out_meanwhile() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceHalts()
            .WhenTheFileComesAgain()
            .WhenFinanceMerges("jan")
            .ThenLines(2, "jan", "feb")
            .ThenDebit(3, Deferred, "no next bill");

    [Fact]
    public void R41_A_deferral_explains_nothing_here() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .WhenTheFileComesAgain()
            .ThenDebits(Deferred, NeedsReview)
            .WhenAPersonApproves(2)
            .ThenDebits(Deferred, Deferred);

    [Fact]
    public void R41_Autopay_that_goes_off_and_on_forgets_nothing() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheFileComesAgain()
            .WhenAutopayGoesOff()
            .WhenAutopayGoesOn()
            .WhenTheRunComesFor("jan")
            .ThenDebits(Cancelled, Cancelled, Submitted, NeedsReview)
            .ThenAsked(3, 5_000);

    [Fact]
    public void R41_A_bill_that_a_file_corrects_is_known_by_both_of_its_numbers()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000);
        var row = account.NewBill("jan", 6_000, previous: 0);
        account
            .Do(new ImportBill(row, account.Now) { Source = "file-2" })
            .WhenABillIsImported("jan-new", 6_000, due: Due["jan"], previous: 5_000)
            .ThenDebit(2, NeedsReview, "looks like bill jan under another number: 60.00")
            .WhenTheFileComesAgain()
            .ThenDebit(3, NeedsReview, LooksLike);
    }

    [Fact]
    public void R41_All_that_a_file_brought_again_is_left_out_at_once()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000);
        var again = account.NewBill("jan-again", 5_000, due: Due["jan"], previous: 0);
        account.Do(new ImportBill(again, account.Now) { Source = "file-2" });
        Assert.Equal("file-2", Assert.Single(account.Ledger.Work()).Import);

        account
            .Do(new SkipLookAlikesOfImport("file-3", "came again", account.Now))
            .ThenNothingHappened()
            .Do(new SkipLookAlikesOfImport("file-2", "came again", account.Now))
            .ThenDebits(Scheduled, Cancelled)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 5_000);
        Assert.Empty(account.Ledger.Work());
    }

    [Fact]
    public void R41_What_a_person_has_approved_is_not_left_out_with_the_others()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000);
        var again = account.NewBill("jan-again", 5_000, due: Due["jan"], previous: 0);
        account
            .Do(new ImportBill(again, account.Now) { Source = "file-2" })
            .WhenAPersonApproves(2)
            .Do(new SkipLookAlikesOfImport("file-2", "came again", account.Now))
            .ThenNothingHappened();
    }

    [Fact]
    public void R41_Re_armed_it_takes_what_credit_there_is_and_is_collected() =>
        GivenAnAccount()
            .WhenAPaymentIsPosted("p", 6_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheFileComesAgain()
            .WhenAPersonCancels(2)
            .WhenABillIsRearmed("jan-again")
            .ThenCredit(0)
            .ThenBill("jan-again", open: 4_000, paid: 1_000)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 4_000);
}

/// <summary>The bill of January once more, as the first file printed it: nothing was open before it.</summary>
file static class AgainSteps
{
    public static AccountScenario WhenTheFileComesAgain(this AccountScenario account, string id = "jan-again") =>
        account.WhenABillIsImported(id, 5_000, due: Due["jan"], previous: 0);
}
