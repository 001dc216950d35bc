using System.Runtime.CompilerServices;
using System.Text.Json;
using Autopay.Application.Ports;
using Autopay.Imports;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage;

/// <summary>Import records in a table, their files as blobs beside it.</summary>
public sealed class TableImportStore(StorageClients clients) : IImportStore
{
    private const string Partition = "imports";
    private const string Turns = "turns";

    private TableClient Table => clients.Table(StorageClients.ImportsTable);

    public async Task<ImportRecord?> FindAsync(string importId, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(Partition, LedgerKeys.Escape(importId), cancellationToken: cancel);
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
            // Ours after a lost answer, or another upload of the same bytes: either way it is stored once and has a message or the sweep.
            return await FindAsync(record.Id, cancel) is { } stored && stored.Authority == record.Authority && stored.FileName == record.FileName;
        }
    }

    public async Task<ImportRecord?> SaveAsync(ImportRecord record, CancellationToken cancel)
    {
        var row = ToRow(record);
        try
        {
            var answer = await Table.UpdateEntityAsync(row, record.Tag is { } tag ? new ETag(tag) : ETag.All, TableUpdateMode.Replace, cancel);
            return record with { Tag = answer.Headers.ETag.ToString() };
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            // Somebody else moved it on, or our own answer was lost: then the stored row is ours, letter by letter.
            var stored = (await Table.GetEntityAsync<TableEntity>(Partition, row.RowKey, cancellationToken: cancel)).Value;
            return LongText.Read(stored, "Record") == LongText.Read(row, "Record") ? ToRecord(stored) : null;
        }
    }

    public async IAsyncEnumerable<ImportRecord> ReadUnfinishedAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        List<ImportRecord> unfinished = [];
        await foreach (var row in Table.QueryAsync<TableEntity>($"PartitionKey eq '{Partition}' and Done eq false", cancellationToken: cancel))
        {
            unfinished.Add(ToRecord(row));
        }

        foreach (var record in unfinished.OrderBy(record => record.Authority.At))
        {
            yield return record;
        }
    }

    public async Task StoreFileAsync(string importId, Stream content, CancellationToken cancel) =>
        await clients.Container(StorageClients.ImportsContainer).GetBlobClient($"{importId}.csv").UploadAsync(content, overwrite: true, cancel);

    public async Task<Stream> OpenFileAsync(string importId, CancellationToken cancel) =>
        await clients.Container(StorageClients.ImportsContainer).GetBlobClient($"{importId}.csv").OpenReadAsync(cancellationToken: cancel);

    public async Task<string> TakeTurnAsync(ImportKind kind, string importId, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(Turns, kind.ToText(), cancellationToken: cancel);
        if (row.HasValue && row.Value!.GetString("Import") is { } holder && holder != importId && await IsUnfinishedAsync(holder, cancel))
        {
            return holder;
        }

        var mine = new TableEntity(Turns, kind.ToText()) { ["Import"] = importId };
        try
        {
            _ = row.HasValue
                ? await Table.UpdateEntityAsync(mine, row.Value!.ETag, TableUpdateMode.Replace, cancel)
                : await Table.AddEntityAsync(mine, cancel);
            return importId;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            var taken = await Table.GetEntityAsync<TableEntity>(Turns, kind.ToText(), cancellationToken: cancel);
            return taken.Value.GetString("Import");
        }
    }

    public async Task EndTurnAsync(ImportKind kind, string importId, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(Turns, kind.ToText(), cancellationToken: cancel);
        if (row.HasValue && row.Value!.GetString("Import") == importId)
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

    private async Task<bool> IsUnfinishedAsync(string importId, CancellationToken cancel) =>
        await FindAsync(importId, cancel) is { State: not ImportState.Done };

    private static ImportRecord ToRecord(TableEntity row) => JsonSerializer.Deserialize(LongText.Read(row, "Record"), LedgerJson.Default.ImportRecord)! with { Tag = row.ETag.ToString() };

    private static TableEntity ToRow(ImportRecord record)
    {
        var row = new TableEntity(Partition, LedgerKeys.Escape(record.Id)) { ["Done"] = record.State == ImportState.Done };
        LongText.Write(row, "Record", JsonSerializer.Serialize(record, LedgerJson.Default.ImportRecord));
        return row;
    }
}
