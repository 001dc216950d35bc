namespace Autopay.Triggers;

/// <summary>What a request names must be there: that it is not is another answer than that the rules refuse it.</summary>
internal static class AccountTargets
{
    /// <returns>What the account does not have, in words; null when it has what the command names.</returns>
    public static string? Missing(AccountLedger ledger, LedgerCommand command) => command switch
    {
        SkipBill it => Missing(ledger, it.Bill),
        RearmBill it => Missing(ledger, it.Bill),
        ExemptBill it => Missing(ledger, it.Bill),
        DismissWarnings it => Missing(ledger, it.Bill),
        ApproveDebit it => Missing(ledger, it.Debit),
        CancelDebit it => Missing(ledger, it.Debit),
        RequestRefund it => Missing(ledger, it.Debit),
        KeepCredit it => ledger.Funds.Any(funds => funds.Id == it.Payment) ? null : $"payment {it.Payment}",
        _ => null,
    };

    private static string? Missing(AccountLedger ledger, BillId bill) => ledger.FindBill(bill) is null ? $"bill {bill}" : null;

    // One that was archived is known by its number; the rules say what can still be done about it.
    private static string? Missing(AccountLedger ledger, DebitId debit) =>
        ledger.FindDebit(debit) is null && (debit.Generation > ledger.Generation || debit.Sequence >= ledger.NextDebit) ? $"debit {debit}" : null;
}
