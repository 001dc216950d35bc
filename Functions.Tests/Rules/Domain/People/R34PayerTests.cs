using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R34: the account gets another payer; nobody pays for somebody else.</summary>
public sealed class R34PayerTests
{
    private static AccountScenario WhenThePayerChanges(
        AccountScenario account,
        string customer = "cus_2",
        string method = "pm_2"
    ) => account.WhenTheAccountsFileSays(it => it with { Customer = customer, PaymentMethod = method });

    private static AccountScenario GivenJanuary() => GivenAnAccount().WhenABillIsImported("jan", 5_000);

    [Fact]
    public void R34_An_unsent_debit_of_the_former_payer_goes_to_a_person() =>
        WhenThePayerChanges(GivenJanuary())
            .ThenDebit(1, NeedsReview, "the payer changed: bill jan is of cus_1")
            .WhenTheRunComesFor("jan")
            .ThenDebits(NeedsReview);

    [Fact]
    public void R34_So_does_one_that_is_held() =>
        WhenThePayerChanges(GivenJanuary().WhenFinanceHolds("jan"))
            .ThenDebits(NeedsReview)
            .WhenFinanceClears(1)
            .ThenDebits(NeedsReview);

    [Fact]
    public void R34_So_does_a_retry() =>
        WhenThePayerChanges(GivenJanuary().WhenTheRunComesFor("jan").On("2020-01-28", "05:00").TheBankSaysNo("R01"))
            .ThenDebits(NeedsReview)
            .WhenTheRunComes("2020-02-04")
            .ThenDebits(NeedsReview);

    [Fact]
    public void R34_While_halted_nothing_is_reviewed_and_afterwards_it_is() =>
        WhenThePayerChanges(GivenJanuary().WhenFinanceHalts())
            .ThenDebits(Scheduled)
            .On(Due["jan"])
            .WhenFinanceResumes()
            .ThenDebits(NeedsReview);

    [Fact]
    public void R34_Between_plan_and_pre_charge_check_nothing_is_sent() =>
        WhenThePayerChanges(GivenJanuary().On(Due["jan"]).WhenEvaluated())
            .WhenThePreChargeCheckComes()
            .WhenEvaluated()
            .ThenDebits(NeedsReview);

    [Fact]
    public void R34_What_was_never_sent_is_not_sent_any_more() =>
        WhenThePayerChanges(GivenJanuary().On(Due["jan"]).WhenEvaluated().WhenThePreChargeCheckComes())
            .WhenRecovered()
            .WhenEvaluated()
            .ThenDebits(NeedsReview);

    [Fact]
    public void R34_What_is_with_the_bank_is_collected_from_the_former_payer() =>
        WhenThePayerChanges(GivenJanuary().WhenTheRunComesFor("jan")).TheBankSaysYes().ThenDebits(Collected);

    [Fact]
    public void R34_Bills_from_then_on_are_the_new_payers()
    {
        var account = WhenThePayerChanges(GivenJanuary())
            .WhenABillIsImported("feb", 6_000)
            .WhenTheRunComesFor("feb")
            .ThenDebits(NeedsReview, Submitted)
            .ThenAsked(2, 6_000);
        Assert.Equal("cus_2", account.Debit(2).LastAttempt!.Customer);
    }

    [Fact]
    public void R34_A_bill_of_the_same_day_does_not_join_the_former_payers_debit() =>
        WhenThePayerChanges(GivenJanuary().WhenFinanceHalts())
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .ThenDebits(Scheduled, Scheduled)
            .ThenLines(1, "jan")
            .ThenLines(2, "jan-2");

    [Fact]
    public void R34_The_former_payers_debit_does_not_fold_into_the_new_payers() =>
        WhenThePayerChanges(GivenJanuary().WhenFinanceHalts())
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .ThenDebits(Deferred, Scheduled)
            .ThenLines(2, "feb");

