using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Importing;

/// <summary>A bill that turns out to be another account's (R29): what it gave here is taken back here.</summary>
public sealed class R29MovedBillTests
{
    [Fact]
    public void R29_A_credit_bill_that_is_moved_takes_back_its_credit()
    {
        var account = GivenAnAccount().WhenABillIsImported("feb", -2_000).ThenCredit(2_000);

        WhenMoved(account, "feb").ThenCredit(0).ThenBill("feb", open: 0);
    }

    [Fact]
    public void R29_What_its_credit_has_paid_here_is_owed_and_collected_here()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", -2_000)
            .ThenBill("jan", open: 3_000, paid: 2_000);

        WhenMoved(account, "feb").ThenBill("jan", open: 3_000, paid: 2_000);

        Assert.Equal(2_000, account.Bill("feb").Open.Cents);
        Assert.True(account.Ledger.LiveDebitOf(new BillId("feb")) is { IsUnsent: true });
    }

    [Fact]
    public void R29_After_its_due_date_it_waits_for_finance_instead()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", -2_000)
            .WhenTheRunComesFor("jan")
            .On("2020-03-20", "12:00");

        WhenMoved(account, "feb");

        Assert.StartsWith(
            "opened again after its due date",
            account.Bill("feb").Blocked?.Reason,
            StringComparison.Ordinal
        );
    }

    private static AccountScenario WhenMoved(AccountScenario account, string bill) =>
        account
            .Do(new NoteConflict(account.Bill(bill), null, new AccountId("A2"), account.Now) { Source = "bills-2" })
            .Do(new TakeCorrection(CorrectedItem.Bill, bill, "it is theirs", account.Now));
}
