using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Telemetry;

namespace Autopay.Application.Backups;

/// <summary>
/// A backup into empty tables. The controls come first, halted and in the mode reconcile-before-charge, with a mark
/// that keeps everybody from deciding anything until the last row is written. Every account begins a new generation in
/// the write that brings it (R1). Whenever it is killed, it is run again.
/// </summary>
public sealed class RestoreBackup(
    IBackupStore backups,
    CheckBackup check,
    IRestoreTarget target,
    ILedgerStore ledgers,
    IBucketScheduleStore schedules,
    CityClock clock,
    ProcessingOptions options
)
{
    private const int BucketsAtOnce = 4;

    /// <summary>Generations count minutes from here, so that two restores never give out the same debit ids.</summary>
    private static readonly DateTimeOffset FirstMinute = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="RefusedException">Damaged, or a table is not empty: nothing was written.</exception>
    public async Task<BackupManifest> RunAsync(
        string id,
        Authority authority,
        IProgress<string>? progress,
        CancellationToken cancel
    )
    {
        using var span = Tracing.Start("restore");
        var manifest = await check.RunAsync(id, progress, cancel);
        var mark = await GoOnAsync(id, cancel) ?? await BeginAsync(manifest, authority, cancel);
        foreach (var table in backups.SmallTables.Append(backups.ControlsTable))
        {
            await RestoreAsync(mark, manifest, table, authority, cancel);
        }

        await RestoreLedgersAsync(mark, manifest, authority, progress, cancel);
        await CompareAsync(manifest, cancel);
        foreach (var bucket in Bucket.All)
        {
            await schedules.BringForwardAsync(bucket, clock.Now.Utc, cancel);
        }

        await target.EndAsync(mark, cancel);
        return manifest;
    }

    private async Task<RestoreMark?> GoOnAsync(string id, CancellationToken cancel) =>
        await target.ReadMarkAsync(cancel) switch
        {
            { } mark when mark.Backup != id => throw new RefusedException(
                $"The restore of backup {mark.Backup} is not finished: run that one again."
            ),
            var mark => mark,
        };

    private async Task<RestoreMark> BeginAsync(BackupManifest manifest, Authority authority, CancellationToken cancel)
    {
        if (await target.FindNotEmptyAsync(cancel) is { } table)
        {
            throw new RefusedException(
                $"Table {table} is not empty: a backup is restored into empty tables only. Nothing was written."
            );
        }

        // Halted too: counter payments and holds since the backup are lost with the books, and only a person can bring
        // them back.
        var generation = (int)(clock.Now.Utc - FirstMinute).TotalMinutes + 2;
        ControlChange[] changes =
        [
            new ReconcileDemanded(manifest.BegunAt),
            new ChargingHalted(),
            new GenerationBegun(generation),
        ];
        return await target.BeginAsync(manifest.Id, generation, changes, authority, cancel);
    }

    private async Task RestoreLedgersAsync(
        RestoreMark mark,
        BackupManifest manifest,
        Authority authority,
        IProgress<string>? progress,
        CancellationToken cancel
    )
    {
        var done = 0;
        await Parallel.ForEachAsync(
            backups.LedgerTables,
            new ParallelOptions { MaxDegreeOfParallelism = BucketsAtOnce, CancellationToken = cancel },
            async (table, stop) =>
            {
                await RestoreAsync(mark, manifest, table, authority, stop);
                progress?.Report($"{Interlocked.Increment(ref done)} of {backups.LedgerTables.Count} buckets: {table}");
            }
        );
    }

    private async Task RestoreAsync(
        RestoreMark mark,
        BackupManifest manifest,
        string table,
        Authority authority,
        CancellationToken cancel
    )
    {
        var found = await target.RestoreAsync(mark, table, ledger => Begin(ledger, mark, authority), cancel);
        if (found.Sha256 != manifest.Tables.Single(it => it.Table == table).Sha256)
        {
            throw new RefusedException(
                $"Backup {mark.Backup}, {table} changed while it was read. "
                    + "The restore is not finished; nothing is charged."
            );
        }
    }

    private LedgerSave Begin(AccountLedger ledger, RestoreMark mark, Authority authority)
    {
        if (ledger.Generation >= mark.Generation)
        {
            throw new RefusedException(
                "The clock is behind that of an earlier restore: a new generation of debit ids cannot begin."
            );
        }

        var now = clock.Now;
        var events = LedgerDecider.Decide(
            new RaiseGeneration(mark.Generation, $"backup {mark.Backup}", now),
            ledger,
            mark.Controls
        );
        var raised = events.Aggregate(ledger, (state, happened) => state.Apply(happened)) with
        {
            Operations = ledger.Operations + 1,
        };
        var look = NextEvaluation.Of(raised, mark.Controls, clock.City, now, options.RecoverAfter);
        return new LedgerSave(
            new LedgerEntry(ledger, null, null),
            events,
            raised,
            look,
            $"restore-{mark.Backup}-{mark.Generation}",
            authority
        );
    }

    private async Task CompareAsync(BackupManifest manifest, CancellationToken cancel)
    {
        foreach (
            var (bucket, table) in Bucket.All.Zip(
                backups.LedgerTables.Select(name => manifest.Tables.Single(it => it.Table == name))
            )
        )
        {
            var sums = BackupSums.None;
            await foreach (var page in ledgers.ScanAsync(bucket, LedgerFilter.All, cancel))
            {
                sums = page.Aggregate(sums, (sum, entry) => sum.Add(BackupSums.Of(entry.Ledger)));
            }

            if (sums != table.Sums)
            {
                throw new RefusedException(
                    $"{table.Table}: restored {sums}, the manifest says {table.Sums}. The restore is not "
                        + "finished; nothing is charged."
                );
            }
        }
    }
}
