using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Stripe;
using Refund = Stripe.Refund;

namespace Autopay.Payments;

/// <summary>Stripe's payouts and the balance lines inside them; the dates are Stripe's (UTC).</summary>
public sealed class StripePayoutRecords(StripePaymentProvider provider) : IPayoutRecords
{
    private const int PageSize = 100;
    private const string Balance = "balance";

    public async Task<IReadOnlyList<ProviderPayout>> ReadPayoutsAsync(
        DateOnly from,
        DateOnly to,
        CancellationToken cancel
    )
    {
        var answer = await provider.AskAsync(
            "payouts",
            async () =>
            {
                List<ProviderPayout> found = [];
                await foreach (
                    var payout in provider.EachAsync(
                        "payouts",
                        Between(from, to),
                        it => provider.Payouts.ListAsync(it, cancellationToken: cancel)
                    )
                )
                {
                    if (DateOnly.FromDateTime(payout.ArrivalDate) is var day && day >= from && day <= to)
                    {
                        found.Add(
                            new ProviderPayout(
                                payout.Id,
                                day,
                                payout.Status,
                                payout.Amount,
                                await LinesAsync(payout, cancel)
                            )
                        );
                    }
                }

                return new ProviderAnswer.Had<IReadOnlyList<ProviderPayout>>(found);
            }
        );
        return answer is ProviderAnswer.Had<IReadOnlyList<ProviderPayout>> { What: var payouts }
            ? payouts
            : throw new ProviderAwayException($"The payouts could not be read: {answer.GetType().Name}.");
    }

    // A payout is made some days before it arrives.
    private static PayoutListOptions Between(DateOnly from, DateOnly to) =>
        new()
        {
            Limit = PageSize,
            Created = new DateRangeOptions
            {
                GreaterThanOrEqual = from.AddDays(-14).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
                LessThanOrEqual = to.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            },
        };

    private async Task<IReadOnlyList<PayoutLine>> LinesAsync(Payout payout, CancellationToken cancel)
    {
        List<PayoutLine> lines = [];
        var options = new BalanceTransactionListOptions
        {
            Payout = payout.Id,
            Limit = PageSize,
            Expand = ["data.source"],
        };
        await provider.NextTurnAsync(Balance);
        await foreach (
            var line in provider.EachAsync(
                Balance,
                options,
                it => provider.Balance.ListAsync(it, cancellationToken: cancel)
            )
        )
        {
            if (line.Type != "payout")
            {
                lines.Add(ToLine(line));
            }
        }

        return lines;
    }

    private static PayoutLine ToLine(BalanceTransaction line) =>
        new(
            line.ReportingCategory switch
            {
                "charge" => PayoutLineKind.Charge,
                "refund" or "refund_failure" => PayoutLineKind.Refund,
                "dispute" or "dispute_reversal" => PayoutLineKind.Dispute,
                _ => PayoutLineKind.Other,
            },
            line.SourceId ?? line.Id,
            IntentOf(line.Source),
            line.Amount,
            line.Fee
        );

    private static string? IntentOf(IBalanceTransactionSource? source) =>
        source switch
        {
            Charge charge => charge.PaymentIntentId,
            Refund refund => refund.PaymentIntentId,
            Dispute dispute => dispute.PaymentIntentId,
            _ => null,
        };
}
