using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>Which accounts may come to wait for a person, and when two lists say the same.</summary>
public sealed class WatchedTests
{
    // Beside an older debit that is paid already, and that nobody has to watch.
    private static AccountScenario GivenJanuary() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("old", 900, due: "2020-01-15")
            .WhenAPaymentIsPosted("paid", 900, "old");

    private static AccountScenario GivenPlanned() => GivenJanuary().On(Due["jan"]).WhenEvaluated();

    private static AccountScenario GivenInFlight() => GivenJanuary().WhenTheRunComesFor("jan");

    private static AccountScenario GivenCollected() => GivenInFlight().TheBankSaysYes();

    private static AccountScenario Given(string what) =>
        what switch
        {
            "scheduled" => GivenJanuary(),
            "held" => GivenJanuary().WhenFinanceHolds("jan"),
            "collected" => GivenCollected(),
            "refund failed" => GivenCollected().Refunded("r1", 100).RefundFails(1),
            "no next bill" => GivenJanuary().WhenFinanceMerges("jan"),
            "suspended" => GivenJanuary().WhenAPersonSuspends(),
            "planned" => GivenPlanned(),
            "in doubt" => GivenPlanned().WhenThePreChargeCheckComes().WhenTheConfirmIsLost(),
            "submitted" => GivenInFlight(),
            "in review" => GivenJanuary().WhenTheBalancesFileSays("jan", 100),
            "refund open" => GivenCollected().Refunded("r1", 100),
            "paid twice" => GivenCollected().WhenAPaymentIsPosted("p", 5_000, "jan"),
            _ => GivenCollected().WhenABillIsAdjusted("jan", -100),
        };

    [Theory]
    [InlineData(false, "scheduled", "held", "collected", "refund failed")]
    [InlineData(true, "no next bill", "suspended", "planned", "in doubt", "submitted", "in review")]
    [InlineData(true, "refund open", "paid twice", "collected too much")]
    public void An_account_is_watched_while_anything_of_it_may_come_to_a_person(
        bool watched,
        params string[] accounts
    ) => Assert.All(accounts, what => Assert.Equal((what, watched), (what, Given(what).Ledger.IsWatched)));

    [Fact]
    public void A_correction_is_listed_once_as_a_bills_or_a_payments_and_beside_another_review()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenAPaymentIsPosted("p", 100);
        var payment = account.Ledger.Funds.Single() with { Applied = [], Amount = new Money(200) };
        account.Do(new ImportBill(account.NewBill("jan", 4_000), account.Now) { Source = "second export" });
        account.Do(new PostBackPayment(payment, account.Now) { Source = "second export" });
        Assert.Equal(["Correction bill:jan", "Correction payment:p"], Listed());

        account.Do(new NoteConflict(null, payment, new AccountId("10-0002"), account.Now) { Source = "third" });
        account.Do(new KeepStored(CorrectedItem.Payment, "p", "the first was right", account.Now));
        Assert.Equal(["Correction bill:jan", "Conflict payment:p"], Listed());

        account.WhenTheAccountsFileSays(it => it with { Customer = "cus_2", PaymentMethod = "pm_2" });
        Assert.Equal(["Review 10-0001-1-0001", "Correction bill:jan", "Conflict payment:p"], Listed());

        IEnumerable<string> Listed() => account.Ledger.Work().Select(item => $"{item.Kind} {item.Id}");
    }

    [Fact]
    public void Two_lists_are_the_same_item_by_item_and_cycle_by_cycle()
    {
        WorkItem one = new(WorkKind.Review, "d", new Money(5), "over cap", Day("2020-01-22")) { Cycles = [new(1)] };
        var other = one with { Id = "e" };

        Assert.True(WorkItem.AreSame([one, other], [one with { Cycles = [new(1)] }, other]));
        Assert.False(WorkItem.AreSame([one, other], [one, one]));
        Assert.False(WorkItem.AreSame([one], [one, other]));
        Assert.False(WorkItem.AreSame([one], []));
        Assert.False(WorkItem.AreSame([one], [one with { Cycles = [new(2)] }]));
        Assert.False(WorkItem.AreSame([one], [one with { Reason = "balance" }]));
    }

    [Fact]
    public void Finance_decides_what_is_before_the_unknown_and_engineers_the_rest()
    {
        Assert.Equal(WorkKind.SetAside, WorkKinds.Of(WorkAudience.Finance)[^1]);
        Assert.Equal(WorkKind.Unknown, WorkKinds.Of(WorkAudience.Engineers)[0]);
    }
}
