namespace Autopay.Samples.Generator.Bills;

/// <summary>A bill in the books: what was added, paid and collected.</summary>
internal sealed class BookedBill(Bill bill)
{
    public Bill Bill { get; } = bill;
    public long AdjustedCents { get; set; }
    public long PaidCents { get; set; }
    public long CollectedCents { get; set; }

    public long OpenCents => Bill.ChargesCents + AdjustedCents - PaidCents - CollectedCents;

    /// <summary>An adjustment below what was collected gives the difference back as credit (R5).</summary>
    public long TakeSurplus()
    {
        var surplus = Math.Max(0, -OpenCents);
        CollectedCents -= surplus;
        return surplus;
    }
}
