using Autopay.Application.Backups;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Tests.App.Backups;

/// <summary>A backup that is exactly what its manifest says, and the tables that it is restored into.</summary>
internal sealed class ScratchBackup : IBackupStore, IRestoreTarget
{
    public const string Id = "20200121";

    public BackupManifest Manifest { get; set; }

    /// <summary>What a restore that did not end has left.</summary>
    public RestoreMark? Mark { get; set; }

    /// <summary>A table that is another one when it is read for the second time.</summary>
    public string? Changes { get; set; }

    public bool HasBegun { get; private set; }

    public bool HasEnded { get; private set; }

    public IReadOnlyList<string> SmallTables => ["suspense"];

    public IReadOnlyList<string> LedgerTables { get; } = [.. Bucket.All.Select(TableOf)];

    public string ControlsTable => "controls";

    public ScratchBackup() =>
        Manifest = new BackupManifest
        {
            Id = Id,
            BegunAt = default,
            EndedAt = default,
            By = "night",
            Buckets = Bucket.Count,
            Schema = AccountLedger.CurrentSchema,
            Tables =
            [
                .. SmallTables
                    .Concat(LedgerTables)
                    .Append(ControlsTable)
                    .Select(table => new BackupTable(table, 0, 0, $"hash of {table}", BackupSums.None, 0)),
            ],
        };

    public static string TableOf(Bucket bucket) => $"ledger{bucket}";

    /// <summary>The manifest says that of the bucket.</summary>
    public void Says(Bucket bucket, BackupSums sums) =>
        Manifest = Manifest with
        {
            Tables =
            [
                .. Manifest.Tables.Select(table => table.Table == TableOf(bucket) ? table with { Sums = sums } : table),
            ],
        };

    public Task<string?> ReadManifestAsync(string backup, CancellationToken cancel) =>
        Task.FromResult<string?>(Manifest.Sealed().ToJson());

    public Task<BackupTable> MeasureAsync(string backup, string table, CancellationToken cancel) =>
        Task.FromResult(Of(table));

    public Task<RestoreMark?> ReadMarkAsync(CancellationToken cancel) => Task.FromResult(Mark);

    public Task<string?> FindNotEmptyAsync(CancellationToken cancel) => Task.FromResult<string?>(null);

    public Task<RestoreMark> BeginAsync(
        string backup,
        int generation,
        IReadOnlyList<ControlChange> changes,
        Authority authority,
        CancellationToken cancel
    )
    {
        HasBegun = true;
        return Task.FromResult(new RestoreMark(backup, generation, new Controls()));
    }

    public Task<BackupTable> RestoreAsync(
        RestoreMark mark,
        string table,
        Func<AccountLedger, LedgerSave> begin,
        CancellationToken cancel
    ) => Task.FromResult(table == Changes ? Of(table) with { Sha256 = "another" } : Of(table));

    public Task EndAsync(RestoreMark mark, CancellationToken cancel)
    {
        HasEnded = true;
        return Task.CompletedTask;
    }

    public Task<BackupTable> ExportAsync(string backup, string table, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task SaveManifestAsync(string backup, string json, CancellationToken cancel) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<string> ReadIdsAsync(CancellationToken cancel) => throw new NotSupportedException();

    public Task DeleteAsync(string backup, CancellationToken cancel) => throw new NotSupportedException();

    private BackupTable Of(string table) => Manifest.Tables.First(it => it.Table == table);
}
