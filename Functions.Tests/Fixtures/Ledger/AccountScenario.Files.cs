using System.Globalization;

namespace Autopay.Tests.Fixtures.Ledger;

/// <summary>What the city's files say.</summary>
public sealed partial class AccountScenario
{
    private int adjustments;

    /// <summary>The due dates of cycle 1 in 2020, 28 days apart.</summary>
    public static readonly IReadOnlyDictionary<string, string> Due = new Dictionary<string, string>
    {
        ["jan"] = "2020-01-22",
        ["feb"] = "2020-02-19",
        ["mar"] = "2020-03-18",
        ["apr"] = "2020-04-15",
        ["may"] = "2020-05-13",
    };

    /// <summary>
    /// Without a previous balance the bill prints what our books show open before it, less the credit.
    /// </summary>
    public AccountScenario WhenABillIsImported(
        string bill,
        long cents,
        string? due = null,
        long? previous = null,
        int? cycle = null,
        string? billDate = null
    ) => Do(new ImportBill(NewBill(bill, cents, due, previous, cycle, billDate), Now));

    public Bill NewBill(
        string bill,
        long cents,
        string? due = null,
        long? previous = null,
        int? cycle = null,
        string? billDate = null
    )
    {
        var dueDate = Day(due ?? Due[bill]);
        var open = Ledger.Bills.Where(other => other.DueDate <= dueDate).Sum(other => other.Open.Cents);
        var printed = previous ?? open - Ledger.Credit.Cents;
        return new Bill
        {
            Id = new BillId(bill),
            Cycle = new CycleNumber(cycle ?? Cycle),
            BillDate = billDate is null ? dueDate.AddDays(-14) : Day(billDate),
            DueDate = dueDate,
            PenaltyDate = dueDate.AddDays(7),
            CurrentCharges = new Money(cents),
            PreviousBalance = new Money(printed),
            TotalDue = new Money(cents + printed),
        };
    }

    public AccountScenario WhenAPaymentIsPosted(string id, long cents, string? bill = null, string? received = null) =>
        Do(
            new PostBackPayment(
                new Funds
                {
                    Id = new PaymentId(id),
                    Source = FundsSource.BackPayment,
                    Amount = new Money(cents),
                    Channel = "cash",
                    ReceivedOn = received is null ? Now.Today : Day(received),
                    PostedOn = Now.Today,
                    NamedBill = bill is null ? null : new BillId(bill),
                },
                Now
            )
        );

    public AccountScenario WhenAPaymentIsReversed(string id) =>
        Do(new ReversePayment(new PaymentId(id), "bounced", Now));

    public AccountScenario WhenABillIsAdjusted(string bill, long cents, string? id = null) =>
        Do(
            new AdjustBill(
                id ?? (++adjustments).ToString("'adj-'0", CultureInfo.InvariantCulture),
                new BillId(bill),
                new Money(cents),
                "misread meter",
                Now
            )
        );

    public AccountScenario WhenTheBalancesFileSays(string bill, long open) =>
        Do(new CompareBalance(new BillId(bill), new Money(open), Now.Today, Now));

    public AccountScenario WhenTheAccountsFileSays(Func<Enrolment, Enrolment> change) =>
        Do(new Enrol(change(Ledger.Enrolment!), Now));

    /// <summary>A file that has no columns for these parts.</summary>
    public AccountScenario WhenAFileWithFewColumnsSays(Enrolment said, EnrolmentParts unsaid = ~EnrolmentParts.None) =>
        Do(new Enrol(said, Now) { Unsaid = unsaid });

    /// <summary>A file that was received then, and is applied now.</summary>
    public AccountScenario WhenAnAccountsFileOf(string day, string time, Func<Enrolment, Enrolment> change) =>
        Do(new Enrol(change(Ledger.Enrolment!), Now) { ReceivedAt = At(day, time).Utc });

    public AccountScenario ThenAutopayIs(bool on)
    {
        Assert.Equal(on, Ledger.AutopayIsOn);
        return this;
    }
}
