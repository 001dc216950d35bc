namespace Autopay.Tests.Domain.Laws;

/// <summary>
/// The money of one account, written down a second time as simply as it can be: what is open on each bill, the credit, and what the bank was asked for.
/// It knows no debits, no events and no dates but the bills' own.
/// </summary>
internal sealed class ReferenceAccount
{
    private readonly List<ReferenceBill> bills = [];

    public long Credit { get; private set; }

    public long Collected { get; private set; }

    public IEnumerable<(string Id, long Open)> Open => bills.Select(bill => (bill.Id, bill.Charges - bill.Settled));

    public void Bill(string id, DateOnly due, long cents)
    {
        bills.Add(new ReferenceBill { Id = id, Due = due, Charges = cents });
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

    /// <summary>False when it would leave the bill below zero: then nothing happens.</summary>
    public bool Adjust(string id, long cents)
    {
        var bill = bills.Find(it => it.Id == id)!;
        if (bill.Charges + cents < 0)
        {
            return false;
        }

        bill.Charges += cents;
        GiveBackExcess(bill);
        Spend();
        return true;
    }

    /// <summary>The run: whatever is open, may be collected and is not asked for yet is asked for.</summary>
    public void Send() => bills.FindAll(bill => !bill.Blocked && bill.InFlight == 0).ForEach(bill => bill.InFlight = bill.Charges - bill.Settled);

    /// <summary>The bank's yes or no to what it was asked for on these bills; after this "no" only finance collects again.</summary>
    public void Answer(IReadOnlyList<string> ids, bool yes)
    {
        var answered = bills.FindAll(bill => ids.Contains(bill.Id));
        foreach (var bill in answered)
        {
            Collected += yes ? bill.InFlight : 0;
            bill.Settled += yes ? bill.InFlight : 0;
            bill.InFlight = 0;
        }

        answered.ForEach(GiveBackExcess);
        Spend();
        answered.FindAll(bill => !yes && bill.Charges > bill.Settled).ForEach(bill => bill.Blocked = true);
    }

    private void GiveBackExcess(ReferenceBill bill)
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

        /// <summary>Paid or collected.</summary>
        public long Settled { get; set; }

        public long InFlight { get; set; }

        public bool Blocked { get; set; }
    }
}
