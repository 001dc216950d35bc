using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Benchmarks.City;

/// <summary>An account that was enrolled and has a bill with its debit: what two imports leave.</summary>
internal static class OpenedAccount
{
    public static AccountWork Work(AccountId account) =>
        new(
            new LedgerEntry(AccountLedger.Open(account), null, null),
            [now => new Enrol(EnrolmentOf(account), now), now => new ImportBill(BillOf(account, now), now)]
        );

    public static Enrolment EnrolmentOf(AccountId account) =>
        new()
        {
            Cycle = CitySlice.Cycle,
            ServiceArea = "west",
            Autopay = true,
            Customer = $"cus_{account}",
            PaymentMethod = $"pm_{account}",
            Email = $"resident-{account}@city.example",
        };

    public static Bill BillOf(AccountId account, Moment now) =>
        new()
        {
            Id = new BillId($"{account}-{now.Today:yyyy-MM}"),
            Cycle = CitySlice.Cycle,
            BillDate = now.Today,
            DueDate = now.Today.AddDays(14),
            PenaltyDate = now.Today.AddDays(21),
            CurrentCharges = new Money(9640),
            PreviousBalance = Money.Zero,
            TotalDue = new Money(9640),
        };
}
