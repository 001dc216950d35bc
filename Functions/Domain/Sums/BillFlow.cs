using System.Text.Json.Serialization;

namespace Autopay.Domain.Sums;

/// <summary>Bills, and cents of them.</summary>
public readonly record struct BillCount(int Bills, long Cents)
{
    public static BillCount operator +(BillCount left, BillCount right) =>
        checked(new BillCount(left.Bills + right.Bills, left.Cents + right.Cents));
}

/// <summary>
/// Where every cent of some bills is. Always: billed = paid elsewhere + collected + on hold + waiting + for a person +
/// with the bank + left + not on autopay.
/// </summary>
public sealed record BillFlow
{
    /// <summary>Current charges with adjustments.</summary>
    public BillCount Billed { get; init; }

    /// <summary>By other channels or out of credit; bills that had any of it paid so.</summary>
    public BillCount PaidElsewhere { get; init; }

    /// <summary>By debits, net of what was returned.</summary>
    public BillCount Collected { get; init; }

    /// <summary>Open, in a debit that a hold or a suspension keeps.</summary>
    public BillCount OnHold { get; init; }

    /// <summary>Open, in a debit that waits for its day, for a retry or for a release.</summary>
    public BillCount Waits { get; init; }

    /// <summary>Open, in a debit that a person has to decide about.</summary>
    public BillCount Review { get; init; }

    /// <summary>Open, in a debit for which the bank was asked.</summary>
    public BillCount WithBank { get; init; }

    /// <summary>Open, and no debit takes it any more: not collected, skipped, or autopay was switched off.</summary>
    public BillCount Left { get; init; }

    /// <summary>Open, and no debit ever took it: the customer pays another way.</summary>
    public BillCount NotOnAutopay { get; init; }

    /// <summary>False of sums that were kept before they had these parts.</summary>
    [JsonIgnore]
    public bool AddsUp =>
        Billed.Cents
        == checked(
            PaidElsewhere.Cents
            + Collected.Cents
            + OnHold.Cents
            + Waits.Cents
            + Review.Cents
            + WithBank.Cents
            + Left.Cents
            + NotOnAutopay.Cents
        );

    public static BillFlow Of(AccountLedger ledger, Bill bill)
    {
        var paid = new BillFlow
        {
            Billed = new BillCount(bill.Id.IsPart ? 0 : 1, bill.Charges.Cents),
            PaidElsewhere = CountOf(bill.PaidElsewhere),
            Collected = CountOf(bill.Collected),
        };
        var open = CountOf(bill.Open);
        return ledger.LiveDebitOf(bill.Id)?.State switch
        {
            null when bill.Marks == BillMarks.None => paid with { NotOnAutopay = open },
            null => paid with { Left = open },
            DebitState.Deferred => paid with { OnHold = open },
            DebitState.NeedsReview => paid with { Review = open },
            DebitState.Charging or DebitState.Unknown or DebitState.Submitted => paid with { WithBank = open },
            _ => paid with { Waits = open },
        };
    }

    public static BillFlow operator +(BillFlow left, BillFlow right) =>
        new()
        {
            Billed = left.Billed + right.Billed,
            PaidElsewhere = left.PaidElsewhere + right.PaidElsewhere,
            Collected = left.Collected + right.Collected,
            OnHold = left.OnHold + right.OnHold,
            Waits = left.Waits + right.Waits,
            Review = left.Review + right.Review,
            WithBank = left.WithBank + right.WithBank,
            Left = left.Left + right.Left,
            NotOnAutopay = left.NotOnAutopay + right.NotOnAutopay,
        };

    private static BillCount CountOf(Money cents) => cents.IsZero ? default : new BillCount(1, cents.Cents);
}
