namespace Autopay.Domain.Events;

/// <summary>Cents of the bill are asked for later, as a part of their own (R45).</summary>
/// <param name="Part">Opened with nothing beside it; the cents move.</param>
public sealed record BillSplit(BillId Bill, BillId Part, Money Cents, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"{Cents} of bill {Bill} moved to {Part}";

    internal override AccountLedger ApplyTo(AccountLedger ledger) => ledger.WithMoved(Bill, Part, Cents);
}

/// <summary>What is still open of a part belongs to its bill again (R45).</summary>
public sealed record PartTakenBack(BillId Part, Money Cents, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"{Cents} of {Part} moved back to its bill";

    internal override AccountLedger ApplyTo(AccountLedger ledger) => ledger.WithMoved(Part, Part.Whole, Cents);
}

/// <summary>A part leaves later, so that a cycle lies between it and another one (R45).</summary>
/// <param name="Day">The civil day from which it is asked for since.</param>
public sealed record PartPutOff(DebitId Debit, DateOnly Day, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} put off to {Day:yyyy-MM-dd}";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger
            .DebitOf(Debit)
            .Lines.Aggregate(
                ledger.WithDebit(Debit, debit => debit with { DueDate = Day }),
                (moved, line) => moved.WithBill(line.Bill, OnItsDay)
            );

    // The first part is the bill itself, which keeps its dates.
    private Bill OnItsDay(Bill bill) => bill.Part is { } part ? bill with { Part = part with { Day = Day } } : bill;
}

/// <summary>What a person has approved of the whole holds for the part that stays (R25, R45).</summary>
public sealed record ApprovalShared(DebitId Debit, IReadOnlyList<WaivedCheck> Waived, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"approval of debit {NumberOf(Debit)} holds for its parts";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(Debit, debit => debit with { Waived = Waived });
}
