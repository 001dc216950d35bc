using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;

namespace Autopay.Application.Receipts;

/// <summary>One deposit of the bank statement, and what of our receipts is inside it; cents.</summary>
/// <param name="AddsUp">The lines less the fees are the deposit, to the cent.</param>
/// <param name="Unmatched">Lines that no receipt of ours tells of, in words.</param>
public sealed record PayoutTie(
    string Payout,
    DateOnly ArrivesOn,
    string Status,
    long DepositCents,
    long CollectedCents,
    long ReturnedCents,
    long RefundedCents,
    long OtherCents,
    long FeeCents,
    bool AddsUp,
    IReadOnlyList<string> Unmatched
)
{
    public bool Ties => AddsUp && Unmatched.Count == 0;
}

/// <summary>The deposits of some days, and the sums of them; cents.</summary>
public sealed record PayoutTies(DateOnly From, DateOnly To, PayoutTotals Totals, IReadOnlyList<PayoutTie> Payouts)
{
    public static PayoutTies Of(DateOnly from, DateOnly to, IReadOnlyList<PayoutTie> ties) =>
        new(from, to, PayoutTotals.Of(ties), ties);
}

/// <param name="DoNotTie">Deposits that somebody has to look at.</param>
public sealed record PayoutTotals(
    int Payouts,
    long DepositCents,
    long CollectedCents,
    long ReturnedCents,
    long RefundedCents,
    long OtherCents,
    long FeeCents,
    int DoNotTie
)
{
    public static PayoutTotals Of(IReadOnlyList<PayoutTie> ties) =>
        new(
            ties.Count,
            ties.Sum(tie => tie.DepositCents),
            ties.Sum(tie => tie.CollectedCents),
            ties.Sum(tie => tie.ReturnedCents),
            ties.Sum(tie => tie.RefundedCents),
            ties.Sum(tie => tie.OtherCents),
            ties.Sum(tie => tie.FeeCents),
            ties.Count(tie => !tie.Ties)
        );
}

/// <summary>From our receipts over the provider's payouts to the deposits on the city's bank statement.</summary>
public sealed class TiePayouts(IPayoutRecords payouts, ReadReceipts receipts)
{
    /// <summary>
    /// ACH money is paid out some days after it was collected; a return may concern a debit of two months ago.
    /// </summary>
    private const int ReceiptsFromDaysBefore = 90;

    /// <exception cref="ProviderAwayException">The payouts could not be read whole.</exception>
    public async Task<IReadOnlyList<PayoutTie>> RunAsync(DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var ours = (await receipts.SinceAsync(from.AddDays(-ReceiptsFromDaysBefore), cancel)).All.ToLookup(line =>
            line.Intent
        );
        var found = await payouts.ReadPayoutsAsync(from, to, cancel);
        var unmatched = found
            .SelectMany(payout => payout.Lines)
            .GroupBy(line => line.IntentId ?? "")
            .SelectMany(intent => UnmatchedLines.Of(intent, ours[intent.Key]))
            .ToHashSet<PayoutLine>(ReferenceEqualityComparer.Instance);
        return [.. found.OrderBy(payout => payout.ArrivesOn).Select(payout => Tie(payout, unmatched))];
    }

    private static PayoutTie Tie(ProviderPayout payout, HashSet<PayoutLine> unmatched)
    {
        long Sum(PayoutLineKind kind) => payout.Lines.Where(line => line.Kind == kind).Sum(line => line.AmountCents);
        var fees = payout.Lines.Sum(line => line.FeeCents);
        return new PayoutTie(
            payout.Id,
            payout.ArrivesOn,
            payout.Status,
            payout.AmountCents,
            Sum(PayoutLineKind.Charge),
            Sum(PayoutLineKind.Dispute),
            Sum(PayoutLineKind.Refund),
            Sum(PayoutLineKind.Other),
            fees,
            payout.Lines.Sum(line => line.AmountCents) - fees == payout.AmountCents,
            [.. payout.Lines.Where(unmatched.Contains).Select(Describe)]
        );
    }

    private static string Describe(PayoutLine line) =>
        $"{line.Kind} {line.SourceId} of {new Money(line.AmountCents)}, intent {line.IntentId ?? "none"}";
}
