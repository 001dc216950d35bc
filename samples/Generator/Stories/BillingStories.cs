using Autopay.Samples.Generator.Accounts;
using Autopay.Samples.Generator.Bills;
using Autopay.Samples.Generator.Files;
using Autopay.Samples.Generator.Outages;

namespace Autopay.Samples.Generator.Stories;

/// <summary>What the billing system changes or gets wrong.</summary>
internal static class BillingStories
{
    private static readonly DateTime BeforeTheDebit = new(2020, 2, 10, 9, 0, 0);
    private static readonly DateTime AfterTheDebit = new(2020, 3, 20, 10, 0, 0);

    /// <summary>
    /// Lowered before its debit; in cycle 3 the March bill, after it was collected: credit and refund list (R5).
    /// </summary>
    public static void Adjusted(Life life)
    {
        life.Debit(_ => true);
        if (life.Account.Cycle == 3 && life.Bills.Count > 1)
        {
            Adjust(life, life.Bills[1], AfterTheDebit);
        }
        else if (life.CounterBill.Due >= DateOnly.FromDateTime(BeforeTheDebit) || Outage.Holds(life.CounterBill))
        {
            Adjust(life, life.CounterBill, BeforeTheDebit);
        }
    }

    /// <summary>
    /// The second bill prints nothing of the first, which is still held: its debit ends in review (R4). Cycle 4 holds
    /// nothing and stays plain.
    /// </summary>
    public static void BilledTooLow(Life life)
    {
        var flagged = life.Bills.Count > 1 ? life.Bills.FirstOrDefault(Outage.Holds) : null;
        life.Debit(b => b != flagged);
        if (flagged is not null)
        {
            life.Misprint = (life.Bills[1], -flagged.ChargesCents);
        }
    }

    private static void Adjust(Life life, Bill bill, DateTime at)
    {
        var cents = -life.City.Random.Next(300, 2_000);
        life.City.Adjustments(at)
            .Add($"J{life.Account.Id}", life.Account.Id, bill.Id, CsvText.Money(cents), "misread meter");
        life.At(at, () => life.Books.Adjust(bill, cents));
    }
}
