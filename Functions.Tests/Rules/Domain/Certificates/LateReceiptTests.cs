using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain.Certificates;

/// <summary>Nothing may contradict "received through": a payment after the clear that does is told.</summary>
public sealed class LateReceiptTests
{
    private static readonly CycleNumber One = new(1);

    [Theory]
    [InlineData("2020-02-19", true)]
    [InlineData("2020-02-18", true)]
    [InlineData("2020-02-20", false)]
    public void A_payment_after_the_clear_is_late_by_the_day_that_was_cleared_through(string received, bool isLate) =>
        Assert.Equal(isLate, LateOf(Cleared("cash").WhenAPaymentIsPosted("P1", 1000, received: received)).Count == 1);

    [Fact]
    public void The_item_names_the_payment_its_day_and_what_was_said()
    {
        var item = Assert.Single(LateOf(Cleared("cash").WhenAPaymentIsPosted("P1", 1000, received: "2020-02-19")));

        Assert.Equal(
            "Payment P1 of 10.00, 2020-02-19 cash, came in after cycle 1 was cleared through 2020-02-19 for cash: are "
                + "other receipts of that drawer missing too?",
            item.Reason
        );
        Assert.Equal((new PaymentId("P1"), 1000, One), (item.Payment, item.Cents!.Value.Cents, item.Cycles.Single()));
    }

    [Fact]
    public void A_channel_of_which_the_clear_says_nothing_is_not_contradicted() =>
        Assert.Empty(LateOf(Cleared("check").WhenAPaymentIsPosted("P1", 1000, received: "2020-02-19")));

    [Fact]
    public void What_came_before_the_clear_or_while_the_cycle_is_open_is_not_late()
    {
        var before = Held().WhenAPaymentIsPosted("P1", 1000, received: "2020-02-19");
        Assert.Empty(LateOf(Clear(before, "cash")));

        var open = Cleared("cash").WhenFinanceReopens(1).WhenAPaymentIsPosted("P2", 1000, received: "2020-02-19");
        Assert.Empty(LateOf(open));
    }

    [Fact]
    public void A_payment_that_was_taken_back_is_no_receipt() =>
        Assert.Empty(
            LateOf(
                Cleared("cash").WhenAPaymentIsPosted("P1", 1000, received: "2020-02-19").WhenAPaymentIsReversed("P1")
            )
        );

    [Fact]
    public void Another_clear_has_taken_it_into_account()
    {
        var late = Cleared("cash").WhenAPaymentIsPosted("P1", 1000, received: "2020-02-19");
        var item = LateOf(late).Single();
        Assert.True(item.Late!.IsInForce(late.Controls));

        Assert.False(item.Late.IsInForce(late.WhenFinanceReopens(1).Controls));
        Assert.False(item.Late.IsInForce(Clear(late.On("2020-02-21", "10:00"), "cash").Controls));
    }

    [Fact]
    public void What_two_people_accepted_is_accepted_and_what_comes_later_is_not()
    {
        var late = Cleared("cash").WhenAPaymentIsPosted("P1", 1000, received: "2020-02-19");
        var first = LateOf(late).Single();
        late.On("2020-02-20", "11:00").Change(Accepted(late, first));
        late.On("2020-02-20", "12:00").WhenAPaymentIsPosted("P2", 500, received: "2020-02-19");

        Assert.Equal(
            [true, false],
            LateOf(late)
                .OrderBy(item => item.Id, StringComparer.Ordinal)
                .Select(it => it.Late!.IsAccepted(late.Controls))
        );
        late.WhenFinanceReopens(1);
        Assert.Null(late.Controls.BacklogOf(One).LateAccepted);
    }

    [Fact]
    public void A_clear_anew_is_not_accepted_with_the_word_about_the_one_before()
    {
        var late = Cleared("cash").WhenAPaymentIsPosted("P1", 1000, received: "2020-02-19");
        var accepted = Accepted(late, LateOf(late).Single());
        Clear(late.WhenFinanceReopens(1).On("2020-02-21", "10:00"), "cash");

        Assert.Throws<RefusedException>(() => late.Change(accepted));
    }

    [Fact]
    public void Other_late_receipts_have_another_hash()
    {
        var one = LateOf(Cleared("cash").WhenAPaymentIsPosted("P1", 1000, received: "2020-02-19"));
        var other = LateOf(Cleared("cash").WhenAPaymentIsPosted("P1", 1001, received: "2020-02-19"));

        Assert.NotEqual(LateReceipts.Of(one).Hash, LateReceipts.Of(other).Hash);
        Assert.NotEqual(LateReceipts.Of(one).Hash, LateReceipts.Of([.. one, .. other]).Hash);
    }

    private static LateReceiptsAccepted Accepted(AccountScenario scenario, params WorkItem[] items) =>
        new(LateReceipts.Of(items), scenario.Controls.ClearedAt(One)!.Value);

    private static List<WorkItem> LateOf(AccountScenario scenario) =>
        [.. scenario.Ledger.Work().Where(item => item.Kind == WorkKind.LateReceipt)];

    private static AccountScenario Cleared(string channel) => Clear(Held(), channel);

    private static AccountScenario Held() =>
        GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5000)
            .WhenFinanceHolds("jan")
            .On("2020-02-20", "10:00");

    private static AccountScenario Clear(AccountScenario scenario, string channel) =>
        scenario.Change(
            new BacklogCleared([One], new Dictionary<string, DateOnly> { [channel] = new DateOnly(2020, 2, 19) })
        );
}
