using System.Globalization;

namespace Autopay.Domain.Protections;

public enum PenaltyVerdict
{
    /// <summary>A penalty may be assessed.</summary>
    Assess,

    /// <summary>A waiver in force covers the bill; never.</summary>
    Waived,

    /// <summary>Paid in full by money that was received in time; never.</summary>
    PaidInTime,

    /// <summary>The bill asks for nothing; never.</summary>
    NothingOwed,

    /// <summary>Open by the city's own action; not while that lasts.</summary>
    CityHolds,

    /// <summary>Its grace is not over.</summary>
    NotYet,
}

/// <summary>Whether a penalty may be assessed for a bill on a day, and by what (R42).</summary>
/// <param name="Bill">The whole one, also where a part of it decides (R45).</param>
/// <param name="Waivers">Every waiver in force that covers it.</param>
/// <param name="Clock">Null while the city's action lasts: it restarts when that ends.</param>
/// <param name="Reason">A sentence for a person.</param>
public sealed record PenaltyAnswer(
    Bill Bill,
    DateOnly On,
    PenaltyVerdict Verdict,
    IReadOnlyList<PenaltyWaiver> Waivers,
    IReadOnlyList<ReceivedMoney> Payments,
    CityAction? City,
    PenaltyClock? Clock,
    string Reason
)
{
    /// <summary>Its number in docs/rules.md.</summary>
    public const string Rule = "R42";

    /// <summary>What is open of the bill, with its parts; cents.</summary>
    public Money Open { get; init; } = Bill.Open;

    /// <summary>Cents that count as received in time.</summary>
    public Money InTime => Payments.Where(money => money.IsBy(Clock?.PenaltyDate)).Sum(money => money.Amount);

    /// <summary>The earliest day on which one may be assessed; null when that is never, or not known.</summary>
    public DateOnly? EarliestOn => Verdict is PenaltyVerdict.Assess or PenaltyVerdict.NotYet ? Clock?.EarliestOn : null;

    public static PenaltyAnswer Of(ProtectedBill it, DateOnly on)
    {
        var waivers = it.Controls.Waivers.Where(waiver => waiver.Waives(it.Bill)).ToList();
        var city = CityActions.Of(it, on);
        var clock = city is null ? (PenaltyClock?)PenaltyClock.Of(it) : null;
        var payments = ReceivedMoney.Of(it);
        var inTime = payments.Where(money => money.IsBy(clock?.PenaltyDate)).Sum(money => money.Amount);
        var verdict =
            waivers.Count > 0 ? PenaltyVerdict.Waived
            : !it.Owed.IsPositive ? PenaltyVerdict.NothingOwed
            : inTime >= it.Owed ? PenaltyVerdict.PaidInTime
            : city is not null ? PenaltyVerdict.CityHolds
            : on <= clock?.PenaltyDate ? PenaltyVerdict.NotYet
            : PenaltyVerdict.Assess;
        var answer = new PenaltyAnswer(it.Bill, on, verdict, waivers, payments, city, clock, "");
        return answer with { Reason = answer.ToSentence(it.Owed) };
    }

    /// <summary>
    /// The same of a bill with the parts that were moved into later debits (R45): what the city does with one of them
    /// it does with the bill. The billing system knows the bill alone: its cents are those of all parts.
    /// </summary>
    public static PenaltyAnswer OfWhole(ProtectedBill it, DateOnly on)
    {
        var lines = it.Ledger.WithParts(it.Bill.Id).Select(part => it with { Bill = part }).ToList();
        var decides = lines
            .Select(part => Of(part, on))
            .OrderBy(answer => PlaceOf(answer.Verdict))
            .ThenByDescending(answer => answer.Clock?.PenaltyDate)
            .ThenBy(answer => answer.Bill.Id.IsPart)
            .First();
        if (lines.Count == 1)
        {
            return decides;
        }

        var whole = decides with
        {
            Bill = it.Ledger.FindBill(it.Bill.Id.Whole) ?? decides.Bill,
            Payments = ReceivedMoney.Together(lines.SelectMany(ReceivedMoney.Of)),
            Open = lines.Sum(part => part.Bill.Open),
        };
        return whole with { Reason = whole.ToSentence(lines.Sum(part => part.Owed)) };
    }

    // Of the parts the first of these decides; where several say so the one whose grace ends last.
    private static int PlaceOf(PenaltyVerdict verdict) =>
        verdict switch
        {
            PenaltyVerdict.Waived => 0,
            PenaltyVerdict.CityHolds => 1,
            PenaltyVerdict.Assess => 2,
            PenaltyVerdict.NotYet => 3,
            PenaltyVerdict.PaidInTime => 4,
            _ => 5,
        };

    private string ToSentence(Money owed) =>
        Verdict switch
        {
            PenaltyVerdict.Waived => "Waived: "
                + string.Join("; ", Waivers.Select(waiver => $"'{waiver.Id}', {waiver.Reason}")),
            PenaltyVerdict.NothingOwed => "The bill asks for nothing",
            PenaltyVerdict.PaidInTime => Clock is { } clock
                ? $"{owed} was received up to and including {Text(clock.PenaltyDate)}"
                : $"{owed} was received; {City?.Reason}",
            PenaltyVerdict.CityHolds => $"Not the customer's doing: {City?.Reason}",
            _ => $"{InTime} of {owed} was received up to and including {Text(Clock!.Value.PenaltyDate)}"
                + (Clock.Value.From > Bill.DueDate ? $", counted from {Text(Clock.Value.From)}" : ""),
        };

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
