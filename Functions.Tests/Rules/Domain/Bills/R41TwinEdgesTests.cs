using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R41, I25: what a person has said of a bill, and what one person alone must not.</summary>
public sealed class R41TwinEdgesTests
{
    private static AccountScenario GivenJanuary() => GivenAnAccount().WhenABillIsImported("jan", 5_000);

    private static AccountScenario Comes(
        AccountScenario account,
        long cents,
        string bill = "jan",
        string? due = null,
        long previous = 0
    ) =>
        account.Do(
            new ImportBill(account.NewBill(bill, cents, due ?? "2020-01-22", previous), account.Now)
            {
                Source = "second",
            }
        );

    private static AccountScenario Takes(
        AccountScenario account,
        string id = "jan",
        CorrectedItem item = CorrectedItem.Bill
    ) => account.Do(new TakeCorrection(item, id, "asked", account.Now));

    // Jan 22 is held; the new due date is past and in no hold, or is held as well, or no hold was about the old one, or
    // the city wants no second person.
    [Theory]
    [InlineData(true, "2020-01-20", true, true)]
    [InlineData(true, "2020-01-21", true, false)]
    [InlineData(false, "2020-01-20", true, false)]
    [InlineData(true, "2020-01-20", false, false)]
    public void I25_New_numbers_let_no_held_bill_go_by_one_person_alone(
        bool held,
        string due,
        bool releases,
        bool refused
    )
    {
        var account = GivenAnAccount(releases: releases).WhenABillIsImported("jan", 5_000);
        account = held ? account.WhenFinanceDeclaresAHold("outage", "2020-01-21", "2020-01-22") : account;
        account.On("2020-01-21", "12:00");
        account = Comes(account, 5_000, due: due);
        if (refused)
        {
            account.ThenRefused("it would go to the bank at once", it => Takes(it));
        }
        else
        {
            Assert.Equal(Day(due), Takes(account).Bill("jan").DueDate);
        }
    }

    [Fact]
    public void R41_A_person_s_word_is_dated_and_a_bill_of_nothing_resembles_none()
    {
        var again = GivenJanuary().WhenABillIsImported("again", 5_000, Due["jan"], previous: 0);
        again.On("2020-01-15").WhenAPersonApproves(2);
        Assert.Equal(Day("2020-01-15"), again.Bill("again").ToldApartOn);

        var nothing = GivenAnAccount().WhenABillIsImported("jan", 0).WhenABillIsAdjusted("jan", 500);
        nothing.WhenABillIsImported("other", 0, Due["jan"]);
        Assert.False(nothing.Bill("other").LooksLikeAnother);
    }

    [Fact]
    public void R41_What_is_also_far_from_its_due_date_waits_for_both_and_is_left_out_with_the_others()
    {
        var account = GivenJanuary().WhenTheRunComesFor("jan").TheBankSaysYes().On("2020-02-05");
        var row = account.NewBill("again", 5_000, Due["jan"], previous: 0);
        account.Do(new ImportBill(row, account.Now) { Source = "second" });
        Assert.Equal([ReviewCheck.DueDate, ReviewCheck.Twin], account.Debit(2).Reviews);
        account.Do(new SkipLookAlikesOfImport("second", "came again", account.Now)).ThenDebit(2, Cancelled);
    }

    [Fact]
    public void R22_There_is_nothing_to_re_arm_of_a_bill_that_was_collected() =>
        GivenJanuary().WhenTheRunComesFor("jan").TheBankSaysYes().WhenABillIsRearmed("jan").ThenNothingHappened();

    [Fact]
    public void R25_What_is_with_the_bank_is_discarded_by_nobody()
    {
        var account = GivenJanuary().WhenTheRunComesFor("jan");
        account.ThenRefused("not proven dead", it => it.Do(new DiscardDebit(it.Debit(1).Id, "old", it.Now)));
    }
}
