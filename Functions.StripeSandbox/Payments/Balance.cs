using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>The lines of the Stripe balance, with Stripe's list prices: ACH 0.8 % up to $5, cards 2.9 % + 30 cents, $15 a dispute.</summary>
internal sealed class Balance(SandboxState state, SandboxClock clock)
{
    private const long LargestAchFee = 500;
    private const long DisputeFee = 1500;
    private static readonly TimeSpan CardFundsAfter = TimeSpan.FromDays(2);

    public BalanceTransaction Charged(Charge charge) => charge.IsCard
        ? Add("charge", "charge", charge.Id, charge.Amount, charge.Currency, (charge.Amount * 29 / 1000) + 30, CardFundsAfter)
        : Add("payment", "charge", charge.Id, charge.Amount, charge.Currency, Math.Min(LargestAchFee, charge.Amount * 8 / 1000), TimeSpan.Zero);

    public BalanceTransaction Refunded(Charge charge, string refund, long amount) =>
        Add(charge.IsCard ? "refund" : "payment_refund", "refund", refund, -amount, charge.Currency, 0, TimeSpan.Zero);

    public BalanceTransaction Disputed(Charge charge, string dispute) =>
        Add("adjustment", "dispute", dispute, -charge.Amount, charge.Currency, charge.IsCard ? DisputeFee : 0, TimeSpan.Zero);

    public BalanceTransaction Reinstated(Dispute dispute) =>
        Add("adjustment", "dispute_reversal", dispute.Id, dispute.Amount, dispute.Currency, 0, TimeSpan.Zero);

    private BalanceTransaction Add(string type, string category, string source, long amount, string currency, long fee, TimeSpan available) =>
        state.BalanceTransactions.Put(new BalanceTransaction
        {
            Id = Ids.New("txn"),
            Amount = amount,
            AvailableOn = (clock.Now + available).ToUnixTimeSeconds(),
            Created = clock.UnixNow,
            Currency = currency,
            Fee = fee,
            FeeDetails = fee == 0 ? [] : [new FeeDetail(fee, null, currency, "Stripe processing fees", "stripe_fee")],
            Net = amount - fee,
            ReportingCategory = category,
            Source = source,
            Status = available > TimeSpan.Zero ? "pending" : "available",
            Type = type,
        });
}
