using System.Text.Json.Nodes;
using Autopay.Samples.Generator.Accounts;
using Autopay.Samples.Generator.Bills;
using Autopay.Samples.Generator.Outages;

namespace Autopay.Samples.Generator.Stories;

/// <summary>What customers ask for and finance decides about one account.</summary>
internal static class PeopleStories
{
    private static readonly DateTime SkippedHeld = new(2020, 1, 30, 9, 0, 0);
    private static readonly DateTime SkippedCycle4 = new(2020, 2, 11, 9, 0, 0);
    private static readonly DateTime Rearmed = new(2020, 2, 24, 10, 0, 0);
    private static readonly DateTime Off = new(2020, 1, 31, 9, 0, 0);
    private static readonly DateTime On = new(2020, 3, 16, 9, 0, 0);

    /// <summary>Half of them change their mind when the outage is over.</summary>
    public static void Skipped(Life life)
    {
        var bill = life.CounterBill;
        var asked = Outage.Holds(bill) ? SkippedHeld : SkippedCycle4;
        var inTime = Outage.Holds(bill) || life.Leaves(bill) > asked;
        life.Debit(b => b != bill || !inTime);
        if (!inTime)
        {
            return;
        }

        Step(life, asked, "skip", bill);
        if (life.City.Random.Next(2) == 0)
        {
            Step(life, Rearmed, "rearm", bill, "The customer asked for it after all");
            life.At(Rearmed, () => life.Books.Collect([bill], life.Account.MaxDebitCents));
        }
    }

    /// <summary>A third of them switch it on again; then only bills due from that day on are debited (R23).</summary>
    public static void SwitchedOff(Life life)
    {
        var again = life.City.Random.Next(3) == 0;
        life.Debit(b => life.Leaves(b) < Off || (again && b.Due >= DateOnly.FromDateTime(On)));
        Switch(life, Off, "off");
        if (again)
        {
            Switch(life, On, "on");
        }
    }

    /// <summary>
    /// The first debit goes to review: a third is approved the next day, a third cancelled, a third left.
    /// </summary>
    public static void OverCap(Life life)
    {
        life.Debit(_ => true);
        var bill = life.Bills[0];
        var nextDay = DateOnly.FromDateTime(life.Leaves(bill)!.Value).AddDays(1).ToDateTime(new(10, 0));
        switch (life.City.Random.Next(3))
        {
            case 0:
                Step(life, nextDay, "approve", bill, "The customer agreed by phone");
                life.At(nextDay, () => life.Books.Collect([bill], capCents: null));
                break;
            case 1:
                Step(life, nextDay, "cancel", bill, "The customer will pay at the counter");
                break;
            default:
                break;
        }
    }

    private static void Switch(Life life, DateTime at, string to) =>
        life.City.Timeline.Add(at, "autopay", new() { ["account"] = life.Account.Id, ["to"] = to });

    private static void Step(Life life, DateTime at, string verb, Bill bill, string? reason = null)
    {
        var fields = new JsonObject { ["account"] = life.Account.Id, ["bill"] = bill.Id };
        if (reason is not null)
        {
            fields["reason"] = reason;
        }

        life.City.Timeline.Add(at, verb, fields);
    }
}
