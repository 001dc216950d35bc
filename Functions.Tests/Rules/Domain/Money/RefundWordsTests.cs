using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>Refunds that fail, that the books have forgotten, and of what was never collected.</summary>
public sealed class RefundWordsTests
{
    private static AccountScenario GivenCollected(params (string Bill, long Cents)[] bills) =>
        bills
            .Aggregate(
                GivenAnAccount(),
                (account, bill) => account.WhenABillIsImported(bill.Bill, bill.Cents, due: Due["jan"])
            )
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysYes();

    [Fact]
    public void Of_refunds_that_gave_back_cents_of_one_bill_the_other_one_keeps_it_blocked()
    {
        var account = GivenCollected(("jan", 3_000), ("water", 2_000)).Refunded("r1", 1_000).Refunded("r2", 2_500);
        Assert.StartsWith("Refund of 10.00", account.Bill("water").Blocked!.Reason, StringComparison.Ordinal);
        account.RefundFails(1);
        Assert.StartsWith("Refund of 25.00", account.Bill("water").Blocked!.Reason, StringComparison.Ordinal);

        var one = GivenCollected(("jan", 5_000)).Refunded("r1", 1_000).Refunded("r2", 1_500).RefundFails(1);
        Assert.StartsWith("Refund of 15.00", one.Bill("jan").Blocked!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_was_collected_is_given_back()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan");
        Assert.Equal(0, account.ThenDebit(1, Submitted).Debit(1).Kept.Cents);
        account.ThenRefused("only what was collected can be given back", it => it.Refunded("r1", 100));
    }

    [Theory]
    [InlineData("asked-before", "made before the restore")]
    [InlineData(null, "made at the provider, not here")]
    public void A_refund_that_the_books_have_forgotten_is_known_by_its_own_id_again(string? requestId, string why)
    {
        var account = GivenCollected(("jan", 5_000));
        var debit = account.Debit(1);
        var reading = new RefundReading(
            "re-9",
            debit.Attempted.Intent,
            new Money(1_000),
            RefundState.Paid,
            1,
            debit.Id.Value
        )
        {
            RequestId = requestId,
        };
        account.Do(new RecordRefunds(debit.Id, [reading], account.Now));
        Assert.Equal(
            (requestId ?? "re-9", why),
            (account.Debit(1).Refunds[0].RequestId, account.Debit(1).Refunds[0].Why)
        );
        account.Refunded(requestId ?? "re-9", 1_000).ThenNothingHappened();
    }

    [Fact]
    public void A_debit_that_ended_is_stopped_for_nobody_any_more()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan");
        account.Do(new FlagAttempt(account.Debit(1).Id, 1, Stop: true, "odd", account.Now));
        Assert.True(account.Debit(1).Stopped);
        account.TheBankSaysNo("R08").ThenDebit(1, Uncollected);
        Assert.False(account.Debit(1).Stopped);
    }
}
