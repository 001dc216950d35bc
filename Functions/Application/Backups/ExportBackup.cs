using System.Globalization;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Telemetry;

namespace Autopay.Application.Backups;

/// <summary>
/// Everything that the tables hold, into a backup. The order matters for what is written meanwhile: imports, events and
/// suspense come before the ledgers (what they do not know as done is done again, and changes nothing), the controls
/// after them (an attempt names the version that it saw).
/// </summary>
public sealed class ExportBackup(IBackupStore backups, IStuckStore stuck, IHeartbeatStore heartbeats, CityClock clock)
{
    public const string Kind = "export";
    private const int BucketsAtOnce = 8;

    public async Task<BackupManifest> RunAsync(string by, IProgress<string>? progress, CancellationToken cancel)
    {
        using var span = Tracing.Start("export");
        var begun = clock.Now.Utc;
        var id = IdOf(begun);
        List<BackupTable> tables = [];
        foreach (var table in backups.SmallTables)
        {
            tables.Add(await backups.ExportAsync(id, table, cancel));
        }

        tables.AddRange(await ExportLedgersAsync(id, progress, cancel));
        tables.Add(await backups.ExportAsync(id, backups.ControlsTable, cancel));
        var manifest = new BackupManifest
        {
            Id = id,
            BegunAt = begun,
            EndedAt = clock.Now.Utc,
            By = by,
            Buckets = Bucket.Count,
            Schema = AccountLedger.CurrentSchema,
            Tables = tables,
        }.Sealed();
        await backups.SaveManifestAsync(id, manifest.ToJson(), cancel);
        await TellAsync(manifest, cancel);
        return manifest;
    }

    internal static string IdOf(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<BackupTable>> ExportLedgersAsync(
        string id,
        IProgress<string>? progress,
        CancellationToken cancel
    )
    {
        var (tables, done) = (new BackupTable[backups.LedgerTables.Count], 0);
        await Parallel.ForAsync(
            0,
            tables.Length,
            new ParallelOptions { MaxDegreeOfParallelism = BucketsAtOnce, CancellationToken = cancel },
            async (index, stop) =>
            {
                tables[index] = await backups.ExportAsync(id, backups.LedgerTables[index], stop);
                progress?.Report(
                    $"{Interlocked.Increment(ref done)} of {tables.Length} buckets: {tables[index].Table}, "
                        + $"{tables[index].Sums.Accounts} accounts"
                );
            }
        );
        return tables;
    }

    // Rows that do not fit together are damage in the books, not in the backup: it is kept, and a person hears of it.
    private async Task TellAsync(BackupManifest manifest, CancellationToken cancel)
    {
        await heartbeats.BeatAsync(Kind, clock.Now.Utc, cancel);
        var torn = manifest.Tables.Where(table => table.Torn > 0).ToList();
        await (
            torn.Count == 0
                ? stuck.RemoveAsync(Kind, cancel)
                : stuck.PutAsync(
                    new StuckItem(
                        Kind,
                        Kind,
                        "rows do not fit together: "
                            + $"{string.Join(", ", torn.Select(table => $"{table.Torn} accounts of {table.Table}"))}",
                        manifest.Id,
                        clock.Now.Utc
                    ),
                    cancel
                )
        );
    }
}
