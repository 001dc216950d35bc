using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>What the billing system is told of money that goes back, and of money that did not go after all.</summary>
public sealed class RefundReceiptsTests
{
    private static AccountScenario GivenCollected() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysYes()
            .ThenDebits(Collected);

    [Fact]
    public void A_request_tells_nothing_before_the_provider_has_it() =>
        GivenCollected().Refunded("r1", 1_500).ThenReceipts();

    [Theory]
    [InlineData(RefundState.Sent)]
    [InlineData(RefundState.Paid)]
    public void A_refund_that_fails_after_it_was_told_is_told_back(RefundState before) =>
        GivenCollected()
            .Refunded("r1", 1_500)
            .RefundIs(1, before)
            .ThenReceipts(Told(ReceiptKind.Refunded, "jan", -1_500))
            .RefundIs(1, RefundState.Failed)
            .ThenReceipts(Told(ReceiptKind.Refunded, "jan", 1_500));

    [Fact]
    public void A_refund_that_fails_before_it_was_told_tells_nothing() =>
        GivenCollected().Refunded("r1", 1_500).RefundFails(1).ThenReceipts();

    [Fact]
    public void A_refund_is_told_once_however_often_the_provider_repeats_itself() =>
        GivenCollected()
            .Refunded("r1", 1_500)
            .RefundIs(1, RefundState.Sent)
            .RefundIs(1, RefundState.Sent)
            .ThenReceipts()
            .RefundIs(1, RefundState.Paid)
            .ThenReceipts()
            .RefundIs(1, RefundState.Failed)
            .RefundIs(1, RefundState.Failed)
            .ThenReceipts();

    [Fact]
    public void A_reversal_is_told_as_one_and_so_is_its_failure() =>
        GivenCollected()
            .Reversed("r1")
            .RefundIs(1, RefundState.Sent)
            .ThenReceipts(Told(ReceiptKind.Reversed, "jan", -5_000))
            .RefundIs(1, RefundState.Failed)
            .ThenReceipts(Told(ReceiptKind.Reversed, "jan", 5_000));

    [Fact]
    public void What_goes_out_of_credit_is_told_without_a_bill_and_comes_back_so() =>
        GivenCollected()
            .WhenABillIsAdjusted("jan", -1_000)
            .Refunded("r1", 1_500)
            .RefundIs(1, RefundState.Sent)
            .ThenReceipts(Told(ReceiptKind.Refunded, "jan", -500), Told(ReceiptKind.Refunded, null, -1_000))
            .RefundIs(1, RefundState.Failed)
            .ThenReceipts(Told(ReceiptKind.Refunded, "jan", 500), Told(ReceiptKind.Refunded, null, 1_000));

    private static Receipt Told(ReceiptKind kind, string? bill, long cents) =>
        new(
            kind,
            new DateOnly(2020, 1, 28),
            bill is null ? null : new BillId(bill),
            new DebitId(new AccountId("10-0001"), 1, 1),
            new Money(cents),
            "in-10-0001-1-0001-1",
            "re-1"
        );
}
