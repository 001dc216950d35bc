namespace Autopay.Domain.Events;

public sealed record FundsReceived(Funds Funds, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "payment";
}

/// <summary>The payment left credit although debits took, or are taking, the money for the same bills (R28).</summary>
public sealed record PaymentFoundTwice(PaymentId Funds, IReadOnlyList<DebitShare> Debits, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => "paid twice";
}

public sealed record FundsApplied(PaymentId Funds, BillId Bill, Money Cents, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "payment applied";
}

public sealed record FundsUnapplied(PaymentId Funds, BillId Bill, Money Cents, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "payment taken off a bill";

    /// <summary>The import that asked for it.</summary>
    public string? Source { get; init; }
}

public sealed record FundsReversed(PaymentId Funds, Money Cents, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "payment reversed";

    public DateOnly? On { get; init; }
}

/// <summary>
/// Collected money that an adjustment made too much: off the bill, into credit, onto the refund list (R5).
/// </summary>
public sealed record OverCollected(BillId Bill, Funds Funds, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "refund list";
}

/// <summary>The part of a bill's charges below zero becomes credit of the account (R5).</summary>
public sealed record BillCredited(BillId Bill, Funds Funds, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "bill below zero";
}

/// <summary>The bill was adjusted upwards again: what is left of its credit is no longer the account's (R5).</summary>
public sealed record BillCreditTakenBack(BillId Bill, PaymentId Funds, Money Cents, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"credit less by {Cents}";
}

/// <summary>Finance looked at money that came in twice and leaves it as credit.</summary>
public sealed record CreditKept(PaymentId Funds, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "kept as credit";
}
