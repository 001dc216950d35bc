using System.Globalization;

namespace Autopay.Domain.Certificates;

/// <summary>What a total is of: what one drawer of a channel took in on one day.</summary>
/// <param name="ReceivedOn">Civil day on which the customers paid.</param>
/// <param name="Drawer">Empty: every drawer of the channel that has no total of its own.</param>
/// <param name="Cycle">Null: counted over all cycles.</param>
public sealed record TotalKey(DateOnly ReceivedOn, string Channel, string Drawer, CycleNumber? Cycle)
    : IComparable<TotalKey>
{
    /// <summary>By day, then channel, drawer and cycle; what is of all cycles comes first.</summary>
    public int CompareTo(TotalKey? other)
    {
        if (other is null)
        {
            return 1;
        }

        int[] by =
        [
            ReceivedOn.CompareTo(other.ReceivedOn),
            string.CompareOrdinal(Channel, other.Channel),
            string.CompareOrdinal(Drawer, other.Drawer),
            (Cycle?.Value ?? 0).CompareTo(other.Cycle?.Value ?? 0),
        ];
        return Array.Find(by, order => order != 0);
    }

    /// <summary>As people name it: <c>2020-01-28 cash, drawer W3, cycle 2</c>.</summary>
    public override string ToString() =>
        $"{ReceivedOn:yyyy-MM-dd} {Channel}{(Drawer.Length == 0 ? "" : $", drawer {Drawer}")}"
        + $"{(Cycle is { } cycle ? $", cycle {cycle}" : "")}";
}

/// <summary>What the office counted by hand, from the receipts themselves.</summary>
/// <param name="Count">Receipts; zero says that there were none.</param>
/// <param name="Amount">Their sum, cents, not below zero.</param>
/// <param name="Counted">Who said so, why and when (UTC): a later one of the same key takes its place.</param>
public sealed record ControlTotal(TotalKey Key, int Count, Money Amount, Authority Counted)
{
    /// <summary>The file that brought it; null when it was typed.</summary>
    public string? Import { get; init; }

    /// <summary>What was counted under its key before, oldest first; null when nothing was.</summary>
    public IReadOnlyList<FormerCount>? Replaced { get; init; }

    /// <summary>The total with what it takes the place of.</summary>
    public ControlTotal InPlaceOf(ControlTotal? before) =>
        before is null
            ? this
            : this with
            {
                Replaced = [.. before.Replaced ?? [], new FormerCount(before.Count, before.Amount, before.Counted)],
            };

    /// <summary>Whether both say the same, whoever said it.</summary>
    public bool SaysTheSameAs(ControlTotal other) => (Key, Count, Amount) == (other.Key, other.Count, other.Amount);
}

/// <summary>What was counted, until somebody said something else.</summary>
/// <param name="Amount">Cents.</param>
public sealed record FormerCount(int Count, Money Amount, Authority Counted)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Count} of ${Amount} by {Counted.By}");
}

/// <summary>
/// A back payment as it is posted. Money in suspense, or in a row that waits or conflicts, is not: the customer could
/// still be charged for what it paid.
/// </summary>
/// <param name="Reversed">Cents that were taken back since.</param>
public sealed record PostedPayment(
    AccountId Account,
    PaymentId Id,
    DateOnly ReceivedOn,
    string Channel,
    string Drawer,
    Money Amount,
    Money Reversed
)
{
    /// <summary>The account's own; null where it was not asked for.</summary>
    public CycleNumber? Cycle { get; init; }

    public Money Net => Amount - Reversed;

    public static PostedPayment Of(AccountId account, Funds funds) =>
        new(account, funds.Id, funds.ReceivedOn, funds.Channel, funds.Drawer, funds.Amount, funds.Reversed);
}
