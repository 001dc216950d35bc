using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Autopay.Application.Ports.Files;
using Autopay.Storage.Ledgers;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Autopay.Storage.Imports;

/// <summary>Import records in a table, their files as blobs beside it.</summary>
public sealed class TableImportStore(StorageClients clients) : IImportStore
{
    private const string Partition = "imports";
    private const int MostOperations = 100;
    private const string Turns = "turns";
    private const string Turn = "all";

    private TableClient Table => clients.Table(StorageClients.ImportsTable);

    public async Task<ImportRecord?> FindAsync(string importId, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            Partition,
            LedgerKeys.Escape(importId),
            cancellationToken: cancel
        );
        return row.HasValue ? ToRecord(row.Value!) : null;
    }

    public async Task<bool> TryCreateAsync(ImportRecord record, CancellationToken cancel)
    {
        try
        {
            await Table.AddEntityAsync(ToRow(record), cancel);
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            // Ours after a lost answer, or another upload of the same bytes: either way it is stored once and has a
            // message or the sweep.
            return await FindAsync(record.Id, cancel) is { } stored
                && stored.Authority == record.Authority
                && stored.FileName == record.FileName;
        }
    }

    public async Task<ImportRecord?> SaveAsync(ImportRecord record, CancellationToken cancel)
    {
        var row = ToRow(record);
        try
        {
            var answer = await Table.UpdateEntityAsync(
                row,
                record.Tag is { } tag ? new ETag(tag) : ETag.All,
                TableUpdateMode.Replace,
                cancel
            );
            return record with { Tag = answer.Headers.ETag.ToString() };
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            // Somebody else moved it on, or our own answer was lost: then the stored row is ours, letter by letter.
            var stored = (
                await Table.GetEntityAsync<TableEntity>(Partition, row.RowKey, cancellationToken: cancel)
            ).Value;
            return LongText.Read(stored, "Record") == LongText.Read(row, "Record") ? ToRecord(stored) : null;
        }
    }

    public async IAsyncEnumerable<ImportRecord> ReadUnfinishedAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var record in (await QueryAsync(" and Done eq false", cancel).ToListAsync(cancel)).InOrderOfArrival())
        {
            yield return record;
        }
    }

    public IAsyncEnumerable<ImportRecord> ReadAllAsync(CancellationToken cancel) => QueryAsync("", cancel);

    public async Task AddFindingsAsync(
        ImportRecord import,
        IReadOnlyCollection<ImportFinding> findings,
        CancellationToken cancel
    )
    {
        foreach (var chunk in findings.DistinctBy(finding => finding.Place).Chunk(MostOperations))
        {
            await Table.SubmitTransactionAsync(
                chunk.Select(finding => new TableTransactionAction(
                    TableTransactionActionType.UpsertReplace,
                    ToRow(import, finding)
                )),
                cancel
            );
        }
    }

    public IAsyncEnumerable<ImportFinding> ReadFindingsAsync(
        ImportRecord import,
        string? after,
        CancellationToken cancel
    )
    {
        var behind = after is null ? "" : $" and RowKey gt '{LedgerKeys.Quote(LedgerKeys.Escape(after))}'";
        return Table
            .QueryAsync<TableEntity>($"PartitionKey eq '{FindingsOf(import)}'{behind}", cancellationToken: cancel)
            .Select(row => new ImportFinding(
                row.GetInt32("Line")!.Value,
                row.GetString("Account"),
                row.GetString("Id"),
                row.GetString("Message")
            )
            {
                ToAct = row.GetBoolean("ToAct")!.Value,
            });
    }

    public async Task StoreFileAsync(string importId, Stream content, CancellationToken cancel)
    {
        try
        {
            // Never over a file that somebody may be reading.
            await FileOf(importId)
                .UploadAsync(
                    content,
                    new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } },
                    cancel
                );
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            // It is there: its id stands for its bytes.
        }
    }

    public async Task<bool> HasFileAsync(string importId, CancellationToken cancel) =>
        await FileOf(importId).ExistsAsync(cancel);

    // Whole in one request, as it came: its reader goes back in it, and neither waits for the next part of it.
    public async Task<Stream> OpenFileAsync(string importId, CancellationToken cancel)
    {
        var file = new FileStream(
            Path.GetTempFileName(),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None,
            1 << 16,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous
        );
        try
        {
            await FileOf(importId).DownloadToAsync(file, cancel);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public async Task<bool> TakeTurnAsync(ImportRecord import, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(Turns, Turn, cancellationToken: cancel);
        if (row.HasValue && await HasRightAsync(row.Value!, cancel))
        {
            return IsOf(row.Value!, import);
        }

        if (await this.NextInTurnAsync(cancel) is not { } next || !next.IsSameArrival(import))
        {
            return false;
        }

        var mine = new TableEntity(Turns, Turn) { ["Import"] = import.Id, ["Arrived"] = import.Arrival.At.UtcTicks };
        try
        {
            _ = row.HasValue
                ? await Table.UpdateEntityAsync(mine, row.Value!.ETag, TableUpdateMode.Replace, cancel)
                : await Table.AddEntityAsync(mine, cancel);
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            // Somebody else took it or gave it back, or our own answer was lost: the row says whose it is.
            return await TakeTurnAsync(import, cancel);
        }
    }

    public async Task EndTurnAsync(ImportRecord import, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(Turns, Turn, cancellationToken: cancel);
        if (row.HasValue && IsOf(row.Value!, import))
        {
            await GiveUpTurnAsync(row.Value!, cancel);
        }
    }

    // This import is done, so the next one may have the turn by now: it keeps it.
    private async Task GiveUpTurnAsync(TableEntity turn, CancellationToken cancel)
    {
        try
        {
            await Table.DeleteEntityAsync(turn, turn.ETag, cancel);
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            // Taken over, or our own answer was lost.
        }
    }

    // Who is done, waits for approval, or has arrived once more since, has no right to a turn that was left behind.
    private async Task<bool> HasRightAsync(TableEntity turn, CancellationToken cancel) =>
        await FindAsync(turn.GetString("Import"), cancel) is { IsEnded: false, Waits: false } holder
        && IsOf(turn, holder);

    private static bool IsOf(TableEntity turn, ImportRecord import) =>
        turn.GetString("Import") == import.Id && turn.GetInt64("Arrived") == import.Arrival.At.UtcTicks;

    private IAsyncEnumerable<ImportRecord> QueryAsync(string condition, CancellationToken cancel) =>
        Table
            .QueryAsync<TableEntity>($"PartitionKey eq '{Partition}'{condition}", cancellationToken: cancel)
            .Select(ToRecord);

    // Each arrival of an import has findings of its own.
    private static string FindingsOf(ImportRecord import) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"findings-{LedgerKeys.Quote(LedgerKeys.Escape(import.Id))}-{import.Arrival.At.UtcTicks}"
        );

    private static TableEntity ToRow(ImportRecord import, ImportFinding finding) =>
        new(FindingsOf(import), LedgerKeys.Escape(finding.Place))
        {
            ["Line"] = finding.Line,
            ["Account"] = finding.Account,
            ["Id"] = finding.Id,
            ["Message"] = finding.Message,
            ["ToAct"] = finding.ToAct,
        };

    private BlobClient FileOf(string importId) =>
        clients.Container(StorageClients.ImportsContainer).GetBlobClient($"{importId}.csv");

    private static ImportRecord ToRecord(TableEntity row) =>
        JsonSerializer.Deserialize(LongText.Read(row, "Record"), LedgerJson.Default.ImportRecord)! with
        {
            Tag = row.ETag.ToString(),
        };

    private static TableEntity ToRow(ImportRecord record)
    {
        var row = new TableEntity(Partition, LedgerKeys.Escape(record.Id)) { ["Done"] = record.IsEnded };
        LongText.Write(row, "Record", JsonSerializer.Serialize(record, LedgerJson.Default.ImportRecord));
        return row;
    }
}
