namespace Autopay.Application.Importing;

/// <summary>
/// A bills file came again under other ids: finance leaves out every bill of it that looks like another one and that
/// nobody has told apart (R22, R41). A run that died is asked for again: what is left out stays so.
/// </summary>
public sealed class SkipLookAlikes(ChangeBillsOfImport change)
{
    /// <returns>Null when there is no such import.</returns>
    public Task<ChangedBills?> RunAsync(string importId, Authority authority, CancellationToken cancel) =>
        change.RunAsync(
            importId,
            new BillsCommand(
                ledger => ledger.Bills.Any(bill => bill.LooksLikeAnother),
                now => new SkipLookAlikesOfImport(importId, authority.Why, now),
                happened => (happened as BillSkipped)?.Bill
            ),
            authority,
            cancel
        );
}
