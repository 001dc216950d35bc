using Autopay.Application.Ports.Files;
using Autopay.Imports;

namespace Autopay.Application.Importing;

/// <summary>
/// What an import needs to know besides the ledgers; read once a run, because all of it is small; what
/// depends on the rows is read with them.
/// </summary>
public sealed record ImportContext
{
    /// <summary>The payments that are or were in suspense, by the account and id that they name.</summary>
    public required IReadOnlySet<(AccountId Account, string Payment)> EverInSuspense { get; init; }

    /// <summary>
    /// The payments in suspense that nobody was given, or the account itself, by the account that they name.
    /// </summary>
    public required ILookup<AccountId, SuspensePayment> Suspended { get; init; }

    /// <summary>Reversals and adjustments that wait for what they name, in order of arrival, by account.</summary>
    public required ILookup<AccountId, WaitingRow> Early { get; init; }

    /// <summary>
    /// Accounts of the file that are not known under that id, and the known one that each resembles (R30).
    /// </summary>
    public required IReadOnlyDictionary<AccountId, AccountId> LookAlikes { get; init; }

    /// <summary>Rows that are not taken, because their id is another account's (R29).</summary>
    public required IReadOnlyList<ConflictingRow> Conflicts { get; init; }

    /// <summary>Lines of the rows that were judged with the whole file, and are not again with their buckets.</summary>
    public IReadOnlySet<int> Decided { get; init; } = new HashSet<int>();
}

/// <summary>Reads an import's context, and claims the ids of its rows.</summary>
public sealed class ReadImportContext(
    ISuspenseStore suspense,
    IWaitingRows waiting,
    IIdRegister register,
    IdConflicts conflicts
)
{
    public async Task<ImportContext> RunAsync(ImportKind kind, IReadOnlyList<ImportRow> rows, CancellationToken cancel)
    {
        var format = kind.FileFormat;
        var suspended =
            format.Brings is ImportedItem.Account or ImportedItem.Payment || format.Names == ImportedItem.Payment
                ? await suspense.ReadAllAsync(cancel).ToListAsync(cancel)
                : [];
        var early = format.Names == ImportedItem.Nothing ? await waiting.ReadOpenAsync(cancel) : [];
        return new ImportContext
        {
            EverInSuspense = suspended
                .Select(payment => (new AccountId(payment.NamedAccount), payment.Payment.Id.Value))
                .ToHashSet(),
            Suspended = suspended
                .Where(payment =>
                    payment.IsOpen && (payment.AssignedTo is not { } to || to.Value == payment.NamedAccount)
                )
                .ToLookup(payment => new AccountId(payment.NamedAccount)),
            Early = early.Where(row => row.For is WaitingFor.Payment or WaitingFor.Bill).ToLookup(row => row.Account),
            LookAlikes = await LookAlikesAsync(kind, rows, cancel),
            Conflicts = await conflicts.FindAsync(kind, rows, cancel),
        };
    }

    /// <summary>The same for rows of some buckets, without what was judged with the whole file.</summary>
    /// <returns>Its conflicts are those of these rows only.</returns>
    public async Task<ImportContext> OfPartAsync(
        ImportContext whole,
        ImportKind kind,
        IReadOnlyList<ImportRow> rows,
        CancellationToken cancel
    )
    {
        var open = whole.Decided.Count == 0 ? rows : [.. rows.Where(row => !whole.Decided.Contains(row.Line))];
        return whole with
        {
            LookAlikes = whole.LookAlikes.Concat(await LookAlikesAsync(kind, open, cancel)).ToDictionary(),
            Conflicts = await conflicts.FindAsync(kind, open, cancel),
        };
    }

    private async Task<IReadOnlyDictionary<AccountId, AccountId>> LookAlikesAsync(
        ImportKind kind,
        IReadOnlyList<ImportRow> rows,
        CancellationToken cancel
    ) =>
        kind.FileFormat.Brings == ImportedItem.Account
            ? await LookAlikes.FindAsync(register, accounts => conflicts.KnownAsync(accounts, cancel), rows, cancel)
            : new Dictionary<AccountId, AccountId>();
}
