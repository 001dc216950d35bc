namespace Autopay.Domain.Ledger;

/// <summary>Whose a bill, a payment or credit is: the account may have had other payers before (R34).</summary>
public static class Payers
{
    extension(AccountLedger ledger)
    {
        /// <summary>Whose bill or money it is.</summary>
        public string? PayerOf(string? stamped) => stamped ?? ledger.Payer;

        public bool IsOfFormerPayer(string? stamped) => stamped is not null && stamped != ledger.Payer;

        /// <summary>
        /// Whose money was received on a day: paper receipts are posted weeks later. Null: the payer's of today.
        /// </summary>
        public string? PayerOn(DateOnly received) =>
            ledger.FormerPayers.FirstOrDefault(former => received < former.Until)?.Customer;

        /// <summary>Money pays bills of its own payer only (R34).</summary>
        public bool CanPay(Funds funds, Bill bill) => ledger.PayerOf(funds.Payer) == ledger.PayerOf(bill.Payer);

        /// <summary>
        /// Whether both may be in one debit: of one payer, taken out of the same deferrals, and neither looks like
        /// another bill, which would stop both (R41).
        /// </summary>
        public bool GoTogether(Bill one, Bill other) =>
            ledger.PayerOf(one.Payer) == ledger.PayerOf(other.Payer)
            && one.Exemptions.ToHashSet().SetEquals(other.Exemptions)
            && !one.LooksLikeAnother
            && !other.LooksLikeAnother;
    }
}
