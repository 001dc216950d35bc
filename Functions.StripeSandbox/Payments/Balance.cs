using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>
/// The lines of the Stripe balance, with Stripe's list prices: ACH 0.8 % up to $5, cards 2.9 % + 30 cents, $15 a
/// dispute.
/// </summary>
internal sealed class Balance(SandboxState state, SandboxClock clock)
{
    private const long LargestAchFee = 500;
    private const long DisputeFee = 1500;
    private static readonly TimeSpan CardFundsAfter = TimeSpan.FromDays(2);

    public BalanceTransaction Charged(Charge charge) =>
        charge.IsCard
            ? Add(
                "charge",
                "charge",
                new(charge.Id, charge.Amount, charge.Currency, (charge.Amount * 29 / 1000) + 30, CardFundsAfter)
            )
            : Add(
                "payment",
                "charge",
                new(charge.Id, charge.Amount, charge.Currency, Fee: Math.Min(LargestAchFee, charge.Amount * 8 / 1000))
            );

    public BalanceTransaction Refunded(Charge charge, string refund, long amount) =>
        Add(charge.IsCard ? "refund" : "payment_refund", "refund", new(refund, -amount, charge.Currency));

    public BalanceTransaction Disputed(Charge charge, string dispute) =>
        Add(
            "adjustment",
            "dispute",
            new(dispute, -charge.Amount, charge.Currency, Fee: charge.IsCard ? DisputeFee : 0)
        );

    public BalanceTransaction Reinstated(Dispute dispute) =>
        Add("adjustment", "dispute_reversal", new(dispute.Id, dispute.Amount, dispute.Currency));

    public BalanceTransaction PaidOut(string payout, long amount) =>
        Add("payout", "payout", new(payout, -amount, "usd"));

    private BalanceTransaction Add(string type, string category, Line line) =>
        state.BalanceTransactions.Put(
            new BalanceTransaction
            {
                Id = Ids.New("txn"),
                Amount = line.Amount,
                AvailableOn = (clock.Now + line.AvailableAfter).ToUnixTimeSeconds(),
                Created = clock.UnixNow,
                Currency = line.Currency,
                Fee = line.Fee,
                FeeDetails =
                    line.Fee == 0
                        ? []
                        : [new FeeDetail(line.Fee, null, line.Currency, "Stripe processing fees", "stripe_fee")],
                Net = line.Amount - line.Fee,
                ReportingCategory = category,
                Source = line.Source,
                Status = line.AvailableAfter > TimeSpan.Zero ? "pending" : "available",
                Type = type,
            }
        );

    private sealed record Line(
        string Source,
        long Amount,
        string Currency,
        long Fee = 0,
        TimeSpan AvailableAfter = default
    );
}
