using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>I25: which debits ask for a release, and for how long a release lets them go.</summary>
public sealed class ReleaseNeedTests
{
    private static readonly Policies Parts = new() { BillShock = BillShockMode.Split };

    // January is held; a later due date is not.
    private static AccountScenario HeldJanuary(Policies? policies = null, long? cap = null, bool releases = true) =>
        GivenAnAccount(cap: cap, policies: policies, releases: releases)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan");

    // 40 cents of January are left, and go with February.
    private static AccountScenario Carried(Policies? policies = null, long? cap = null) =>
        HeldJanuary(policies, cap)
            .WhenABillIsImported("feb", 6_001)
            .WhenAPaymentIsPosted("p", 4_960, "jan")
            .On("2020-01-24", "06:00")
            .WhenFinanceClears(1)
            .ThenMergedInto(1, 2);

    [Fact]
    public void I25_What_no_hold_was_about_goes_in_parts_without_a_release() =>
        GivenAnAccount(cap: 7_000, policies: Parts, releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 5_501)
            .TheBankSaysYes()
            .WhenTheRunComes("2020-03-18")
            .ThenAsked(3, 5_500);

    [Fact]
    public void I25_When_the_bill_that_was_held_is_paid_the_one_beside_it_needs_no_release() =>
        HeldJanuary()
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .On("2020-02-19", "05:00")
            .WhenFinanceClears(1)
            .WhenAPaymentIsPosted("p", 5_000, "jan")
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 6_001);

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void I25_What_was_carried_asks_for_a_release_once_it_is_fifty_cents(long more, bool goes)
    {
        var account = Carried().WhenABillIsAdjusted("jan", more).WhenTheRunComesFor("feb");
        Assert.Equal(goes ? [6_050] : [], account.Debit(2).Attempts.Select(attempt => attempt.Amount.Cents));
    }

    [Fact]
    public void I25_A_part_of_what_a_remainder_was_carried_into_needs_none_either() =>
        Carried(Parts, cap: 7_000)
            .WhenFinanceMerges("feb")
            .WhenABillIsImported("mar", 5_000)
            .ThenMergedInto(2, 3)
            .WhenTheRunComesFor("mar")
            .ThenAsked(3, 5_521)
            .TheBankSaysYes()
            .WhenTheRunComes("2020-04-15")
            .ThenLines(4, "feb:part-2", "mar:part-2")
            .ThenAsked(4, 5_520);

    [Fact]
    public void R18_What_is_left_of_a_refused_retry_needs_no_other_release_whatever_was_sent_beside_it() =>
        GivenAnAccount(releases: true)
            .WhenABillIsImported("dec", 3_000, "2020-01-15")
            .WhenTheRunComes("2020-01-15")
            .TheBankSaysYes()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-01-24", "06:00")
            .WhenFinanceClears(1)
            .WhenTwoPeopleRelease()
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .TheBankSaysNo("R01")
            .WhenAPaymentIsPosted("p", 1_000)
            .ThenDebit(2, Superseded)
            .WhenTheRunComes("2020-01-31")
            .ThenAsked(3, 4_000);

    [Fact]
    public void I25_An_attempt_says_under_which_release_it_leaves_and_where_none_was_asked_for()
    {
        var cleared = HeldJanuary(releases: false).On("2020-01-24", "06:00").WhenFinanceClears(1);
        Assert.Equal(
            ReleaseGrant.NotAskedFor(new Money(5_000), cleared.Ledger.Enrolment!),
            cleared.Debit(1).LastAttempt!.Grant
        );

        var released = HeldJanuary().On("2020-01-24", "06:00").WhenFinanceClears(1).WhenTwoPeopleRelease();
        Assert.Equal("R-1", released.Debit(1).LastAttempt!.Grant!.Release);

        var neverHeld = GivenAnAccount(releases: true).WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan");
        Assert.Null(neverHeld.Debit(1).LastAttempt!.Grant);
    }

    // It is let go on a Saturday, to leave on the Monday.
    [Theory]
    [InlineData("2020-02-25", true)]
    [InlineData("2020-02-26", false)]
    public void What_is_let_go_on_a_day_without_banking_has_the_next_two_banking_days(string resumed, bool goes)
    {
        var account = HeldJanuary().On("2020-02-22", "10:00").WhenFinanceClears(1).WhenTwoPeopleRelease();
        account.WhenFinanceHalts().On("2020-02-24").WhenEvaluated().On(resumed, "10:00").WhenFinanceResumes();
        account.ThenDebit(1, goes ? Charging : Scheduled, goes ? "" : "it did not leave in time");
    }

    [Fact]
    public void R44_What_waits_for_its_notice_is_let_go_until_its_customer_has_had_the_days_of_notice()
    {
        var account = HeldJanuary(new Policies { NoticeClock = NoticeClockMode.Enforce })
            .On("2020-02-20", "06:00")
            .WhenFinanceClears(1)
            .WhenTwoPeopleRelease();
        account.Do(
            new RecordNoticeSent(
                account.Debit(1).Id,
                account.Debit(1).Notices.Single().Number,
                NoticeChannel.Email,
                Day("2020-02-20"),
                new Money(5_000),
                Day("2020-02-27"),
                "m",
                account.Now
            )
        );
        account.WhenTheRunComes("2020-02-26").ThenDebit(1, Scheduled).WhenTheRunComes("2020-02-27").ThenAsked(1, 5_000);
    }
}
