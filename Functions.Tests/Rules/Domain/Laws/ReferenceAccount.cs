namespace Autopay.Tests.Rules.Domain.Laws;

/// <summary>
/// The money of one account, written down a second time as simply as it can be: what is open on each bill, the credit,
/// and what the bank was asked for. It knows no debits, no events and no dates but the bills' own.
/// </summary>
internal sealed class ReferenceAccount
{
    private readonly List<ReferenceBill> bills = [];

    public long Credit { get; private set; }

    public long Collected { get; private set; }

    public IEnumerable<(string Id, long Open)> Open => bills.Select(bill => (bill.Id, bill.Charges - bill.Settled));

    public void Bill(string id, DateOnly due, long cents)
    {
        bills.Add(
            new ReferenceBill
            {
                Id = id,
                Due = due,
                Charges = cents,
                Live = cents >= 0,
            }
        );
        RefundExcess(bills[^1]);
        Spend();
    }

    public void Pay(string? named, long cents)
    {
        Credit += cents;
        if (bills.Find(bill => bill.Id == named) is { } first)
        {
            PayInto(first, cents);
        }

        Spend();
    }

    /// <summary>
    /// Every due date is past: what opens again on a bill that nothing collects any more waits for finance.
    /// </summary>
    public void Adjust(string id, long cents)
    {
        var bill = bills.Find(it => it.Id == id)!;
        bill.Charges += cents;
        RefundExcess(bill);
        Spend();
        bill.Blocked |= cents > 0 && bill is { Live: false, InFlight: 0 } && bill.Charges > bill.Settled;
    }

    /// <summary>The run: whatever is open, may be collected and is not asked for yet is asked for.</summary>
    public void Send()
    {
        foreach (var bill in bills.FindAll(bill => bill is { Live: true, Blocked: false, InFlight: 0 }))
        {
            bill.InFlight = bill.Charges - bill.Settled;
            bill.Live = bill.InFlight > 0;
        }
    }

    /// <summary>
    /// The bank's yes or no to what it was asked for on these bills; after this "no" only finance collects again.
    /// </summary>
    public void Answer(IReadOnlyList<string> ids, bool yes)
    {
        var answered = bills.FindAll(bill => ids.Contains(bill.Id));
        foreach (var bill in answered)
        {
            Collected += yes ? bill.InFlight : 0;
            bill.Settled += yes ? bill.InFlight : 0;
            bill.InFlight = 0;
        }

        answered.ForEach(RefundExcess);
        Spend();
        answered.FindAll(bill => bill.Charges > bill.Settled).ForEach(bill => bill.Blocked = true);
        answered.ForEach(bill => bill.Live = false);
    }

    private void RefundExcess(ReferenceBill bill)
    {
        var excess = Math.Max(0, bill.Settled - bill.Charges);
        bill.Settled -= excess;
        Credit += excess;
    }

    // Oldest bill first, and never what the bank is being asked for.
    private void Spend() => bills.OrderBy(bill => bill.Due).ToList().ForEach(bill => PayInto(bill, Credit));

    private void PayInto(ReferenceBill bill, long most)
    {
        var cents = bill.InFlight > 0 ? 0 : Math.Min(most, bill.Charges - bill.Settled);
        bill.Settled += cents;
        Credit -= cents;
    }

    private sealed class ReferenceBill
    {
        public required string Id { get; init; }

        public required DateOnly Due { get; init; }

        public long Charges { get; set; }

        /// <summary>Paid or collected; below zero when the bill gave credit.</summary>
        public long Settled { get; set; }

        public long InFlight { get; set; }

        public bool Blocked { get; set; }

        /// <summary>A debit waits for it, or is under way.</summary>
        public bool Live { get; set; }
    }
}
