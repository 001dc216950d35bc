using System.Globalization;
using System.Runtime.CompilerServices;
using Autopay.Application.Ports.Books;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage.Finance;

/// <summary>
/// The city's controls in one row, every change in a row of its own, written together. While a restore is not finished
/// nobody can load them.
/// </summary>
public sealed class TableControlsStore(StorageClients clients, Policies policies, TimeProvider time) : IControlsStore
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(5);
    private (ControlsEntry Entry, DateTimeOffset At)? last;

    // The last controls that the record bore out: they are asked about once, not with every load.
    private string? proven;

    private TableClient Table => clients.Table(StorageClients.ControlsTable);

    public async Task<ControlsEntry> LoadAsync(CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            ControlsRows.Partition,
            ControlsRows.State,
            cancellationToken: cancel
        );
        var entry = row.HasValue
            ? await ProveAsync(row.Value!, ToEntry(row.Value!), cancel)
            : new ControlsEntry(new Controls { Policies = policies }, null);
        last = (entry, time.GetUtcNow());
        return entry;
    }

    public async Task<ControlsEntry> LoadRecentAsync(CancellationToken cancel) =>
        last is { } known && time.GetUtcNow() - known.At < Recent ? known.Entry : await LoadAsync(cancel);

    public async Task<bool> TrySaveAsync(ControlsEntry before, Controls after, ControlAct act, CancellationToken cancel)
    {
        var row = ControlsRows.ToAudit(after, act, before.Head ?? AuditChain.Genesis);
        var state = ControlsRows.ToState(after, row.Hash);
        TableTransactionAction stateAction = before.Tag is { } tag
            ? new(TableTransactionActionType.UpdateReplace, state, new ETag(tag))
            : new(TableTransactionActionType.Add, state);
        try
        {
            await Table.SubmitTransactionAsync(
                [
                    stateAction,
                    new(TableTransactionActionType.Add, ControlsRows.ToHistory(row)),
                    .. OperationActions(after.Version, act),
                ],
                cancel
            );
            (last, proven) = (null, row.State);
            return true;
        }
        catch (TableTransactionFailedException failure) when (failure.IsConflict())
        {
            return await IsOursAsync(after.Version, act.Authority, cancel);
        }
    }

    public async IAsyncEnumerable<ControlsHistoryRow> ReadHistoryAsync(
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (var row in Table.QueryAsync<TableEntity>(ControlsRows.OfHistory, cancellationToken: cancel))
        {
            yield return new ControlsHistoryRow(
                long.Parse(row.RowKey[2..], CultureInfo.InvariantCulture),
                ControlsRows.AuthorityOf(row),
                ControlsRows.ChangeOf(row)
            );
        }
    }

    public async Task<RecordedOperation?> FindOperationAsync(string id, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            ControlsRows.Partition,
            OperationRows.KeyOf(id),
            cancellationToken: cancel
        );
        return row.HasValue
            ? OperationRows.ToOperation(row.Value!) is { Version: not null } made
                ? made
                : null
            : null;
    }

    // Over the row that says that it was begun. Whoever is second finds the state's row changed.
    private static IEnumerable<TableTransactionAction> OperationActions(long version, ControlAct act) =>
        act.Operation is { } operation
            ? [new(TableTransactionActionType.UpsertMerge, OperationRows.ToMade(version, act, operation))]
            : [];

    // Who writes the state's row past the app has no act for it in the record: nothing is charged on such controls, and
    // nothing is changed on top of them.
    private async Task<ControlsEntry> ProveAsync(TableEntity state, ControlsEntry entry, CancellationToken cancel)
    {
        var digest = ControlsRows.DigestOf(state);
        if (digest == proven)
        {
            return entry;
        }

        var rows = await Table
            .QueryAsync<TableEntity>(ControlsRows.OfLast(entry.Controls.Version), cancellationToken: cancel)
            .Select(ControlsRows.ToAudit)
            .ToListAsync(cancel);
        if (!ControlsRows.IsProven(state, rows))
        {
            return entry with { Controls = entry.Controls with { IsUnproven = true } };
        }

        proven = digest;
        return entry;
    }

    private ControlsEntry ToEntry(TableEntity row) =>
        row.GetString(ControlsRows.Restoring) is { } backup
            ? throw new RefusedException(
                $"The restore of backup {backup} is not finished: run it again. Until then nothing is decided."
            )
            : new ControlsEntry(ControlsRows.ToControls(row, policies), row.ETag.ToString(), ControlsRows.HeadOf(row));

    // The answer to our own write may have been lost: its history row has our author, reason and instant.
    private async Task<bool> IsOursAsync(long version, Authority authority, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            ControlsRows.Partition,
            ControlsRows.HistoryKey(version),
            cancellationToken: cancel
        );
        return row.HasValue && ControlsRows.AuthorityOf(row.Value!) == authority;
    }
}
