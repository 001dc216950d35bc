namespace Autopay.Domain.Events;

public sealed record FundsReceived(Funds Funds, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "payment";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger with
        {
            Funds = [.. ledger.Funds, Funds],
            Debits = [.. ledger.Debits.Select(debit => debit.WithPaymentSinceLocked())],
        };
}

/// <summary>The payment left credit although debits took, or are taking, the money for the same bills (R28).</summary>
public sealed record PaymentFoundTwice(PaymentId Funds, IReadOnlyList<DebitShare> Debits, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => "paid twice";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithFunds(Funds, funds => funds with { AlsoTakenBy = Debits });
}

public sealed record FundsApplied(PaymentId Funds, BillId Bill, Money Cents, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "payment applied";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger
            .WithFunds(Funds, funds => funds.Apply(Bill, Cents))
            .WithBill(Bill, bill => bill with { PaidElsewhere = bill.PaidElsewhere + Cents });
}

public sealed record FundsUnapplied(PaymentId Funds, BillId Bill, Money Cents, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "payment taken off a bill";

    /// <summary>The import that asked for it.</summary>
    public string? Source { get; init; }

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger
            .WithFunds(Funds, funds => funds.Unapply(Bill, Cents))
            .WithBill(
                Bill,
                bill =>
                    bill with
                    {
                        PaidElsewhere = bill.PaidElsewhere - Cents,
                        ReopenedBy = bill.OpenedInFlight(Source),
                    }
            );
}

public sealed record FundsReversed(PaymentId Funds, Money Cents, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "payment reversed";

    /// <summary>The civil day.</summary>
    public required DateOnly On { get; init; }

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithFunds(Funds, funds => funds with { Reversed = funds.Reversed + Cents });
}

/// <summary>
/// Collected money that an adjustment made too much: off the bill, into credit, onto the refund list (R5).
/// </summary>
public sealed record OverCollected(BillId Bill, Funds Funds, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "refund list";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithBill(Bill, bill => bill with { Collected = bill.Collected - Funds.Amount }) with
        {
            Funds = [.. ledger.Funds, Funds],
        };
}

/// <summary>The part of a bill's charges below zero becomes credit of the account (R5).</summary>
public sealed record BillCredited(BillId Bill, Funds Funds, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "bill below zero";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithBill(Bill, bill => bill with { PaidElsewhere = bill.PaidElsewhere - Funds.Amount }) with
        {
            Funds = [.. ledger.Funds, Funds],
        };
}

/// <summary>The bill was adjusted upwards again: what is left of its credit is no longer the account's (R5).</summary>
public sealed record BillCreditTakenBack(BillId Bill, PaymentId Funds, Money Cents, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"credit less by {Cents}";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger
            .WithFunds(Funds, funds => funds with { Reversed = funds.Reversed + Cents })
            .WithBill(Bill, bill => bill with { PaidElsewhere = bill.PaidElsewhere + Cents });
}

/// <summary>Finance looked at money that came in twice and leaves it as credit.</summary>
public sealed record CreditKept(PaymentId Funds, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "kept as credit";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithFunds(Funds, funds => funds with { Kept = true, Payer = null });
}
