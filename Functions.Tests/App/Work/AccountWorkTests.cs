using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Work;

/// <summary>What of one account waits for finance: it follows from the ledger alone.</summary>
public sealed class AccountWorkTests
{
    private static AccountScenario GivenCollected() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysYes();

    [Fact]
    public void An_account_in_order_has_nothing_on_the_list()
    {
        ThenListed(GivenAnAccount().WhenABillIsImported("jan", 5_000));
        ThenListed(GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan"));
        ThenListed(GivenCollected());
        ThenListed(
            GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenFinanceHolds("jan").WhenTheRunComes("2020-04-15")
        );
    }

    [Fact]
    public void R12_A_debit_in_review_is_listed_with_its_cents_until_a_person_has_spoken()
    {
        var account = GivenAnAccount(cap: 100).WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan");
        ThenListed(account, "Review 10-0001-1-0001 50.00 2020-01-13");
        var item = account.Ledger.Work().Single();
        Assert.Equal(
            (new BillId("jan"), new DebitId(account.Ledger.Id, 1, 1), 1),
            (item.Bill!.Value, item.Debit!.Value, item.Cycles.Single().Value)
        );
        ThenListed(account.WhenAPersonApproves(1));
    }

    [Fact]
    public void R08_A_debit_of_several_bills_is_one_item_of_all_their_cycles()
    {
        var account = GivenAnAccount(cap: 100)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"], cycle: 3)
            .WhenTheRunComesFor("jan");
        ThenListed(account, "Review 10-0001-1-0001 57.00 2020-01-13");
        Assert.Null(account.Ledger.Work().Single().Bill);
        Assert.Equal([1, 3], account.Ledger.Work().Single().Cycles.Select(cycle => cycle.Value));
    }

    [Fact]
    public void R28_Money_that_came_twice_is_listed_until_it_is_kept()
    {
        var account = GivenCollected().On("2020-02-03").WhenAPaymentIsPosted("p", 5_000, "jan");
        ThenListed(account, "PaidTwice p 50.00 2020-02-03");
        Assert.Equal(
            "50.00 of payment p came in for what debit 10-0001-1-0001 took: refund or keep as credit?",
            account.Ledger.Work().Single().Reason
        );
        ThenListed(account.Do(new KeepCredit(new PaymentId("p"), "by phone", account.Now)));
    }

    [Fact]
    public void R05_What_was_collected_and_is_no_longer_owed_waits_to_be_given_back()
    {
        var account = GivenCollected().On("2020-02-03").WhenABillIsAdjusted("jan", -1_200);
        var item = account.Ledger.Work().Single();
        Assert.Equal(
            (WorkKind.Refund, 1_200L, new DateOnly(2020, 2, 3)),
            (item.Kind, item.Cents!.Value.Cents, item.Since)
        );
        Assert.Equal(
            (account.Debit(1).Id, "12.00 was collected and is no longer owed: refund or keep as credit?"),
            (item.Debit!.Value, item.Reason)
        );
    }

    [Fact]
    public void R34_A_former_payers_credit_is_listed_under_the_accounts_cycle()
    {
        var account = GivenAnAccount(cycle: 4)
            .WhenAPaymentIsPosted("p", 2_000)
            .WhenTheAccountsFileSays(enrolment => enrolment with { Customer = "cus_2" });
        var item = account.Ledger.Work().Single();
        Assert.Equal((WorkKind.Refund, 2_000L, 4), (item.Kind, item.Cents!.Value.Cents, item.Cycles.Single().Value));
        Assert.Contains("former payer cus_1", item.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void R08_R32_What_has_no_next_bill_is_a_kind_of_its_own()
    {
        var merged = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenTheRunComes("2020-02-11");
        ThenListed(merged, "NoNextBill jan 50.00 2020-01-13");
        Assert.Equal(merged.Debit(1).Id, merged.Ledger.Work().Single().Debit);
        ThenListed(merged.WhenABillIsImported("mar", 6_000));

        var small = GivenAnAccount()
            .WhenABillIsImported("jan", 49)
            .WhenTheRunComesFor("jan")
            .WhenTheRunComes("2020-02-20");
        ThenListed(small, "NotCollected jan 0.49 2020-01-22");
    }

    [Fact]
    public void R19_A_blocked_bill_says_that_its_account_is_suspended_besides()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R02");
        ThenListed(account, "Blocked jan 50.00 2020-01-28");
        Assert.True(account.Ledger.Work().Single().IsSuspended);
        Assert.False(account.WhenAPersonLiftsTheSuspension().Ledger.Work().Single().IsSuspended);
    }

    private static void ThenListed(AccountScenario account, params string[] items)
    {
        Assert.Equal(items.Length > 0, account.Ledger.IsListed);
        Assert.Equal(items, account.Ledger.Work().Select(it => $"{it.Kind} {it.Id} {it.Cents} {it.Since:yyyy-MM-dd}"));
        Assert.DoesNotContain(account.Ledger.Work(), it => it.Account != account.Ledger.Id);
    }
}
