using System.Runtime.CompilerServices;
using System.Text.Json;
using Autopay.Application.Backups;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Storage.Finance;
using Autopay.Storage.Ledgers;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Autopay.Storage.Backups;

/// <summary>
/// Backups in the container <c>backups</c>: <c>{id}/{table}.ndjson</c> and, last, <c>{id}/manifest.json</c>.
/// </summary>
/// <param name="from">A container of copies, to restore from; null: <c>backups</c> itself.</param>
public sealed class BlobBackupStore(StorageClients clients, BlobContainerClient? from = null) : IBackupStore
{
    private const string Manifest = "manifest.json";
    private readonly CopiedControls? newer = from is null ? null : new(from);

    /// <summary>Hints and heartbeats are made anew.</summary>
    public IReadOnlyList<string> SmallTables { get; } =
    [
        .. StorageClients
            .Tables.Except(Bucket.All.Select(LedgerKeys.Table))
            .Except([StorageClients.ControlsTable, StorageClients.SchedulesTable]),
    ];

    public IReadOnlyList<string> LedgerTables { get; } = [.. Bucket.All.Select(LedgerKeys.Table)];

    public string ControlsTable => StorageClients.ControlsTable;

    private BlobContainerClient Container => from ?? clients.Container(StorageClients.BackupsContainer);

    public async Task<BackupTable> ExportAsync(string backup, string table, CancellationToken cancel)
    {
        using var tally = new BackupTally(table);
        await using var blob = await BlobOf(backup, table).OpenWriteAsync(overwrite: true, cancellationToken: cancel);
        if (LedgerTables.Contains(table))
        {
            var scan = new LedgerScan(clients.Table(table), LedgerKeys.BucketOf(table));
            await BackupLines.WriteAsync(blob, scan.ReadAsync(cancel), tally, cancel);
            return tally.ToTable(scan.Torn);
        }

        var rows =
            table == ControlsTable
                ? ReadControlsAsync(cancel)
                : clients.Table(table).QueryAsync<TableEntity>(cancellationToken: cancel);
        await BackupLines.WriteAsync(blob, rows, tally, cancel);
        return tally.ToTable();
    }

    // The controls first, then their history up to them. How the tables were made belongs to the tables and is left
    // out.
    internal async IAsyncEnumerable<TableEntity> ReadControlsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var state = await clients
            .Table(ControlsTable)
            .GetEntityIfExistsAsync<TableEntity>(ControlsRows.Partition, ControlsRows.State, cancellationToken: cancel);
        if (!state.HasValue)
        {
            yield break;
        }

        if (state.Value!.ContainsKey(ControlsRows.Restoring))
        {
            throw new RefusedException("A restore is not finished: half-restored tables are no backup.");
        }

        yield return state.Value;
        var last = ControlsRows.HistoryKey(state.Value.GetInt64("Version") ?? 0);
        await foreach (
            var row in clients
                .Table(ControlsTable)
                .QueryAsync<TableEntity>($"RowKey ge 'h|' and RowKey le '{last}'", cancellationToken: cancel)
        )
        {
            yield return row;
        }
    }

    public Task SaveManifestAsync(string backup, string json, CancellationToken cancel) =>
        Container.GetBlobClient(NameOf(backup, null)).UploadAsync(BinaryData.FromString(json), overwrite: true, cancel);

    public async Task<string?> ReadManifestAsync(string backup, CancellationToken cancel)
    {
        try
        {
            var name = NameOf(backup, null);
            var json = (await Container.GetBlobClient(name).DownloadContentAsync(cancel)).Value.Content.ToString();
            return newer is null ? json : await WithNewerControlsAsync(newer, backup, json, cancel);
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    public async Task<BackupTable> MeasureAsync(string backup, string table, CancellationToken cancel)
    {
        using var tally = new BackupTally(table);
        await foreach (var row in ReadAsync(backup, table, tally, cancel))
        {
            // Counted on the way.
            _ = row;
        }

        return tally.ToTable();
    }

    public async IAsyncEnumerable<string> ReadIdsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (
            var item in Container.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", null, cancel)
        )
        {
            if (item.IsPrefix && item.Prefix != CopiedControls.Folder)
            {
                yield return item.Prefix.TrimEnd('/');
            }
        }
    }

    // The manifest first: what is being deleted is no whole backup any more.
    public async Task DeleteAsync(string backup, CancellationToken cancel)
    {
        await Container.GetBlobClient(NameOf(backup, null)).DeleteIfExistsAsync(cancellationToken: cancel);
        await foreach (var blob in Container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{backup}/", cancel))
        {
            await Container.GetBlobClient(blob.Name).DeleteIfExistsAsync(cancellationToken: cancel);
        }
    }

    /// <exception cref="RefusedException">It is missing, or a line cannot be read.</exception>
    internal async IAsyncEnumerable<TableEntity> ReadAsync(
        string backup,
        string table,
        BackupTally tally,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await using var blob = await OpenAsync(backup, table, cancel);
        await using var rows = BackupLines.ReadAsync(blob, tally, cancel).GetAsyncEnumerator(cancel);
        while (await NextAsync(rows, backup, table))
        {
            yield return rows.Current;
        }
    }

    private async Task<Stream> OpenAsync(string backup, string table, CancellationToken cancel)
    {
        try
        {
            return await OpenBlobAsync(
                (table == ControlsTable && newer is not null ? await newer.FindAsync(backup, cancel) : null)
                    ?? NameOf(backup, table),
                cancel
            );
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            throw new RefusedException($"Backup {backup}, {table}: its blob is missing.");
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<TableEntity> rows, string backup, string table)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (Exception damaged) when (damaged is FormatException or JsonException or ArgumentException)
        {
            throw new RefusedException($"Backup {backup}, {table} is damaged: {damaged.Message}");
        }
    }

    internal Task<Stream> OpenBlobAsync(string name, CancellationToken cancel) =>
        Container.GetBlobClient(name).OpenReadAsync(cancellationToken: cancel);

    /// <summary>Of a table, or of the manifest.</summary>
    internal static string NameOf(string backup, string? table) =>
        table is null ? $"{backup}/{Manifest}" : $"{backup}/{table}.ndjson";

    private BlockBlobClient BlobOf(string backup, string table) => Container.GetBlockBlobClient(NameOf(backup, table));

    // What people decided after the night is in copies of its own, which belong to the backup from here on.
    private async Task<string> WithNewerControlsAsync(
        CopiedControls copied,
        string backup,
        string json,
        CancellationToken cancel
    )
    {
        if (
            await copied.FindAsync(backup, cancel) is null
            || BackupManifest.TryRead(json) is not { } manifest
            || manifest.Id != backup
        )
        {
            return json;
        }

        var controls = await MeasureAsync(backup, ControlsTable, cancel);
        return (
            manifest with
            {
                Tables = [.. manifest.Tables.Select(table => table.Table == ControlsTable ? controls : table)],
            }
        )
            .Sealed()
            .ToJson();
    }
}
