namespace Autopay.Application.Receipts;

/// <summary>
/// The one rule of what is not told again: an intent collects once, and a refund goes out and comes back once. What
/// books that a restore threw away have told of them already is not told again, under whatever receipt id.
/// </summary>
public sealed class AlreadyIssued
{
    private readonly HashSet<string> ids = [];
    private readonly HashSet<string> collected = [];
    private readonly HashSet<(string Refund, bool Out)> refunds = [];

    /// <param name="lines">The lines of every batch that lost books wrote.</param>
    public AlreadyIssued(IEnumerable<ReceiptLine> lines)
    {
        foreach (var line in lines)
        {
            ids.Add(line.Id);
            if (line.Kind == ReceiptKind.Collected)
            {
                collected.Add(line.Intent);
            }
            else if (line.Kind is ReceiptKind.Refunded or ReceiptKind.Reversed)
            {
                refunds.Add((line.Code, line.AmountCents < 0));
            }
        }
    }

    /// <summary>
    /// Whether the billing system knows it. Money that came back is no such thing: an intent may lose it in parts.
    /// </summary>
    public bool Contains(ReceiptLine line) =>
        line.Kind switch
        {
            ReceiptKind.Collected => collected.Contains(line.Intent),
            ReceiptKind.Refunded or ReceiptKind.Reversed => line.Code.Length > 0
                && refunds.Contains((line.Code, line.AmountCents < 0)),
            _ => false,
        };

    /// <summary>Whether that receipt id is another receipt's.</summary>
    public bool Names(string id) => ids.Contains(id);
}
