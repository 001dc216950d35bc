namespace Autopay.Domain.Corrections;

/// <summary>A row came that contradicts what is known under its id (R29, R31); a newer one takes its place.</summary>
public sealed record CorrectionReceived(Correction Correction, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "correction received";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger with
        {
            Corrections = [.. ledger.Corrections.Where(correction => !correction.IsReplacedBy(Correction)), Correction],
        };
}

/// <summary>A person has decided.</summary>
/// <param name="Refused">The version that is not asked about again; null when none was refused.</param>
public sealed record CorrectionClosed(CorrectedItem Item, string Id, string? Refused, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => "correction closed";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger with
        {
            Corrections = [.. ledger.Corrections.Where(correction => correction != ledger.FindCorrection(Item, Id))],
            RefusedVersions =
                Refused is null || ledger.RefusedVersions.Contains(Refused)
                    ? ledger.RefusedVersions
                    : [.. ledger.RefusedVersions, Refused],
        };
}

/// <summary>The bill's new numbers are taken; what was paid and collected stays (R31).</summary>
public sealed record BillCorrected(Bill Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "bill corrected";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithBill(
            Bill.Id,
            bill =>
                bill with
                {
                    Cycle = Bill.Cycle,
                    BillDate = Bill.BillDate,
                    DueDate = Bill.DueDate,
                    PenaltyDate = Bill.PenaltyDate,
                    CurrentCharges = Bill.CurrentCharges,
                    PreviousBalance = Bill.PreviousBalance,
                    TotalDue = Bill.TotalDue,
                    Told = bill.Told ?? new BillTold(bill.CurrentCharges, bill.DueDate),
                    Flags = [.. bill.Flags.Where(flag => flag.Check != ReviewCheck.DueDate)],
                }
        );
}

/// <summary>The old payment was reversed, and this one is posted in its place (R31).</summary>
public sealed record PaymentCorrected(Funds Funds, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "payment corrected";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithFunds(Funds.Id, _ => Funds) with
        {
            Debits = [.. ledger.Debits.Select(debit => debit.WithPaymentSinceLocked())],
        };
}
