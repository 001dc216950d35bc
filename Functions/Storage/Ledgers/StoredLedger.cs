using Autopay.Application.Ports.Books;

namespace Autopay.Storage.Ledgers;

/// <summary>What the row of a ledger has besides the ledger's own column, as it was read or written.</summary>
internal sealed record StoredLedger(UnfiledHistory Unfiled, LedgerPast Past) : StoreState
{
    /// <summary>The ledger takes more than one column; merged, a rest of it could stay.</summary>
    public bool IsLong { get; init; }

    public static StoredLedger Of(LedgerEntry entry) =>
        entry.Stored as StoredLedger ?? new(new UnfiledHistory(false, []), LedgerPast.Empty);
}
