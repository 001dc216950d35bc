namespace Autopay.Domain;

public sealed partial record AccountLedger
{
    /// <summary>Rows that contradict what is known under their id; each waits for a person's word (R29, R31).</summary>
    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    /// <summary>Versions that a person has decided against: a file that brings them again asks nobody again.</summary>
    public IReadOnlyList<string> RefusedVersions { get; init; } = [];

    public Correction? FindCorrection(CorrectedItem item, string id) => Corrections.FirstOrDefault(correction => correction.IsOf(item, id));

    /// <summary>
    /// What keeps the debit from being collected: a correction of one of its bills, or of any payment of the account, which may have been meant
    /// for them (R29, R31).
    /// </summary>
    public IEnumerable<Correction> CorrectionsOn(Debit debit) =>
        Corrections.Where(correction => correction.Bill is not { } bill || debit.Names(bill.Id));

    private AccountLedger ApplyToCorrections(LedgerEvent happened) => happened switch
    {
        CorrectionReceived e => this with { Corrections = [.. WithoutCorrection(e.Correction.Item, e.Correction.Id), e.Correction] },
        CorrectionClosed e => this with { Corrections = WithoutCorrection(e.Item, e.Id), RefusedVersions = Refuse(e.Refused) },
        BillCorrected e => WithBill(e.Bill.Id, bill => bill with
        {
            Cycle = e.Bill.Cycle, BillDate = e.Bill.BillDate, DueDate = e.Bill.DueDate, PenaltyDate = e.Bill.PenaltyDate, CurrentCharges = e.Bill.CurrentCharges,
            PreviousBalance = e.Bill.PreviousBalance, TotalDue = e.Bill.TotalDue, Flags = [.. bill.Flags.Where(flag => flag.Check != ReviewCheck.DueDate)],
        }),
        PaymentCorrected e => WithFunds(e.Funds.Id, _ => e.Funds) with { Debits = [.. Debits.Select(MarkPaymentSinceLocked)] },
        _ => throw Impossible(happened),
    };

    private Correction[] WithoutCorrection(CorrectedItem item, string id) => [.. Corrections.Where(correction => !correction.IsOf(item, id))];

    private IReadOnlyList<string> Refuse(string? version) => version is null || RefusedVersions.Contains(version) ? RefusedVersions : [.. RefusedVersions, version];
}
