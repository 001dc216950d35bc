using Autopay.Application.Ports.Provider;

namespace Autopay.Application.Receipts;

/// <summary>Which lines of the payouts no receipt of ours tells of; all of them are of one intent.</summary>
internal static class UnmatchedLines
{
    public static IEnumerable<PayoutLine> Of(IEnumerable<PayoutLine> lines, IEnumerable<ReceiptLine> receipts)
    {
        var (all, told) = (lines.ToList(), receipts.ToLookup(receipt => receipt.Kind));
        var refunds = told[ReceiptKind.Refunded].Concat(told[ReceiptKind.Reversed]).ToLookup(receipt => receipt.Code);
        return
        [
            .. all.Where(line =>
                line.Kind == PayoutLineKind.Charge
                && told[ReceiptKind.Collected].Sum(receipt => receipt.AmountCents) != line.AmountCents
            ),
            .. all.Where(line =>
                line.Kind == PayoutLineKind.Refund
                && refunds[line.SourceId]
                    .Where(receipt => receipt.AmountCents < 0 == line.AmountCents < 0)
                    .Sum(receipt => receipt.AmountCents) != line.AmountCents
            ),
            .. Disputes([.. all.Where(line => line.Kind == PayoutLineKind.Dispute)], [.. told[ReceiptKind.Returned]]),
        ];
    }

    // Each of them is one return, or all that is left of them were told as one, or in other parts: then their sums are
    // equal.
    private static List<PayoutLine> Disputes(List<PayoutLine> lines, List<ReceiptLine> receipts)
    {
        var returns = receipts
            .GroupBy(receipt => receipt.Key)
            .Select(saved => saved.Sum(receipt => receipt.AmountCents))
            .ToList();
        List<PayoutLine> left = [.. lines.Where(line => !returns.Remove(line.AmountCents))];
        return
            left.Sum(line => line.AmountCents) == returns.Sum()
            || lines.Sum(line => line.AmountCents) == receipts.Sum(receipt => receipt.AmountCents)
            ? []
            : left;
    }
}
