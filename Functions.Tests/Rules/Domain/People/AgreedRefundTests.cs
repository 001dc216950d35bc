using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>Two people for a refund over the city's limit.</summary>
public sealed class AgreedRefundTests
{
    private static readonly DateTimeOffset Monday = new(2020, 1, 20, 15, 0, 0, TimeSpan.Zero);

    private static readonly RefundAgreed Refund = new(
        DebitId.From("A-1-1-0001"),
        "RF-1",
        RefundKind.Refund,
        new Money(25_000),
        new Money(1_500)
    );

    private static readonly Controls Asked = new Controls().Change(
        new ApprovalAsked("a", Refund),
        By("city|ann", Monday)
    );

    [Fact]
    public void Both_are_shown_the_amount_the_debit_and_what_is_given_back_of_it_in_all() =>
        Assert.Equal(
            "$250.00 of debit A-1-1-0001 goes back to the customer, Refund RF-1. With it $265.00 of that debit is "
                + "given back.",
            Asked.Approvals[0].Shown
        );

    [Fact]
    public void Who_asked_for_a_refund_cannot_approve_it() =>
        Assert.Throws<AnotherPersonException>(() => Give(Asked, "CITY|Ann", Monday));

    [Fact]
    public void An_approved_refund_is_to_do_until_it_has_ended_and_ends_once()
    {
        var approved = Give(Asked, "city|bob", Monday.AddHours(1));
        Assert.True(approved.Approvals[0].IsToDo);

        var ended = approved.Change(new AgreedActEnded("a", "requested"), By("app", Monday.AddHours(1)));
        var again = ended.Change(new AgreedActEnded("a", "refused"), By("app", Monday.AddHours(2)));

        Assert.Equal((false, "requested"), (ended.Approvals[0].IsToDo, ended.Approvals[0].Outcome));
        Assert.Same(ended, again);
    }

    [Fact]
    public void An_approved_refund_is_not_forgotten_however_long_nobody_does_it()
    {
        var approved = Give(Asked, "city|bob", Monday.AddHours(1));

        var later = approved.Change(
            new ApprovalAsked("b", Refund with { RequestId = "RF-2" }),
            By("city|ann", Monday.AddDays(3))
        );

        Assert.Equal(["a", "b"], later.Approvals.Select(approval => approval.Id));
    }

    [Fact]
    public void A_rejected_refund_is_not_to_do() =>
        Assert.False(Asked.Change(new ApprovalRejected("a"), By("city|bob", Monday.AddHours(1))).Approvals[0].IsToDo);

    [Fact]
    public void A_yes_to_a_refund_moves_no_debit() =>
        Assert.Equal(Asked.AccountsVersion, Give(Asked, "city|bob", Monday.AddHours(1)).AccountsVersion);

    // Two that were each within the limit when they were asked for.
    [Fact]
    public void The_limit_is_about_all_that_is_given_back_of_a_debit()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysYes()
            .Refunded("r1", 1_000);

        account.ThenRefused("second person", it => it.Do(Alone(it, 1_501)));
        account.Do(Alone(account, 1_500));

        Assert.Equal(2_500, account.Debit(1).Refunded.Cents);
    }

    private static RequestRefund Alone(AccountScenario account, long cents) =>
        new(account.Debit(1).Id, "r2", RefundKind.Refund, new Money(cents), "billed wrongly", account.Now)
        {
            MostAlone = new Money(2_500),
        };

    private static Controls Give(Controls controls, string person, DateTimeOffset at) =>
        controls.Change(new ApprovalGiven("a", controls.Approvals[0].Hash), By(person, at));

    private static Authority By(string person, DateTimeOffset at) => new(person, "Estimated reading", at);
}
