namespace Autopay.Domain.Corrections;

/// <summary>What waits for a person's word on an account, and what that word has done (R29, R31).</summary>
public static class CorrectionsOfAccount
{
    extension(AccountLedger ledger)
    {
        /// <summary>
        /// The one that is decided next: several can wait for one bill or payment, the oldest is first.
        /// </summary>
        public Correction? FindCorrection(CorrectedItem item, string id) =>
            ledger.Corrections.FirstOrDefault(correction => correction.IsOf(item, id));

        /// <summary>
        /// Whether a person has moved the bill to another account: it is known here, and asks for nothing (R29).
        /// </summary>
        public bool HasMovedAway(BillId id) =>
            ledger.FindBill(id) is { Charges.IsZero: true } && ledger.AdjustmentIds.Contains(Correction.MoveOf(id));

        /// <summary>Whether the bill is here, and asks for its charges here.</summary>
        public bool Holds(BillId id) => ledger.FindBill(id) is not null && !ledger.HasMovedAway(id);

        /// <summary>Whether the payment is here, and any of it counts here.</summary>
        public bool Holds(PaymentId id) => ledger.Funds.Any(funds => funds.Id == id && funds.Reversed < funds.Amount);

        /// <summary>
        /// What keeps the debit from being collected: a correction of one of its bills, or of any payment of the
        /// account, which may have been meant for them (R29, R31).
        /// </summary>
        public IEnumerable<Correction> CorrectionsOn(Debit debit) =>
            ledger.Corrections.Where(correction =>
                correction.Bill is null || debit.Lines.Any(line => MayConcern(correction, line.Bill))
            );

        /// <summary>The same of a bill, whatever debit it is in.</summary>
        public IEnumerable<Correction> CorrectionsOn(BillId bill) =>
            ledger.Corrections.Where(correction => MayConcern(correction, bill));
    }

    // Its parts (R45), and the line of its previous balance (R46), are of it too.
    private static bool MayConcern(Correction correction, BillId line) =>
        correction.Bill is not { Id: var bill } || line.Whole == bill || line.Whole == bill.ToPrevious();
}
