using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>What may be given back once, until when, and for how long its debit stays. Collected Tue Jan 28.</summary>
public sealed class RefundLimitsTests
{
    private static AccountScenario GivenCollected() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysYes()
            .ThenDebits(Collected);

    // Six that closed are enough to leave together: the five others were paid in cash, and closed a day before.
    private static AccountScenario GivenSixClosed()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000);
        foreach (var number in Enumerable.Range(3, 5))
        {
            account
                .WhenABillIsImported($"paid-{number}", 1_000 + number, due: $"2020-01-2{number}")
                .WhenAPaymentIsPosted($"p-{number}", 1_000 + number, $"paid-{number}");
        }

        return account
            .WhenTheRunComesFor("jan")
            .WhenTheRunComes("2020-01-27")
            .On("2020-01-28", "05:00")
            .TheBankSaysYes();
    }

    [Fact]
    public void A_request_whose_refund_failed_is_not_made_again_under_the_same_id()
    {
        var account = GivenCollected().Refunded("r1", 1_000).RefundFails(1).Refunded("r1", 1_000).ThenNothingHappened();
        account.ThenRefused("other content", it => it.Refunded("r1", 2_000));

        account.Refunded("r2", 1_000).ThenBill("jan", open: 1_000, collected: 4_000);

        Assert.Equal([RefundState.Failed, RefundState.Requested], account.Debit(1).Refunds.Select(it => it.State));
    }

    [Fact]
    public void On_the_fifth_banking_day_a_debit_can_still_be_reversed() =>
        GivenCollected().On("2020-02-04", "23:59").Reversed("r1").ThenBill("jan", open: 5_000);

    [Fact]
    public void On_the_sixth_banking_day_it_can_only_be_refunded() =>
        GivenCollected()
            .On("2020-02-05", "00:00")
            .ThenRefused("banking days of a reversal are over", it => it.Reversed("r1"))
            .Refunded("r1", 5_000)
            .ThenBill("jan", open: 5_000);

    [Fact]
    public void What_is_partly_given_back_can_no_longer_be_reversed() =>
        GivenCollected()
            .Refunded("r1", 1_000)
            .ThenRefused("part of debit", it => it.Reversed("r2"))
            .RefundFails(1)
            .Reversed("r2")
            .ThenBill("jan", open: 5_000);

    [Fact]
    public void What_has_partly_come_back_can_no_longer_be_reversed() =>
        GivenCollected()
            .MoneyComesBack(1, 1_000, endsMandate: false)
            .ThenRefused("part of debit", it => it.Reversed("r1"));

    [Fact]
    public void No_more_is_given_back_than_is_left_after_a_return() =>
        GivenCollected()
            .MoneyComesBack(1, 1_000, endsMandate: false)
            .ThenRefused("is left", it => it.Refunded("r1", 4_001))
            .Refunded("r1", 4_000)
            .ThenBill("jan", open: 5_000);

    [Fact]
    public void What_was_collected_too_much_and_pays_another_bill_cannot_be_given_back() =>
        GivenCollected()
            .WhenABillIsImported("feb", 6_000)
            .WhenABillIsAdjusted("jan", -3_000)
            .ThenBill("feb", open: 3_000, paid: 3_000)
            .ThenRefused("only 20.00 of debit", it => it.Refunded("r1", 5_000))
            .Refunded("r1", 2_000)
            .ThenBill("jan", open: 2_000);

    [Fact]
    public void Of_a_debit_that_nobody_has_given_a_number_it_may_come_yet_and_of_an_old_one_it_is_too_late()
    {
        static void ThenNotThere(AccountScenario account, string debit) =>
            account.ThenRefused<NotYetKnownException>("has no debit", it => Ask(it, debit));
        static AccountScenario Ask(AccountScenario account, string debit) =>
            account.Do(
                new RequestRefund(DebitId.From(debit), "r1", RefundKind.Refund, null, "billed wrongly", account.Now)
            );
        var account = GivenCollected().On("2021-07-01").WhenEvaluated().ThenDebits();

        ThenNotThere(account, "10-0001-1-0002");
        ThenNotThere(account, "10-0001-2-0001");
        ThenNotThere(account, "10-0002-1-0001");
        account.ThenRefused("closed too long ago", it => Ask(it, "10-0001-1-0001"));
    }

    [Fact]
    public void A_debit_is_given_back_for_120_days_whether_it_has_left_the_row_or_not()
    {
        GivenCollected().On("2020-05-27", "23:58").Refunded("r1", 1_000).Refunded("r2", 1_000);

        var account = GivenCollected()
            .Refunded("r1", 1_000)
            .RefundIs(1, RefundState.Paid)
            .On("2020-05-28", "00:01")
            .WhenEvaluated();
        Assert.Empty(account.Archived);
        account
            .ThenRefused("closed too long ago", it => it.Refunded("r2", 1_000))
            .Refunded("r1", 1_000)
            .ThenNothingHappened();
    }

    [Theory]
    [InlineData(RefundState.Requested)]
    [InlineData(RefundState.Unknown)]
    [InlineData(RefundState.Sent)]
    public void A_debit_with_an_open_refund_is_not_archived(RefundState state)
    {
        var account = GivenSixClosed().On("2020-05-27", "23:58").Refunded("r1", 1_000);
        account = state switch
        {
            RefundState.Unknown => account.Do(new DelayRefund(account.Debit(1).Id, 1, "timed out", account.Now)),
            RefundState.Sent => account.RefundIs(1, state),
            _ => account,
        };
        Assert.Equal(state, account.Debit(1).RefundOf(1).State);

        account.On("2020-05-28", "00:01").WhenEvaluated();
        Assert.Empty(account.Archived);

        account.RefundIs(1, RefundState.Failed).WhenEvaluated().ThenDebits().ThenBill("jan", open: 0, collected: 5_000);
        Assert.Equal(6, account.Archived.Count);
    }

    [Fact]
    public void A_debit_whose_refund_was_paid_is_archived_as_any_other()
    {
        var account = GivenCollected().Refunded("r1", 1_000).RefundIs(1, RefundState.Paid);

        Assert.Empty(account.On("2021-05-27", "09:00").WhenEvaluated().Archived);
        Assert.Single(account.On("2021-05-28", "09:00").WhenEvaluated().Archived);
    }
}
