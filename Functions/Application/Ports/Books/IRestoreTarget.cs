using Autopay.Application.Backups;

namespace Autopay.Application.Ports.Books;

/// <summary>
/// A restore that has begun and not ended: until then nobody can load the controls, so nobody decides anything.
/// </summary>
/// <param name="Generation">The ledgers' new generation, the same however often the restore is run again.</param>
/// <param name="Controls">The controls of the backup, with the mode in which the restore leaves them.</param>
public sealed record RestoreMark(string Backup, int Generation, Controls Controls);

/// <summary>The tables that a backup is restored into.</summary>
public interface IRestoreTarget
{
    Task<RestoreMark?> ReadMarkAsync(CancellationToken cancel);

    /// <summary>The first table that holds anything; hints and heartbeats aside, which are made anew.</summary>
    Task<string?> FindNotEmptyAsync(CancellationToken cancel);

    /// <summary>
    /// Writes the backup's controls, changed so, and the mark with them, before anything else is written.
    /// </summary>
    Task<RestoreMark> BeginAsync(
        string backup,
        int generation,
        IReadOnlyList<ControlChange> changes,
        Authority authority,
        CancellationToken cancel
    );

    /// <summary>Writes the rows of a table; what an earlier run wrote is left as it is. Returns what it read.</summary>
    /// <param name="begin">How an account begins its new generation.</param>
    Task<BackupTable> RestoreAsync(
        RestoreMark mark,
        string table,
        Func<AccountLedger, LedgerSave> begin,
        CancellationToken cancel
    );

    /// <summary>Takes the mark away.</summary>
    Task EndAsync(RestoreMark mark, CancellationToken cancel);
}

/// <summary>Empties the tables for a restore.</summary>
public interface IBooksEraser
{
    /// <summary>
    /// Deletes every row. From the first one on nobody can load the controls, until a restore has ended; whenever it is
    /// killed, it is run again.
    /// </summary>
    Task EmptyAsync(IProgress<string>? progress, CancellationToken cancel);
}
