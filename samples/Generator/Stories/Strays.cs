using Autopay.Samples.Generator.Accounts;
using Autopay.Samples.Generator.Bills;
using Autopay.Samples.Generator.Files;

namespace Autopay.Samples.Generator.Stories;

/// <summary>Rows that belong to nobody: a bill of an account that is not ours, a payment for an unknown one.</summary>
internal static class Strays
{
    public static void AddTo(CityDraft city, int accounts)
    {
        var bill = new Bill(new(accounts + 1, Cycle: 4), BillingCalendar.Due(cycle: 4, month: 0), ChargesCents: 5_820);
        city.Bills(bill).Add(bill, previousBalanceCents: 0);
        var unknown = new Account(accounts + 2, Cycle: 1).Id;
        city.Payments(new(2020, 2, 18, 17, 0, 0))
            .Add(new Payment(unknown, 4_800, "cash", new(2020, 2, 12), Named: null));
    }
}
