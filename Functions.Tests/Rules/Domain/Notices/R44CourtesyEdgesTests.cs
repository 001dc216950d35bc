using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R44: the day, the cent and the address that decide whether a customer is told.</summary>
public sealed class R44CourtesyEdgesTests
{
    private const string Kim = "kim@customer.example";
    private static readonly Policies Reminding = new() { RemindDaysBefore = 3 };
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

    [Fact]
    public void R44_Fifty_cents_are_reminded_of_and_less_is_not()
    {
        var fifty = GivenKim(Reminding).WhenABillIsImported("jan", 50);
        Assert.Equal([NoticeKind.Reminder], KindsOf(Looked(fifty, "2020-01-20")));
        var less = GivenKim(Reminding).WhenABillIsImported("jan", 49);
        Assert.Empty(KindsOf(Looked(less, "2020-01-20")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void R44_Nobody_without_an_address_is_told_a_courtesy(string? email)
    {
        var account = Looked(GivenJanuary(Answering with { RemindDaysBefore = 3 }, email), "2020-01-20");
        Assert.Null(Noticing.RemindOn(account.Ledger, account.Debit(1), account.Controls, account.Now.Today));
        Assert.Empty(KindsOf(account.WhenTheRunComesFor("jan").TheBankSaysYes()));
        var refused = GivenJanuary(Answering, email).WhenTheRunComesFor("jan").TheBankSaysNo("R01");
        Assert.Empty(KindsOf(refused));
    }

    [Theory]
    [InlineData("2020-02-18", true)]
    [InlineData("2020-02-19", false)]
    public void R44_A_card_pays_on_its_last_day_and_is_told_of_from_ten_days_before_the_debit(string last, bool told)
    {
        var account = GivenKim(new Policies { TellCardExpires = true }, card: last).WhenABillIsImported("feb", 5_000);
        Assert.Empty(KindsOf(Looked(account, "2020-02-08")));
        Assert.Equal(told ? [NoticeKind.CardExpires] : [], KindsOf(Looked(account, "2020-02-09")));
    }

    [Theory]
    [InlineData(NoticeClockMode.Off)]
    [InlineData(NoticeClockMode.Warn)]
    public void R44_Where_nothing_waits_for_a_notice_a_reminder_is_of_the_debit_s_own_day(NoticeClockMode mode)
    {
        var account = GivenJanuary(Reminding with { NoticeClock = mode }).WhenABillIsAdjusted("jan", 700);
        Assert.Equal([NoticeKind.Reminder], KindsOf(Looked(account, "2020-01-19")));
    }

    [Fact]
    public void R44_On_the_day_itself_it_is_too_late_for_a_reminder()
    {
        var account = GivenKim(Reminding).On("2020-01-22", "05:00").WhenABillIsImported("jan", 5_000).WhenEvaluated();
        Assert.Empty(KindsOf(account));
    }

    [Fact]
    public void R44_A_halt_reminds_nobody_and_a_customer_who_wants_no_reminders_gets_none()
    {
        var halted = Looked(GivenJanuary(Reminding).WhenFinanceHalts(), "2020-01-20");
        Assert.Empty(KindsOf(halted));
        Assert.Equal([NoticeKind.Reminder], KindsOf(halted.WhenFinanceResumes()));

        var declined = GivenJanuary(Reminding);
        declined.Do(new DeclineNotices([NoticeKind.Reminder], "asked", declined.Now));
        Assert.Empty(KindsOf(Looked(declined, "2020-01-20")));
    }

    [Fact]
    public void R44_What_is_declined_is_kept_in_one_order_and_said_twice_it_is_nothing_new()
    {
        var account = GivenJanuary(Reminding);
        account.Do(
            new DeclineNotices(
                [NoticeKind.NotCollected, NoticeKind.Reminder, NoticeKind.NotCollected],
                "asked",
                account.Now
            )
        );
        Assert.Equal([NoticeKind.Reminder, NoticeKind.NotCollected], account.Ledger.DeclinedNotices);
        account
            .Do(new DeclineNotices([NoticeKind.Reminder, NoticeKind.NotCollected], "asked", account.Now))
            .ThenNothingHappened();
    }

    [Fact]
    public void R44_An_account_is_looked_at_on_the_first_day_on_which_a_courtesy_is_due()
    {
        var account = GivenKim(Reminding with { TellCardExpires = true }, card: "2020-01-31")
            .WhenABillIsImported("feb", 5_000);
        Assert.Equal(At("2020-02-09", "06:00").Utc, account.Context().NextEvaluation);
        Looked(account, "2020-02-09", "06:00");
        Assert.Equal(At("2020-02-16", "06:00").Utc, account.Context().NextEvaluation);
    }
}
