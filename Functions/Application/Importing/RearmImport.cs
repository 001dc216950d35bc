namespace Autopay.Application.Importing;

/// <summary>
/// Finance lets every bill be collected again that one import opened after its due date (R5). A run that died is asked
/// for again: what is re-armed stays so.
/// </summary>
public sealed class RearmImport(ChangeBillsOfImport change)
{
    /// <returns>Null when there is no such import.</returns>
    public Task<ChangedBills?> RunAsync(string importId, Authority authority, CancellationToken cancel) =>
        change.RunAsync(
            importId,
            new BillsCommand(
                ledger => ledger.Bills.Any(bill => bill.Blocked?.Import == importId),
                now => new RearmBillsOfImport(importId, authority.Why, now),
                happened => (happened as BillRearmed)?.Bill
            ),
            authority,
            cancel
        );
}
