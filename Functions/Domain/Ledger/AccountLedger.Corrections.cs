namespace Autopay.Domain.Ledger;

public sealed partial record AccountLedger
{
    /// <summary>The one that is decided next: several can wait for one bill or payment, the oldest is first.</summary>
    public Correction? FindCorrection(CorrectedItem item, string id) =>
        Corrections.FirstOrDefault(correction => correction.IsOf(item, id));

    /// <summary>
    /// Whether a person has moved the bill to another account: it is known here, and asks for nothing (R29).
    /// </summary>
    public bool HasMovedAway(BillId id) =>
        FindBill(id) is { Charges.IsZero: true } && AdjustmentIds.Contains(Correction.MoveOf(id));

    /// <summary>Whether the bill is here, and asks for its charges here.</summary>
    public bool Holds(BillId id) => FindBill(id) is not null && !HasMovedAway(id);

    /// <summary>Whether the payment is here, and any of it counts here.</summary>
    public bool Holds(PaymentId id) => Funds.Any(funds => funds.Id == id && funds.Reversed < funds.Amount);

    /// <summary>
    /// What keeps the debit from being collected: a correction of one of its bills, or of any payment of the account,
    /// which may have been meant
    /// for them (R29, R31).
    /// </summary>
    public IEnumerable<Correction> CorrectionsOn(Debit debit) =>
        Corrections.Where(correction => correction.Bill is not { } bill || debit.Names(bill.Id));

    private AccountLedger ApplyToCorrections(LedgerEvent happened) =>
        happened switch
        {
            CorrectionReceived e => this with
            {
                Corrections =
                [
                    .. Corrections.Where(correction => !correction.IsReplacedBy(e.Correction)),
                    e.Correction,
                ],
            },
            CorrectionClosed e => this with
            {
                Corrections = [.. Corrections.Where(correction => correction != FindCorrection(e.Item, e.Id))],
                RefusedVersions = Refuse(e.Refused),
            },
            BillCorrected e => WithBill(
                e.Bill.Id,
                bill =>
                    bill with
                    {
                        Cycle = e.Bill.Cycle,
                        BillDate = e.Bill.BillDate,
                        DueDate = e.Bill.DueDate,
                        PenaltyDate = e.Bill.PenaltyDate,
                        CurrentCharges = e.Bill.CurrentCharges,
                        PreviousBalance = e.Bill.PreviousBalance,
                        TotalDue = e.Bill.TotalDue,
                        Flags = [.. bill.Flags.Where(flag => flag.Check != ReviewCheck.DueDate)],
                    }
            ),
            PaymentCorrected e => WithFunds(e.Funds.Id, _ => e.Funds) with
            {
                Debits = [.. Debits.Select(MarkPaymentSinceLocked)],
            },
            _ => throw Impossible(happened),
        };

    private IReadOnlyList<string> Refuse(string? version) =>
        version is null || RefusedVersions.Contains(version) ? RefusedVersions : [.. RefusedVersions, version];
}
