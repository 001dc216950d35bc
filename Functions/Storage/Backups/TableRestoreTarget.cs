using Autopay.Application.Backups;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Storage.Finance;
using Autopay.Storage.Ledgers;
using Azure.Data.Tables;

namespace Autopay.Storage.Backups;

/// <summary>
/// Where a backup is written to. The mark is in the row of the controls: who loads them finds it without a question of
/// its own.
/// </summary>
public sealed class TableRestoreTarget(
    StorageClients clients,
    BlobBackupStore backups,
    ILedgerStore ledgers,
    Policies policies
) : IRestoreTarget
{
    private const int AccountsAtOnce = 30;

    private TableClient Controls => clients.Table(StorageClients.ControlsTable);

    public async Task<RestoreMark?> ReadMarkAsync(CancellationToken cancel)
    {
        var found = await Controls.GetEntityIfExistsAsync<TableEntity>(
            ControlsRows.Partition,
            ControlsRows.State,
            cancellationToken: cancel
        );
        return found.HasValue && found.Value!.GetString(ControlsRows.Restoring) is { } backup
            ? new RestoreMark(
                backup,
                found.Value!.GetInt32(ControlsRows.Generation)!.Value,
                ControlsRows.ToControls(found.Value!, policies)
            )
            : null;
    }

    public async Task<string?> FindNotEmptyAsync(CancellationToken cancel)
    {
        foreach (var name in StorageClients.Tables.Except([StorageClients.SchedulesTable]))
        {
            await foreach (
                var row in clients
                    .Table(name)
                    .QueryAsync<TableEntity>(
                        $"RowKey ne '{StorageSetup.Layout}'",
                        maxPerPage: 1,
                        select: ["RowKey"],
                        cancellationToken: cancel
                    )
            )
            {
                _ = row;
                return name;
            }
        }

        return null;
    }

    public async Task<RestoreMark> BeginAsync(
        string backup,
        int generation,
        IReadOnlyList<ControlChange> changes,
        Authority authority,
        CancellationToken cancel
    )
    {
        var (controls, head) = await ReadControlsAsync(backup, cancel);
        var mark = new RestoreMark(backup, generation, controls);
        List<TableTransactionAction> actions = [];
        foreach (var change in changes)
        {
            var after = mark.Controls.Change(change, authority);
            if (!ReferenceEquals(after, mark.Controls))
            {
                var act = ControlsRows.ToAudit(after, new ControlAct(change, authority), head);
                actions.Add(new(TableTransactionActionType.Add, ControlsRows.ToHistory(act)));
                head = act.Hash;
                mark = mark with { Controls = after };
            }
        }

        var state = ControlsRows.ToState(mark.Controls, head);
        (state[ControlsRows.Restoring], state[ControlsRows.Generation]) = (backup, generation);
        await ForgetHintsAsync(cancel);
        await TableAuditTrail.KeepRestoreAsync(clients, (mark.Controls.Version, head), backup, authority, cancel);
        await Controls.SubmitTransactionAsync([new(TableTransactionActionType.Add, state), .. actions], cancel);
        return mark;
    }

    public async Task<BackupTable> RestoreAsync(
        RestoreMark mark,
        string table,
        Func<AccountLedger, LedgerSave> begin,
        CancellationToken cancel
    )
    {
        using var tally = new BackupTally(table);
        var (batch, accounts) = (new RowBatch(clients.Table(table)), new List<AccountLedger>());
        await foreach (var row in backups.ReadAsync(mark.Backup, table, tally, cancel))
        {
            if (!LedgerScan.IsLedger(table, row))
            {
                await (IsState(table, row) ? Task.CompletedTask : batch.AddAsync(row, cancel));
                continue;
            }

            accounts.Add(LedgerRows.ToEntry(row).Ledger);
            if (accounts.Count == AccountsAtOnce)
            {
                await OpenAsync(mark, accounts, batch, begin, cancel);
            }
        }

        await OpenAsync(mark, accounts, batch, begin, cancel);
        return tally.ToTable();
    }

    public async Task EndAsync(RestoreMark mark, CancellationToken cancel)
    {
        var state = (
            await Controls.GetEntityAsync<TableEntity>(
                ControlsRows.Partition,
                ControlsRows.State,
                cancellationToken: cancel
            )
        ).Value;
        state.Remove(ControlsRows.Restoring);
        state.Remove(ControlsRows.Generation);
        await Controls.UpdateEntityAsync(state, state.ETag, TableUpdateMode.Replace, cancel);
    }

    // Everything that belongs to an account is there before its ledger row is.
    private async Task OpenAsync(
        RestoreMark mark,
        List<AccountLedger> accounts,
        RowBatch batch,
        Func<AccountLedger, LedgerSave> begin,
        CancellationToken cancel
    )
    {
        await batch.FlushAsync(cancel);
        if (accounts.Count == 0)
        {
            return;
        }

        var bucket = Bucket.Of(accounts[0].Id);
        var there = (
            await ledgers.LoadManyAsync(bucket, [.. accounts.Select(ledger => ledger.Id)], cancel)
        ).ToDictionary(entry => entry.Ledger.Id, entry => entry.Ledger.Generation);
        var missing = accounts
            .Where(ledger => there.GetValueOrDefault(ledger.Id) != mark.Generation)
            .Select(begin)
            .ToList();
        var results = await ledgers.SaveAsync(bucket, missing, cancel);
        if (results.Any(result => result.Entry is null))
        {
            throw new RefusedException(
                $"Table {LedgerKeys.Table(bucket)} holds accounts that this restore did not write. The restore is "
                    + "not finished; nothing is charged."
            );
        }

        accounts.Clear();
    }

    private static bool IsState(string table, TableEntity row) =>
        table == StorageClients.ControlsTable && row.RowKey == ControlsRows.State;

    private async Task<(Controls Controls, string Head)> ReadControlsAsync(string backup, CancellationToken cancel)
    {
        using var tally = new BackupTally(StorageClients.ControlsTable);
        var (controls, head) = (new Controls { Policies = policies }, AuditChain.Genesis);
        await foreach (var row in backups.ReadAsync(backup, StorageClients.ControlsTable, tally, cancel))
        {
            (controls, head) =
                row.RowKey == ControlsRows.State
                    ? (ControlsRows.ToControls(row, policies), ControlsRows.HeadOf(row))
                    : (controls, head);
        }

        return (controls, head);
    }

    // What an app has noted on empty tables would keep restored buckets asleep.
    private async Task ForgetHintsAsync(CancellationToken cancel)
    {
        var schedule = clients.Table(StorageClients.SchedulesTable);
        await foreach (
            var row in schedule.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"], cancellationToken: cancel)
        )
        {
            await schedule.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancel);
        }
    }
}
