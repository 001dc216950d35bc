using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R23: what a file and a person say of the same account, in which order it counts, and what stays.</summary>
public sealed class R23MomentsTests
{
    private static AccountScenario GivenOffAndOnAgain() =>
        GivenAnAccount().On("2020-01-14", "10:00").WhenAutopayGoesOff().WhenAutopayGoesOn();

    private static Enrolment Off(Enrolment enrolment) => enrolment with { Autopay = false };

    [Fact]
    public void R23_A_file_that_was_received_before_a_person_switched_says_nothing_of_it_however_late_it_is_applied() =>
        GivenOffAndOnAgain()
            .On("2020-01-14", "11:00")
            .WhenAnAccountsFileOf("2020-01-14", "09:59", Off)
            .ThenAutopayIs(on: true);

    [Theory]
    [InlineData("10:00")]
    [InlineData("10:01")]
    public void R23_One_that_was_received_then_or_later_has_changed_its_mind(string received) =>
        GivenOffAndOnAgain()
            .On("2020-01-14", "11:00")
            .WhenAnAccountsFileOf("2020-01-14", received, Off)
            .ThenAutopayIs(on: false);

    [Fact]
    public void R34_A_yes_to_the_debit_of_a_former_payer_s_bill_is_for_that_amount_alone()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheAccountsFileSays(it => it with { Customer = "cus_2", PaymentMethod = "pm_2" })
            .ThenDebit(1, DebitState.NeedsReview, "the payer changed")
            .WhenAPersonApproves(1)
            .WhenABillIsAdjusted("jan", -100);
        account.WhenTheRunComesFor("jan").ThenDebit(1, DebitState.NeedsReview, "bill jan is of cus_1");
    }

    private static AccountScenario GivenAllIsKnown() =>
        GivenAnAccount()
            .WhenTheAccountsFileSays(it =>
                it with
                {
                    Language = "es",
                    Mandate = "mandate_1",
                    CardExpires = Day("2020-06-30"),
                }
            );

    private static Enrolment Said(AccountScenario account) =>
        account.Ledger.Enrolment! with
        {
            Language = "en",
            Mandate = "mandate_2",
            CardExpires = Day("2021-06-30"),
        };

    [Fact]
    public void R39_What_a_file_has_no_column_for_stays_and_what_it_says_is_taken()
    {
        var account = GivenAllIsKnown();
        account.WhenAFileWithFewColumnsSays(
            Said(account),
            EnrolmentParts.Language | EnrolmentParts.Mandate | EnrolmentParts.CardExpires
        );
        Assert.Equal(("es", "mandate_1", Day("2020-06-30")), KnownOf(account));
        account.WhenAFileWithFewColumnsSays(Said(account), EnrolmentParts.ServiceArea);
        Assert.Equal(("en", "mandate_2", Day("2021-06-30")), KnownOf(account));
    }

    private static (string?, string?, DateOnly?) KnownOf(AccountScenario account) =>
        (account.Ledger.Enrolment!.Language, account.Ledger.Enrolment.Mandate, account.Ledger.Enrolment.CardExpires);

    [Fact]
    public void R39_While_a_refund_is_under_way_nothing_of_how_an_account_was_charged_is_forgotten()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenABillIsImported("other", 700, "2020-01-23")
            .WhenTheRunComes("2020-01-23")
            .On("2020-01-28", "05:00")
            .TheBankSaysYes()
            .WhenAutopayGoesOff()
            .Refunded("r1", 1_000);
        Assert.False(account.Ledger.IsAuthorisationOver(Day("2020-03-01"), keepDays: 10));
        account.RefundIs(1, RefundState.Paid);
        Assert.True(account.Ledger.IsAuthorisationOver(Day("2020-03-01"), keepDays: 10));
    }

    [Fact]
    public void An_account_is_active_while_a_debit_of_it_is_unsent_or_waits_for_a_person()
    {
        var account = GivenAnAccount(cap: 4_000);
        Assert.False(account.Ledger.IsActive);
        Assert.True(account.WhenABillIsImported("jan", 5_000).Ledger.IsActive);
        account.WhenTheRunComesFor("jan").ThenDebit(1, DebitState.NeedsReview);
        Assert.True(account.Ledger.IsActive);
        Assert.False(account.WhenAPersonCancels(1).Ledger.IsActive);
    }

    [Fact]
    public void R05_Only_what_opened_cents_in_flight_is_remembered_with_the_bill()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000);
        AdjustedBy(account, "file-1");
        Assert.Null(account.Bill("jan").ReopenedBy);
        account.WhenTheRunComesFor("jan");
        AdjustedBy(account, "file-2");
        Assert.Equal("file-2", account.Bill("jan").ReopenedBy);

        static void AdjustedBy(AccountScenario account, string file) =>
            account.Do(new AdjustBill(file, new BillId("jan"), new Money(100), "meter", account.Now) { Source = file });
    }

    [Fact]
    public void Only_what_joins_a_deferred_debit_is_marked_as_deferred()
    {
        Assert.False(MarksOf(GivenAnAccount()).HasFlag(BillMarks.Deferred));
        Assert.True(MarksOf(GivenAnAccount().WhenFinanceHolds("jan")).HasFlag(BillMarks.Deferred));

        static BillMarks MarksOf(AccountScenario account) =>
            account
                .WhenABillIsImported("jan", 5_000)
                .WhenABillIsImported("jan-2", 700, Due["jan"])
                .ThenLines(1, "jan", "jan-2")
                .Bill("jan-2")
                .Marks;
    }
}
