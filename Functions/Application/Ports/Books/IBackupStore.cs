using Autopay.Application.Backups;

namespace Autopay.Application.Ports.Books;

/// <summary>
/// Backups: a blob a table, one line a row, and a manifest that is written last. Everything is streamed; nothing grows
/// with the city.
/// </summary>
public interface IBackupStore
{
    /// <summary>
    /// The tables of a backup in the order in which they are exported: see <see cref="ExportBackup"/>.
    /// </summary>
    IReadOnlyList<string> SmallTables { get; }

    IReadOnlyList<string> LedgerTables { get; }

    string ControlsTable { get; }

    /// <summary>Each account of a ledger table as it was at one instant, whatever is written meanwhile.</summary>
    Task<BackupTable> ExportAsync(string backup, string table, CancellationToken cancel);

    Task SaveManifestAsync(string backup, string json, CancellationToken cancel);

    Task<string?> ReadManifestAsync(string backup, CancellationToken cancel);

    /// <summary>The table as it lies in the backup: counts, sums and hash of what can be read.</summary>
    /// <exception cref="RefusedException">It is missing, or a line cannot be read.</exception>
    Task<BackupTable> MeasureAsync(string backup, string table, CancellationToken cancel);

    /// <summary>Ids of backups, whole or not, oldest first.</summary>
    IAsyncEnumerable<string> ReadIdsAsync(CancellationToken cancel);

    Task DeleteAsync(string backup, CancellationToken cancel);
}

/// <summary>
/// A second account, in another region, where blobs are written once: what lies there nobody can read, change or delete
/// with the app's own rights.
/// </summary>
public interface IBackupCopies
{
    /// <summary>False: the city has no second account.</summary>
    bool IsOn { get; }

    /// <summary>One table of a whole backup; null: its manifest. What is there already stays as it is.</summary>
    /// <exception cref="IOException">The account is away, or does not take it.</exception>
    Task CopyAsync(string backup, string? table, CancellationToken cancel);

    /// <summary>The controls as they are now, with their history.</summary>
    /// <exception cref="IOException">The account is away, or does not take it.</exception>
    /// <exception cref="RefusedException">A restore is not finished.</exception>
    Task CopyControlsAsync(string id, CancellationToken cancel);
}
