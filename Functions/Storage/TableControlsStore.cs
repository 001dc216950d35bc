using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Autopay.Application.Ports;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage;

/// <summary>The city's flags in one row, every change in a row of its own, written together.</summary>
public sealed class TableControlsStore(StorageClients clients, Policies policies, TimeProvider time) : IControlsStore
{
    private const string Partition = "controls";
    private const string State = "state";
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(5);
    private (ControlsEntry Entry, DateTimeOffset At)? last;

    private TableClient Table => clients.Table(StorageClients.ControlsTable);

    public async Task<ControlsEntry> LoadAsync(CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(Partition, State, cancellationToken: cancel);
        var entry = row.HasValue
            ? new ControlsEntry(
                JsonSerializer.Deserialize(LongText.Read(row.Value!, "Controls"), LedgerJson.Default.Controls)! with { Policies = policies }, row.Value!.ETag.ToString())
            : new ControlsEntry(new Controls { Policies = policies }, null);
        last = (entry, time.GetUtcNow());
        return entry;
    }

    public async Task<ControlsEntry> LoadRecentAsync(CancellationToken cancel) =>
        last is { } known && time.GetUtcNow() - known.At < Recent ? known.Entry : await LoadAsync(cancel);

    public async Task<bool> TrySaveAsync(ControlsEntry before, Controls after, ControlChange change, Authority authority, CancellationToken cancel)
    {
        var state = new TableEntity(Partition, State) { ["Version"] = after.Version };
        LongText.Write(state, "Controls", JsonSerializer.Serialize(after, LedgerJson.Default.Controls));
        var history = new TableEntity(Partition, HistoryKey(after.Version)) { ["By"] = authority.By, ["Why"] = authority.Why, ["At"] = authority.At };
        LongText.Write(history, "Change", JsonSerializer.Serialize(change, LedgerJson.Default.ControlChange));
        TableTransactionAction stateAction = before.Tag is { } tag
            ? new(TableTransactionActionType.UpdateReplace, state, new ETag(tag))
            : new(TableTransactionActionType.Add, state);
        try
        {
            await Table.SubmitTransactionAsync([stateAction, new(TableTransactionActionType.Add, history)], cancel);
            last = null;
            return true;
        }
        catch (TableTransactionFailedException failure) when (failure.IsConflict())
        {
            return await IsOursAsync(after.Version, authority, cancel);
        }
    }

    public async IAsyncEnumerable<ControlsHistoryRow> ReadHistoryAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in Table.QueryAsync<TableEntity>($"PartitionKey eq '{Partition}' and RowKey ge 'h|' and RowKey lt 'h}}'", cancellationToken: cancel))
        {
            yield return new ControlsHistoryRow(
                long.Parse(row.RowKey[2..], CultureInfo.InvariantCulture), AuthorityOf(row),
                JsonSerializer.Deserialize(LongText.Read(row, "Change"), LedgerJson.Default.ControlChange)!);
        }
    }

    // The answer to our own write may have been lost: its history row has our author, reason and instant.
    private async Task<bool> IsOursAsync(long version, Authority authority, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(Partition, HistoryKey(version), cancellationToken: cancel);
        return row.HasValue && AuthorityOf(row.Value!) == authority;
    }

    private static Authority AuthorityOf(TableEntity row) => new(row.GetString("By"), row.GetString("Why"), row.GetDateTimeOffset("At")!.Value);

    private static string HistoryKey(long version) => string.Create(CultureInfo.InvariantCulture, $"h|{version:0000000000}");
}
