using Autopay.Samples.Generator.Accounts;
using Autopay.Samples.Generator.Bills;
using Autopay.Samples.Generator.Files;
using Autopay.Samples.Generator.Outages;

namespace Autopay.Samples.Generator.Stories;

/// <summary>
/// Money that comes in over the counter (or online) while autopay is down, and is posted when the outage ends.
/// </summary>
internal static class CounterStories
{
    private static readonly DateTime Posted = new(2020, 2, 18, 17, 0, 0);

    // Between the first clear and the bank's answer: the held debits are in flight.
    private static readonly DateTime PostedLate = new(2020, 2, 24, 17, 0, 0);

    private static readonly DateTime Bounced = new(2020, 2, 26, 14, 0, 0);

    private static readonly string[] Channels = ["cash", "check", "card", "online"];

    /// <summary>Null: nothing is paid at the counter in this story.</summary>
    public static long? Amount(Story story, Life life)
    {
        var (charges, random) = (life.CounterBill.ChargesCents, life.City.Random);
        return story switch
        {
            Story.PaidInFull or Story.PaidLate => charges,
            Story.PaidInPart => charges * random.Next(30, 90) / 100,
            Story.Overpaid => charges + random.Next(500, 15_000),
            Story.SmallRemainder => charges - random.Next(1, 50),
            _ => null,
        };
    }

    public static void Pay(Life life, long cents, bool late = false)
    {
        var random = life.City.Random;
        var named = random.Next(3) == 0 ? life.CounterBill : null;
        var payment = new Payment(
            life.Account.Id,
            cents,
            Channels[random.Next(Channels.Length)],
            Received(random),
            named
        );
        Post(life, payment, late ? PostedLate : Posted);
    }

    public static void AutopayOff(Life life)
    {
        if (life.City.Random.Next(2) == 0)
        {
            Pay(life, Amount(Story.PaidInPart, life)!.Value);
        }
    }

    /// <summary>
    /// The held bill is open again and goes out now; in the reopened cycle only after the second clear. Cycle 4 holds
    /// nothing and stays plain.
    /// </summary>
    public static void BouncedCheck(Life life)
    {
        life.Debit(_ => true);
        var bill = life.CounterBill;
        if (!Outage.Holds(bill))
        {
            return;
        }

        var payment = new Payment(life.Account.Id, bill.ChargesCents, "check", Received(life.City.Random), bill);
        Post(life, payment, Posted);
        life.City.Reversals(Bounced).Add(payment.Id, life.Account.Id, "check returned by the bank");
        life.At(Bounced, () => life.Books.Bounce(bill, bill.ChargesCents));
        var leaves = life.Account.Cycle == Outage.ReopenedCycle ? Outage.ClearedAgain : Bounced;
        life.At(leaves, () => life.Books.Collect([bill], life.Account.MaxDebitCents));
    }

    private static void Post(Life life, Payment payment, DateTime at)
    {
        life.City.Payments(at).Add(payment);
        life.At(at, () => life.Books.Pay(payment.Cents, payment.Named));
    }

    private static DateOnly Received(Random random) => new DateOnly(2020, 1, 30).AddDays(random.Next(16));
}
