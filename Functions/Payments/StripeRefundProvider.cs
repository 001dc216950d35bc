using System.Globalization;
using Autopay.Application.Ports.Provider;
using Stripe;
using Refund = Autopay.Domain.Ledger.Refund;

namespace Autopay.Payments;

/// <summary>
/// Refunds at Stripe, through the same rate and breaker as the charges. Stripe knows no reversal of its own: it is a
/// refund of everything.
/// </summary>
public sealed class StripeRefundProvider(StripePaymentProvider provider) : IRefundProvider
{
    private const int MostListed = 100;

    public Task<ProviderAnswer> CreateRefundAsync(Refund refund, string intentId) =>
        provider.AskAsync(
            "refund",
            async () =>
                new ProviderAnswer.Given(
                    ToReading(
                        await provider.Refunds.CreateAsync(
                            new RefundCreateOptions
                            {
                                PaymentIntent = intentId,
                                Amount = refund.Amount.Cents,
                                Metadata = new Dictionary<string, string>
                                {
                                    ["account_id"] = refund.Debit.Account.Value,
                                    ["debit_id"] = refund.Debit.Value,
                                    ["refund"] = refund.Number.ToString(CultureInfo.InvariantCulture),
                                    ["environment"] = provider.Environment,
                                    ["request_id"] = refund.RequestId,
                                    ["kind"] = refund.Kind.ToString(),
                                },
                            },
                            new RequestOptions { IdempotencyKey = refund.Key }
                        )
                    )
                )
        );

    public async Task<IReadOnlyList<RefundReading>?> ListRefundsAsync(string intentId)
    {
        var answer = await provider.AskAsync(
            "refunds",
            async () =>
            {
                List<RefundReading> found = [];
                await foreach (
                    var refund in provider.EachAsync(
                        "refunds",
                        new RefundListOptions { PaymentIntent = intentId, Limit = MostListed },
                        it => provider.Refunds.ListAsync(it)
                    )
                )
                {
                    found.Add(ToReading(refund));
                }

                return new ProviderAnswer.Had<IReadOnlyList<RefundReading>>(found);
            }
        );
        return (answer as ProviderAnswer.Had<IReadOnlyList<RefundReading>>)?.What;
    }

    private RefundReading ToReading(Stripe.Refund refund) =>
        new(
            refund.Id,
            refund.PaymentIntentId,
            new Money(refund.Amount),
            StripeOutcomes.StateOf(refund),
            int.TryParse(Ours(refund, "refund"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null,
            refund.Metadata?.GetValueOrDefault("debit_id")
        )
        {
            RequestId = Ours(refund, "request_id"),
            Kind = Enum.TryParse<RefundKind>(Ours(refund, "kind"), out var kind) ? kind : RefundKind.Refund,
        };

    private string? Ours(Stripe.Refund refund, string name) =>
        refund.Metadata?.GetValueOrDefault("environment") == provider.Environment
            ? refund.Metadata.GetValueOrDefault(name)
            : null;
}
