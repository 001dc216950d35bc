using System.Runtime.CompilerServices;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Provider;
using Autopay.Storage.Ledgers;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage.Events;

/// <summary>
/// Raw webhooks by event id. What is not settled yet, or waits for a person, has a small row beside it, so that neither
/// list is ever looked for among all events; a third one says when it happened, so that a stretch of the provider's
/// list is compared by one range.
/// </summary>
public sealed class TableProviderEventStore(StorageClients clients) : IProviderEventStore
{
    private const string Partition = ProviderEventRows.Partition;

    private TableClient Table => clients.Table(StorageClients.ProviderEventsTable);

    public async Task<bool> TryAddAsync(ProviderEvent happened, CancellationToken cancel)
    {
        try
        {
            await Table.SubmitTransactionAsync(ProviderEventRows.ToInserts(happened), cancel);
            return true;
        }
        catch (TableTransactionFailedException failure) when (failure.IsConflict())
        {
            return false;
        }
    }

    public async Task<IReadOnlyList<ProviderEvent>> AddMissingAsync(
        IReadOnlyList<ProviderEvent> events,
        CancellationToken cancel
    )
    {
        var known = await KnownAmongAsync(events, cancel);
        var missing = events.DistinctBy(happened => happened.Id).Where(happened => !known.Contains(happened.Id));
        var added = await Task.WhenAll(
            EventTransaction
                .Pack(missing.Select(happened => (happened, ProviderEventRows.ToInserts(happened))))
                .Select(it => SubmitAsync(it, cancel))
        );
        return [.. added.SelectMany(some => some)];
    }

    public async Task<ProviderEvent?> FindAsync(string eventId, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            Partition,
            ProviderEventRows.Key(eventId),
            cancellationToken: cancel
        );
        return row.HasValue ? ProviderEventRows.ToEvent(row.Value!) : null;
    }

    public async Task MarkAsync(IReadOnlyList<EventMark> marks, CancellationToken cancel)
    {
        foreach (
            var together in EventTransaction.Pack(
                marks.Select(mark => (mark, ProviderEventRows.ToMark(mark, ProviderEventRows.Open(mark.Event))))
            )
        )
        {
            if (!await TrySubmitAsync(together.Actions, cancel))
            {
                await MarkEachAsync(together.Items, cancel);
            }
        }
    }

    public async IAsyncEnumerable<OpenEvent> ReadOpenAsync(
        Bucket bucket,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (var row in QueryAsync(ProviderEventRows.OpenOf(bucket), null, cancel))
        {
            yield return ProviderEventRows.ToOpen(row);
        }
    }

    public async Task<IReadOnlyList<OpenEvent>> TakeAsync(
        IReadOnlyList<OpenEvent> events,
        DateTimeOffset until,
        CancellationToken cancel
    )
    {
        List<OpenEvent> taken = [];
        foreach (
            var together in EventTransaction.Pack(
                events.Select(happened => (happened, ProviderEventRows.ToTaken(happened, until)))
            )
        )
        {
            taken.AddRange(await SubmitAsync(together, cancel));
        }

        return taken;
    }

    public async Task<IReadOnlyDictionary<Bucket, int>> CountOpenAsync(
        DateTimeOffset receivedBy,
        CancellationToken cancel
    )
    {
        Dictionary<Bucket, int> open = [];
        await foreach (var row in QueryAsync(ProviderEventRows.OpenPrefix, ["RowKey", "ReceivedAt"], cancel))
        {
            if (row.GetDateTimeOffset("ReceivedAt") <= receivedBy)
            {
                var bucket = ProviderEventRows.BucketOf(row.RowKey);
                open[bucket] = open.GetValueOrDefault(bucket) + 1;
            }
        }

        return open;
    }

    public async IAsyncEnumerable<ProviderEvent> ReadListedAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in QueryAsync(ProviderEventRows.ListedPrefix, null, cancel))
        {
            var stored = await Table.GetEntityIfExistsAsync<TableEntity>(
                Partition,
                $"e|{row.RowKey[2..]}",
                cancellationToken: cancel
            );
            if (stored.HasValue)
            {
                yield return ProviderEventRows.ToEvent(stored.Value!);
            }
        }
    }

    public async Task<EventProgress> ReadProgressAsync(CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            Partition,
            ProviderEventRows.Progress,
            cancellationToken: cancel
        );
        return row.HasValue ? ProviderEventRows.ToProgress(row.Value!) : new EventProgress(null, null);
    }

    public Task SaveProgressAsync(EventProgress progress, CancellationToken cancel) =>
        Table.UpsertEntityAsync(ProviderEventRows.ToRow(progress), TableUpdateMode.Replace, cancel);

    // Those that are stored and say when they happened: one range for a page of the provider's list.
    private async Task<HashSet<string>> KnownAmongAsync(IReadOnlyList<ProviderEvent> events, CancellationToken cancel)
    {
        HashSet<string> known = [];
        if (
            events.Min(happened => happened.HappenedAt) is { } first
            && events.Max(happened => happened.HappenedAt) is { } last
        )
        {
            var (from, after) = (
                ProviderEventRows.TimePrefix(first),
                LedgerKeys.After(ProviderEventRows.TimePrefix(last))
            );
            await foreach (
                var row in Table.QueryAsync<TableEntity>(
                    $"PartitionKey eq '{Partition}' and RowKey ge '{from}' and RowKey lt '{after}'",
                    select: ["RowKey"],
                    cancellationToken: cancel
                )
            )
            {
                known.Add(row.RowKey);
            }
        }

        return
        [
            .. events
                .Where(happened => ProviderEventRows.TimeOf(happened) is { } key && known.Contains(key))
                .Select(happened => happened.Id),
        ];
    }

    // Where somebody else was first, that event is left out and the rest submitted again.
    private async Task<IReadOnlyList<T>> SubmitAsync<T>(EventTransaction<T> together, CancellationToken cancel)
    {
        var left = together;
        while (left.Items.Count > 0)
        {
            try
            {
                await Table.SubmitTransactionAsync(left.Actions, cancel);
                break;
            }
            catch (TableTransactionFailedException failure) when (failure.IsConflict())
            {
                left = left.Without(failure.FailedTransactionActionIndex ?? 0);
            }
        }

        return left.Items;
    }

    // Some were marked before, by somebody else or by ourselves when the answer was lost.
    private async Task MarkEachAsync(IReadOnlyList<EventMark> marks, CancellationToken cancel)
    {
        foreach (var mark in marks)
        {
            // Looked at for the first time, or by a person who takes it off the list. Otherwise the first word stands.
            if (
                !await TrySubmitAsync(ProviderEventRows.ToMark(mark, ProviderEventRows.Open(mark.Event)), cancel)
                && !ProviderEventRows.IsListed(mark.State)
            )
            {
                await TrySubmitAsync(ProviderEventRows.ToMark(mark, ProviderEventRows.Listed(mark.Event.Id)), cancel);
            }
        }
    }

    private async Task<bool> TrySubmitAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancel)
    {
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

    private AsyncPageable<TableEntity> QueryAsync(
        string prefix,
        IEnumerable<string>? columns,
        CancellationToken cancel
    ) =>
        Table.QueryAsync<TableEntity>(
            $"PartitionKey eq '{Partition}' and RowKey ge '{prefix}' and RowKey lt '{LedgerKeys.After(prefix)}'",
            select: columns,
            cancellationToken: cancel
        );
}
