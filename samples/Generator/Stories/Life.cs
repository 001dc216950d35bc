using Autopay.Samples.Generator.Accounts;
using Autopay.Samples.Generator.Bills;
using Autopay.Samples.Generator.Files;
using Autopay.Samples.Generator.Outages;

namespace Autopay.Samples.Generator.Stories;

/// <summary>
/// One account through the months: its bills, what happens to them in time order, and the books that follow.
/// </summary>
internal sealed class Life
{
    private static readonly TimeOnly DueDateRun = new(6, 0);

    private readonly List<(DateTime At, Action Happens)> _happenings = [];

    public Life(CityDraft city, Account account, IReadOnlyList<Bill> bills)
    {
        (City, Account, Bills) = (city, account, bills);
        foreach (var bill in bills)
        {
            At(Outage.Imported(bill), () => Print(bill));
        }
    }

    public CityDraft City { get; }

    public Account Account { get; }

    public IReadOnlyList<Bill> Bills { get; }

    public Books Books { get; } = new();

    /// <summary>
    /// A bill whose printed previous balance is wrong by so many cents: money that the billing system knows of and
    /// nobody else.
    /// </summary>
    public (Bill Bill, long Cents)? Misprint { get; set; }

    /// <summary>
    /// The bill that a customer pays at the counter in the outage: the held one, in cycle 4 the one of February.
    /// </summary>
    public Bill CounterBill => Bills.FirstOrDefault(Outage.Holds) ?? Bills[Math.Min(1, Bills.Count - 1)];

    public void At(DateTime at, Action happens) => _happenings.Add((at, happens));

    public void Play()
    {
        foreach (var (_, happens) in _happenings.OrderBy(h => h.At))
        {
            happens();
        }
    }

    /// <summary>
    /// The debits of these bills go out when the calendar and the outage let them; merged bills with the one that
    /// follows.
    /// </summary>
    public void Debit(Func<Bill, bool> bills)
    {
        foreach (var debit in Bills.Where(bills).GroupBy(Leaves).Where(g => g.Key is not null))
        {
            At(debit.Key!.Value, () => Books.Collect(debit, Account.MaxDebitCents));
        }
    }

    public DateTime? Leaves(Bill bill) =>
        Outage.Merges(bill) ? Bills.SkipWhile(b => b != bill).Skip(1).Select(Leaves).FirstOrDefault()
        : Outage.Holds(bill) ? Outage.Cleared
        : bill.Due == DateOnly.FromDateTime(Outage.Halted) ? Outage.Resumed
        : bill.Due.ToDateTime(DueDateRun);

    private void Print(Bill bill)
    {
        var wrong = Misprint is { } misprint && misprint.Bill == bill ? misprint.Cents : 0;
        City.Bills(bill).Add(bill, Books.PreviousBalanceCents + wrong);
        Books.Import(bill);
    }
}