    [Fact]
    public void R34_Nor_are_its_last_cents_carried_there() =>
        WhenThePayerChanges(GivenAnAccount().WhenABillIsImported("jan", 49).WhenFinanceHalts())
            .WhenABillIsImported("feb", 6_000)
            .On(Due["jan"])
            .WhenFinanceResumes()
            .ThenLines(2, "feb")
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 6_000);

    [Fact]
    public void R34_A_person_may_approve_it_for_this_amount() =>
        WhenThePayerChanges(GivenJanuary()).WhenAPersonApproves(1).WhenTheRunComesFor("jan").ThenAsked(1, 5_000);

    [Fact]
    public void R34_A_bill_that_finance_re_arms_asks_again() =>
        WhenThePayerChanges(GivenJanuary().WhenTheRunComesFor("jan").TheBankSaysNo("R08"))
            .WhenABillIsRearmed("jan")
            .WhenTheRunComes("2020-01-23")
            .ThenDebits(Uncollected, NeedsReview);

    [Fact]
    public void R34_The_former_payers_credit_is_no_longer_used_and_is_on_the_refund_list()
    {
        var account = WhenThePayerChanges(GivenAnAccount().WhenAPaymentIsPosted("p", 2_000))
            .WhenABillIsImported("jan", 5_000, previous: 0)
            .ThenBill("jan", open: 5_000)
            .ThenCredit(2_000);
        Assert.Equal(["p"], account.Ledger.RefundList().Select(funds => funds.Id.Value));
        Assert.True(account.Ledger.IsWatched);
        account.WhenTheRunComesFor("jan").ThenAsked(1, 5_000);
    }

    [Fact]
    public void R34_Unless_finance_keeps_it_as_credit_of_the_account() =>
        WhenThePayerChanges(GivenAnAccount().WhenAPaymentIsPosted("p", 2_000))
            .WhenABillIsImported("jan", 5_000, previous: 0)
            .Do(new KeepCredit(new PaymentId("p"), "the same household", At("2020-01-14", "08:00")))
            .ThenBill("jan", open: 3_000, paid: 2_000);

    [Fact]
    public void R34_The_new_payers_money_pays_the_new_payers_bills() =>
        WhenThePayerChanges(GivenJanuary())
            .WhenABillIsImported("feb", 6_000)
            .On("2020-01-20")
            .WhenAPaymentIsPosted("p", 6_000)
            .ThenBill("jan", open: 5_000)
            .ThenBill("feb", open: 0, paid: 6_000);

    [Fact]
    public void R34_A_paper_receipt_from_before_the_change_is_the_former_payers() =>
        WhenThePayerChanges(GivenJanuary().On("2020-02-01"))
            .WhenABillIsImported("feb", 6_000)
            .On("2020-02-17")
            .WhenAPaymentIsPosted("p", 7_000, received: "2020-01-31")
            .ThenBill("jan", open: 0, paid: 5_000)
            .ThenBill("feb", open: 6_000)
            .ThenCredit(2_000);

    [Fact]
    public void R34_A_payment_that_names_the_former_payers_bill_pays_it() =>
        WhenThePayerChanges(GivenJanuary())
            .On("2020-01-20")
            .WhenAPaymentIsPosted("p", 5_000, "jan")
            .ThenBill("jan", open: 0, paid: 5_000);

    [Theory]
    [InlineData("cus_1", "pm_2", null)]
    [InlineData("cus_1", "pm_1", "mandate_2")]
    public void R34_Another_method_or_mandate_of_the_same_customer_is_used_at_once(
        string customer,
        string method,
        string? mandate
    )
    {
        var account = GivenJanuary()
            .WhenTheAccountsFileSays(it => it with { Customer = customer, PaymentMethod = method, Mandate = mandate })
            .WhenTheRunComesFor("jan")
            .ThenDebits(Submitted);
        Assert.Equal(
            (method, mandate),
            (account.Debit(1).LastAttempt!.PaymentMethod, account.Debit(1).LastAttempt!.Mandate)
        );
    }

    [Theory]
    [InlineData("pm_2", null)]
    [InlineData("pm_1", "mandate_2")]
    public void R34_And_lifts_what_the_old_one_had_suspended(string method, string? mandate) =>
        Assert.Null(
            GivenJanuary()
                .WhenTheRunComesFor("jan")
                .TheBankSaysNo("R02")
                .WhenTheAccountsFileSays(it => it with { PaymentMethod = method, Mandate = mandate })
                .Ledger.Suspension
        );

    [Fact]
    public void R34_A_payer_who_comes_back_finds_the_old_bills_theirs() =>
        WhenThePayerChanges(WhenThePayerChanges(GivenJanuary().WhenFinanceHalts()), "cus_1", "pm_1")
            .On(Due["jan"])
            .WhenFinanceResumes()
            .ThenDebits(Charging);

    [Fact]
    public void R34_A_file_without_a_customer_changes_no_payer_and_the_next_one_is_held_against_the_last_that_was_named() =>
        WhenThePayerChanges(
                GivenJanuary()
                    .WhenTheAccountsFileSays(it => it with { Autopay = false, Customer = "", PaymentMethod = "" })
                    .WhenTheAccountsFileSays(it =>
                        it with
                        {
                            Autopay = true,
                            Customer = "cus_2",
                            PaymentMethod = "pm_2",
                        }
                    )
            )
            .WhenTheRunComesFor("jan")
            .ThenDebits(Cancelled, NeedsReview);

    [Fact]
    public void R36_The_former_payers_returns_are_not_the_new_ones() =>
        Assert.Empty(
            WhenThePayerChanges(GivenJanuary().WhenTheRunComesFor("jan").TheBankSaysNo("R08")).Ledger.ReturnedDebits
        );

    [Theory]
    [InlineData(5_000)]
    [InlineData(0)]
    public void R04_The_new_payers_first_bill_may_print_what_they_owe_or_what_the_account_does(long previous) =>
        WhenThePayerChanges(GivenJanuary()).WhenABillIsImported("feb", 6_000, previous: previous).ThenWarned(0);

    [Fact]
    public void R34_Credit_of_the_first_payer_is_not_the_second_ones_when_a_third_comes()
    {
        var account = WhenThePayerChanges(GivenAnAccount().WhenAPaymentIsPosted("p", 700));
        account = WhenThePayerChanges(account.WhenAPaymentIsPosted("q", 300), "cus_3", "pm_3");
        Assert.Equal(["cus_1", "cus_2"], account.Ledger.Funds.Select(funds => funds.Payer));
    }

    [Fact]
    public void R34_A_payer_who_comes_back_pays_the_bills_of_before() =>
        WhenThePayerChanges(WhenThePayerChanges(GivenJanuary()), "cus_1", "pm_1")
            .WhenAPaymentIsPosted("p", 5_000)
            .ThenBill("jan", open: 0, paid: 5_000);
}
