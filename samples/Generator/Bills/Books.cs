namespace Autopay.Samples.Generator.Bills;

/// <summary>
/// What the city's billing system knows of one account when it prints a bill. Money counts as paid from the moment it
/// is sent for: of a debit in flight both readings are consistent (R4), and money that comes in meanwhile becomes
/// credit either way (R15).
/// </summary>
internal sealed class Books
{
    private const long MinimumDebitCents = 50;

    private readonly List<BookedBill> _bills = [];
    private readonly List<BookedBill> _carried = [];
    private long _creditCents;

    public long PreviousBalanceCents => _bills.Sum(b => b.OpenCents) - _creditCents;

    public void Import(Bill bill)
    {
        _bills.Add(new(bill));
        SpendCredit();
    }

    /// <summary>
    /// A payment that names a bill pays that one first; the rest is credit, which pays the oldest bill (R13, R14).
    /// </summary>
    public void Pay(long cents, Bill? named = null)
    {
        _creditCents += cents - (named is null ? 0 : PayInto(Booked(named), cents));
        SpendCredit();
    }

    public void Bounce(Bill bill, long cents) => Booked(bill).PaidCents -= cents;

    public void Adjust(Bill bill, long cents)
    {
        var booked = Booked(bill);
        booked.AdjustedCents += cents;
        _creditCents += booked.TakeSurplus();
        SpendCredit();
    }

    /// <summary>A debit goes out, unless it is over the cap (R12); a few cents wait for the next one (R11).</summary>
    public void Collect(IEnumerable<Bill> bills, long? capCents)
    {
        BookedBill[] lines = [.. bills.Select(Booked), .. _carried];
        var amount = lines.Sum(b => b.OpenCents);
        _carried.Clear();
        if (amount is > 0 and < MinimumDebitCents)
        {
            _carried.AddRange(lines);
        }
        else if (capCents is null || amount <= capCents)
        {
            Array.ForEach(lines, b => b.CollectedCents += b.OpenCents);
        }
    }

    private void SpendCredit()
    {
        foreach (var bill in _bills)
        {
            _creditCents -= PayInto(bill, _creditCents);
        }
    }

    private static long PayInto(BookedBill bill, long cents)
    {
        var used = Math.Min(cents, bill.OpenCents);
        bill.PaidCents += used;
        return used;
    }

    private BookedBill Booked(Bill bill) => _bills.Single(b => b.Bill == bill);
}
