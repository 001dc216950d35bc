namespace Autopay.Domain.Protections;

public enum DisconnectVerdict
{
    /// <summary>Service may end.</summary>
    May,

    /// <summary>A shield in force names the day.</summary>
    Shielded,

    /// <summary>What is overdue is so by the city's own action.</summary>
    CityHolds,

    /// <summary>Nothing is overdue.</summary>
    NothingOverdue,

    /// <summary>Not overdue for long enough.</summary>
    NotYet,
}

/// <summary>A bill that is open after its due date.</summary>
/// <param name="City">Why its being open is not the customer's doing; null when it is.</param>
/// <param name="CountsFrom">From which day it counts as overdue, after the city's action and the last shield; null
/// while the city acts.</param>
/// <param name="EarliestOn">The first day on which service may end for it, as shields are declared; null while the city
/// acts.</param>
public sealed record OverdueBill(Bill Bill, CityAction? City, DateOnly? CountsFrom, DateOnly? EarliestOn)
{
    /// <summary>What is open of it, with its parts (R45); cents.</summary>
    public Money Open { get; init; } = Bill.Open;

    public int DaysOverdue(DateOnly on) => CountsFrom is { } from && from < on ? on.DayNumber - from.DayNumber : 0;

    public bool Lets(DateOnly on) => EarliestOn <= on;
}

/// <summary>Whether an account may be disconnected on a day, and why not (R43).</summary>
/// <param name="Shields">Those in force that name the day for the account's cycle, or for that of an overdue
/// bill.</param>
public sealed record DisconnectAnswer(
    AccountId Account,
    DateOnly On,
    DisconnectVerdict Verdict,
    IReadOnlyList<DisconnectShield> Shields,
    IReadOnlyList<OverdueBill> Overdue
)
{
    /// <summary>Its number in docs/rules.md.</summary>
    public const string Rule = "R43";

    public Money OverdueCents => Overdue.Sum(it => it.Open);

    /// <summary>The first day on which service may end for any of the bills; null when none is known.</summary>
    public DateOnly? EarliestOn => Overdue.Min(it => it.EarliestOn);

    /// <param name="archived">The account's debits that have left the ledger row.</param>
    public static DisconnectAnswer Of(
        AccountLedger ledger,
        Controls controls,
        CityCalendar city,
        IReadOnlyList<Debit> archived,
        DateOnly on
    )
    {
        List<OverdueBill> overdue =
        [
            .. ledger
                .BillsOldestFirst()
                .Where(bill => bill.Open.IsPositive && bill.DueDate < on)
                .GroupBy(bill => bill.Id.Whole)
                .Select(bills =>
                    Whole(
                        ledger,
                        [.. bills.Select(bill => Of(new ProtectedBill(ledger, bill, controls, city, archived), on))]
                    )
                ),
        ];
        var shields = controls
            .Shields.Where(shield => CyclesOf(ledger, overdue).Any(it => shield.DatesOf(it, city).Contains(on)))
            .ToList();
        var verdict =
            shields.Count > 0 ? DisconnectVerdict.Shielded
            : overdue.Count == 0 ? DisconnectVerdict.NothingOverdue
            : overdue.Any(it => it.Lets(on)) ? DisconnectVerdict.May
            : overdue.Any(it => it.City is null) ? DisconnectVerdict.NotYet
            : DisconnectVerdict.CityHolds;
        return new DisconnectAnswer(ledger.Id, on, verdict, shields, overdue);
    }

    private static IEnumerable<CycleNumber> CyclesOf(AccountLedger ledger, IEnumerable<OverdueBill> overdue) =>
        overdue.Select(it => it.Bill.Cycle).Concat(ledger.Enrolment is { } own ? [own.Cycle] : []).Distinct();

    // The billing system knows the bill alone: what the city does with a part it does with the bill, and where it does
    // nothing the part that counts last counts (R45).
    private static OverdueBill Whole(AccountLedger ledger, IReadOnlyList<OverdueBill> parts)
    {
        var decides =
            parts.FirstOrDefault(part => part.City is not null) ?? parts.OrderBy(part => part.EarliestOn).Last();
        return decides with
        {
            Bill = ledger.FindBill(decides.Bill.Id.Whole) ?? decides.Bill,
            Open = parts.Sum(part => part.Open),
        };
    }

    private static OverdueBill Of(ProtectedBill it, DateOnly on)
    {
        if (CityActions.Of(it, on) is { } action)
        {
            return new OverdueBill(it.Bill, action, null, null);
        }

        var cycles = CyclesOf(it.Ledger, [new OverdueBill(it.Bill, null, null, null)]);
        DateOnly[] shielded =
        [
            .. it
                .Controls.Shields.SelectMany(shield => cycles.SelectMany(cycle => shield.DatesOf(cycle, it.City)))
                .Distinct()
                .Order(),
        ];
        var from = PenaltyClock.Of(it).From;

        // A shield in the time that counts begins it anew: what lies before it is never counted.
        var counts = shielded.Where(date => date >= from && date <= on).Append(from).Max();
        return new OverdueBill(it.Bill, null, counts, EarliestAfter(counts, shielded, it.Controls.Policies));
    }

    // Every shield that is declared before that day puts it off.
    private static DateOnly EarliestAfter(DateOnly from, DateOnly[] shielded, Policies policies)
    {
        var earliest = from.AddDays(policies.DisconnectAfterDays + 1);
        foreach (var date in shielded.Where(date => date > from))
        {
            earliest = date <= earliest ? date.AddDays(policies.DisconnectAfterDays + 1) : earliest;
        }

        return earliest;
    }
}
