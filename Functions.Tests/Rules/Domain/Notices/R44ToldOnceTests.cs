using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R44: nobody is told the same twice, nor of what did not happen.</summary>
public sealed class R44ToldOnceTests
{
    private const string Kim = "kim@customer.example";
    private static readonly Policies Answering = new() { TellCollected = true, TellNotCollected = true };

    private static AccountScenario GivenKim(Policies policies, string? email = Kim, string? card = null) =>
        GivenAnAccount(policies: policies)
            .WhenTheAccountsFileSays(it => it with { Email = email, CardExpires = card is null ? null : Day(card) });

    private static AccountScenario GivenJanuary(Policies policies, string? email = Kim) =>
        GivenKim(policies, email).WhenABillIsImported("jan", 5_000);

    private static NoticeKind[] KindsOf(AccountScenario account, int debit = 1) =>
        [.. account.Debit(debit).Notices.Select(notice => notice.Kind)];

    private static AccountScenario Looked(AccountScenario account, string day, string time = "05:00") =>
        account.On(day, time).WhenEvaluated();

    private static AccountScenario Sent(AccountScenario account, long cents = 5_000, string day = "2020-01-22") =>
        account.Do(
            new RecordNoticeSent(
                account.Debit(1).Id,
                account.Debit(1).Notices.Single(notice => notice.IsWaiting).Number,
                NoticeChannel.Email,
                account.Now.Today,
                new Money(cents),
                Day(day),
                "m",
                account.Now
            )
        );

    [Fact]
    public void R44_A_yes_is_told_once_on_its_day()
    {
        var collected = GivenJanuary(Answering).WhenTheRunComesFor("jan").TheBankSaysYes();
        Assert.Equal([NoticeKind.Collected], KindsOf(Sent(collected).WhenEvaluated()));
    }

    [Fact]
    public void R44_What_ended_without_money_was_not_collected_and_is_not_told_as_if() =>
        Assert.Empty(KindsOf(GivenJanuary(Answering).WhenABillIsSkipped("jan").ThenDebit(1, DebitState.Cancelled)));

    [Fact]
    public void R44_A_no_is_told_once_and_after_a_reminder_too()
    {
        var account = GivenJanuary(Answering with { RemindDaysBefore = 3 });
        Sent(Looked(account, "2020-01-20")).WhenTheRunComesFor("jan").TheBankSaysNo("R01");
        Assert.Equal([NoticeKind.Reminder, NoticeKind.NotCollected], KindsOf(account));
        Assert.Equal([NoticeKind.Reminder, NoticeKind.NotCollected], KindsOf(Sent(account).WhenEvaluated()));
    }

    [Fact]
    public void R44_An_address_that_comes_a_day_later_is_told_nothing_of_the_day_before()
    {
        Assert.Empty(KindsOf(WithAnAddress(GivenJanuary(Answering, null).WhenTheRunComesFor("jan").TheBankSaysYes())));
        Assert.Empty(
            KindsOf(WithAnAddress(GivenJanuary(Answering, null).WhenTheRunComesFor("jan").TheBankSaysNo("R01")))
        );

        static AccountScenario WithAnAddress(AccountScenario account) =>
            account.On("2020-01-23", "07:00").WhenTheAccountsFileSays(it => it with { Email = Kim }).WhenEvaluated();
    }

    // More than before, told by the bill two weeks ahead: on its day it is told, although not for today.
    [Fact]
    public void R44_What_will_have_been_told_by_its_day_waits_for_nothing()
    {
        var account = GivenJanuary(new Policies { NoticeClock = NoticeClockMode.Enforce })
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .On("2020-02-06", "07:00")
            .WhenABillIsImported("feb", 6_000);
        var (debit, today) = (account.Debit(2), account.Now.Today);
        Assert.False(Noticing.Waits(account.Ledger, debit, account.Controls, today));
        Assert.Null(Noticing.WhatIsMissing(account.Ledger, debit, account.Controls, today));
    }

    // 57.00 were told, of a day that is too far away, or too near, to be lawful.
    [Theory]
    [InlineData("2020-06-30", 0)]
    [InlineData("2020-01-13", 0)]
    [InlineData("2020-01-12", 1)]
    public void R44_Exactly_what_was_told_for_today_or_later_is_not_told_again(string day, int again)
    {
        var account = GivenJanuary(new Policies { NoticeClock = NoticeClockMode.Enforce });
        account = Sent(account.WhenABillIsAdjusted("jan", 700), 5_700, day).WhenEvaluated();
        Assert.Equal(1 + again, account.Debit(1).Notices.Count);
    }

    [Fact]
    public void R44_A_notice_that_failed_leaves_the_one_before_it_told()
    {
        var account = GivenJanuary(new Policies { NoticeClock = NoticeClockMode.Enforce });
        Sent(account.WhenABillIsAdjusted("jan", 700), 5_700, "2020-01-24").WhenABillIsAdjusted("jan", 100);
        account.Do(new RecordNoticeFailed(account.Debit(1).Id, 2, "550", account.Now));
        Assert.Equal(NoticeState.Sent, account.Debit(1).Notices[0].State);
        Assert.Equal(NoticeState.Failed, account.Debit(1).Notices[1].State);
    }

    [Fact]
    public void R44_A_person_drops_a_notice_that_waits_and_no_other()
    {
        var account = GivenJanuary(new Policies { NoticeClock = NoticeClockMode.Enforce });
        account.WhenABillIsAdjusted("jan", 700).Do(Drop(1));
        Assert.Equal(["paid at the counter"], account.LastEvents.OfType<NoticeDropped>().Select(it => it.Reason));
        account.Do(Drop(7)).ThenNothingHappened();

        DropNotice Drop(int number) => new(account.Debit(1).Id, number, "paid at the counter", account.Now);
    }
}
