using Autopay.Application.Ports.Provider;
using Autopay.Payments;

namespace Autopay.Tests.App.Payments;

/// <summary>Refunds through Stripe.net and the sandbox, in our words.</summary>
public sealed class RefundsTests
{
    [Fact]
    public async Task A_refund_is_made_once_under_its_key_and_listed_with_its_number()
    {
        await using var adapter = await Adapter.StartAsync();
        var (refunds, intent) = (new StripeRefundProvider(adapter.Provider), await CollectedAsync(adapter));

        var first = Given(await refunds.CreateRefundAsync(NewRefund(1500), intent));
        var again = Given(await refunds.CreateRefundAsync(NewRefund(1500), intent));
        var listed = Assert.Single((await refunds.ListRefundsAsync(intent))!);

        Assert.Equal(
            (first.RefundId, 1500L, RefundState.Sent, 1),
            (again.RefundId, listed.Amount.Cents, listed.State, listed.Number)
        );
        Assert.Equal(1500, Adapter.Reading(await adapter.Provider.ReadAsync(intent)).Refunded.Cents);
    }

    [Fact]
    public async Task More_than_is_left_is_rejected_and_other_content_under_the_same_key_is_misuse()
    {
        await using var adapter = await Adapter.StartAsync();
        var (refunds, intent) = (new StripeRefundProvider(adapter.Provider), await CollectedAsync(adapter));

        Assert.IsType<ProviderAnswer.Rejected>(await refunds.CreateRefundAsync(NewRefund(5001), intent));
        Given(await refunds.CreateRefundAsync(NewRefund(5000) with { Number = 2 }, intent));
        Assert.IsType<ProviderAnswer.KeyMisused>(
            await refunds.CreateRefundAsync(NewRefund(1) with { Number = 2 }, intent)
        );
    }

    private static async Task<string> CollectedAsync(Adapter adapter)
    {
        var attempt = await adapter.ConfirmedAsync();
        adapter.Control.AnswerNow(attempt.IntentId);
        return attempt.IntentId!;
    }

    private static RefundReading Given(ProviderAnswer answer) => Assert.IsType<ProviderAnswer.Given>(answer).Refund;

    private static Refund NewRefund(long cents) =>
        new()
        {
            Debit = Adapter.NewAttempt().Debit,
            Number = 1,
            RequestId = "RF-1",
            Kind = RefundKind.Refund,
            Amount = new Money(cents),
            Why = "test",
            RequestedOn = default,
            KeyAt = default,
            TouchedAt = default,
        };
}
