using System.Text;
using Autopay.Benchmarks.City;
using Autopay.Imports;
using Autopay.Storage;

namespace Autopay.Benchmarks.Timing;

/// <summary>
/// The smallest pieces of work: a decision, a ledger as JSON, a file. What measures them is in Functions.Peers, because
/// its package comes to nobody who builds the app.
/// </summary>
public sealed class MicroWork
{
    public const int Bills = 1_000;
    private static readonly CityCalendar City = new(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"));
    private static readonly Moment Billed = City.At(new DateTimeOffset(2020, 1, 8, 15, 0, 0, TimeSpan.Zero));
    private static readonly Moment Due = City.At(new DateTimeOffset(2020, 1, 22, 15, 0, 0, TimeSpan.Zero));
    private readonly Controls controls = new();
    private readonly AccountLedger enrolled;
    private readonly AccountLedger billed;
    private readonly string json;
    private readonly byte[] file = Encoding.UTF8.GetBytes(new CitySlice(Bills).Files()[ImportKind.Bills]);

    public MicroWork()
    {
        var account = new AccountId("00000001");
        enrolled = After(AccountLedger.Open(account), new Enrol(OpenedAccount.EnrolmentOf(account), Billed));
        billed = After(enrolled, BillOf(account));
        json = WriteLedger();
        if (DecideDue() == 0 || ReadBills() != Bills)
        {
            throw new InvalidOperationException("Nothing would be measured.");
        }
    }

    /// <summary>A bill opens and its debit is scheduled.</summary>
    public int DecideBill() => LedgerDecider.Decide(BillOf(enrolled.Id), enrolled, controls).Count;

    /// <summary>Its day has come: it is charged.</summary>
    public int DecideDue() => LedgerDecider.Decide(new Evaluate(Due), billed, controls).Count;

    /// <summary>Its day has not come, and nothing follows.</summary>
    public int DecideNothing() => LedgerDecider.Decide(new Evaluate(Billed), billed, controls).Count;

    public string WriteLedger() => LeanJson.Serialize(billed);

    public int ReadLedger() => LeanJson.Deserialize<AccountLedger>(json).Debits.Count;

    public int ReadBills()
    {
        using var stream = new MemoryStream(file);
        return ImportReader.Read(ImportKind.Bills, stream).Rows;
    }

    private AccountLedger After(AccountLedger ledger, LedgerCommand command) =>
        LedgerDecider.Decide(command, ledger, controls).Aggregate(ledger, (state, step) => state.Apply(step));

    private static ImportBill BillOf(AccountId account) => new(OpenedAccount.BillOf(account, Billed), Billed);
}
