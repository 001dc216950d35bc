using System.Runtime.CompilerServices;
using Autopay.Application.Ports;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage;

/// <summary>
/// Raw webhooks by event id. What is not looked at yet, or waits for a person, has a small row beside it, so that neither list is
/// ever looked for among all events.
/// </summary>
public sealed class TableProviderEventStore(StorageClients clients) : IProviderEventStore
{
    private const string Partition = "events";

    private TableClient Table => clients.Table(StorageClients.ProviderEventsTable);

    public async Task<bool> TryAddAsync(ProviderEvent happened, CancellationToken cancel)
    {
        try
        {
            await Table.SubmitTransactionAsync(
                [new(TableTransactionActionType.Add, ToRow(happened)), new(TableTransactionActionType.Add, new TableEntity(Partition, Beside(happened)))], cancel);
            return true;
        }
        catch (TableTransactionFailedException failure) when (failure.IsConflict())
        {
            return false;
        }
    }

    public async Task<ProviderEvent?> FindAsync(string eventId, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(Partition, Key(eventId), cancellationToken: cancel);
        return row.HasValue ? ToEvent(row.Value!) : null;
    }

    public async Task MarkAsync(string eventId, ProviderEventState state, string note, CancellationToken cancel)
    {
        // Looked at for the first time, or by a person who takes it off the list. Otherwise it was marked before: the first word stands.
        var isListed = state is ProviderEventState.Foreign or ProviderEventState.Parked;
        if (!await TryMarkAsync(eventId, state, note, Open(eventId), isListed, cancel) && !isListed)
        {
            await TryMarkAsync(eventId, state, note, Listed(eventId), isListed: false, cancel);
        }
    }

    private async Task<bool> TryMarkAsync(string eventId, ProviderEventState state, string note, string beside, bool isListed, CancellationToken cancel)
    {
        List<TableTransactionAction> actions =
        [
            new(TableTransactionActionType.UpsertMerge, new TableEntity(Partition, Key(eventId)) { ["State"] = state.ToString(), ["Note"] = note }),
            new(TableTransactionActionType.Delete, new TableEntity(Partition, beside), ETag.All),
        ];
        if (isListed)
        {
            actions.Add(new(TableTransactionActionType.UpsertReplace, new TableEntity(Partition, Listed(eventId))));
        }

        try
        {
            await Table.SubmitTransactionAsync(actions, cancel);
            return true;
        }
        catch (TableTransactionFailedException failure) when (failure.IsConflict())
        {
            return false;
        }
    }

    public IAsyncEnumerable<ProviderEvent> ReadOpenAsync(CancellationToken cancel) => ReadAsync("o|", cancel);

    public IAsyncEnumerable<ProviderEvent> ReadListedAsync(CancellationToken cancel) => ReadAsync("l|", cancel);

    private async IAsyncEnumerable<ProviderEvent> ReadAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in Table.QueryAsync<TableEntity>(
            $"PartitionKey eq '{Partition}' and RowKey ge '{prefix}' and RowKey lt '{LedgerKeys.After(prefix)}'", cancellationToken: cancel))
        {
            var stored = await Table.GetEntityIfExistsAsync<TableEntity>(Partition, $"e|{row.RowKey[2..]}", cancellationToken: cancel);
            if (stored.HasValue)
            {
                yield return ToEvent(stored.Value!);
            }
        }
    }

    // Another version's event is for a person from the start.
    private static string Beside(ProviderEvent happened) => happened.State == ProviderEventState.Parked ? Listed(happened.Id) : Open(happened.Id);

    private static string Key(string eventId) => $"e|{LedgerKeys.Escape(eventId)}";

    private static string Open(string eventId) => $"o|{LedgerKeys.Escape(eventId)}";

    private static string Listed(string eventId) => $"l|{LedgerKeys.Escape(eventId)}";

    private static TableEntity ToRow(ProviderEvent happened)
    {
        var row = new TableEntity(Partition, Key(happened.Id))
        {
            ["EventId"] = happened.Id, ["Type"] = happened.Type, ["ApiVersion"] = happened.ApiVersion, ["Livemode"] = happened.Livemode,
            ["Intent"] = happened.IntentId, ["Amount"] = happened.Amount?.Cents, ["ReceivedAt"] = happened.ReceivedAt, ["State"] = happened.State.ToString(), ["Note"] = happened.Note,
        };
        LongText.Write(row, "Body", happened.Body);
        return row;
    }

    private static ProviderEvent ToEvent(TableEntity row) => new()
    {
        Id = row.GetString("EventId"), Type = row.GetString("Type"), ApiVersion = row.GetString("ApiVersion"), Livemode = row.GetBoolean("Livemode") ?? false,
        IntentId = row.GetString("Intent"), Amount = row.GetInt64("Amount") is { } cents ? new Money(cents) : null, Body = LongText.Read(row, "Body"), ReceivedAt = row.GetDateTimeOffset("ReceivedAt")!.Value,
        State = Enum.Parse<ProviderEventState>(row.GetString("State")), Note = row.GetString("Note") ?? "",
    };
}
