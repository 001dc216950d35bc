using System.Globalization;
using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Runs;
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

    public Task<BackupManifest> RunAsync(string by, IProgress<string>? progress, CancellationToken cancel) =>
        RunAsync(by, progress, RunTurn.Whole, cancel);

    /// <summary>The same, gone on with where an earlier turn ended.</summary>
    /// <exception cref="TurnOverException">This turn ends before the run does.</exception>
    public async Task<BackupManifest> RunAsync(
        string by,
        IProgress<string>? progress,
        RunTurn turn,
        CancellationToken cancel
    )
    {
        using var span = Tracing.Start("export");
        var place = PlaceOf(turn.Kept) ?? new ExportPlace(clock.Now.Utc, []);
        var id = IdOf(place.BegunAt);
        if (
            turn.Kept is not null
            && await backups.ReadManifestAsync(id, cancel) is { } text
            && BackupManifest.TryRead(text) is { } whole
        )
        {
            // A backup that is whole is never written to again, whoever comes back to its run.
            return whole;
        }

        foreach (var table in backups.SmallTables.Skip(place.Tables.Count))
        {
            place = place.With([await backups.ExportAsync(id, table, cancel)]);
        }

        place = await ExportLedgersAsync(id, place, progress, turn, cancel);
        place = place.With([await backups.ExportAsync(id, backups.ControlsTable, cancel)]);
        var manifest = new BackupManifest
        {
            Id = id,
            BegunAt = place.BegunAt,
            EndedAt = clock.Now.Utc,
            By = by,
            Buckets = Bucket.Count,
            Schema = AccountLedger.CurrentSchema,
            Tables = place.Tables,
        }.Sealed();
        await backups.SaveManifestAsync(id, manifest.ToJson(), cancel);
        await TellAsync(manifest, cancel);
        return manifest;
    }

    internal static string IdOf(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);

    private static ExportPlace? PlaceOf(string? kept) =>
        kept is null ? null : JsonSerializer.Deserialize(kept, BackupJson.Default.ExportPlace);

    private async Task<ExportPlace> ExportLedgersAsync(
        string id,
        ExportPlace place,
        IProgress<string>? progress,
        RunTurn turn,
        CancellationToken cancel
    )
    {
        var first = place.Tables.Count - backups.SmallTables.Count;
        foreach (var some in backups.LedgerTables.Skip(first).Chunk(BucketsAtOnce).ToList())
        {
            var tables = new BackupTable[some.Length];
            await Parallel.ForAsync(
                0,
                some.Length,
                cancel,
                async (index, stop) => tables[index] = await backups.ExportAsync(id, some[index], stop)
            );
            place = place.With(tables);
            var done = place.Tables.Count - backups.SmallTables.Count;
            progress?.Report(
                $"{done} of {backups.LedgerTables.Count} buckets: up to {tables[^1].Table}, "
                    + $"{tables.Sum(table => table.Sums.Accounts)} accounts"
            );
            if (turn.IsDue)
            {
                await turn.KeepAsync(
                    new RunProgress(done, backups.LedgerTables.Count, "buckets"),
                    JsonSerializer.Serialize(place, BackupJson.Default.ExportPlace),
                    cancel
                );
            }
        }

        return place;
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

/// <summary>What a backup in the making has.</summary>
internal sealed record ExportPlace(DateTimeOffset BegunAt, IReadOnlyList<BackupTable> Tables)
{
    public ExportPlace With(IReadOnlyList<BackupTable> more) => this with { Tables = [.. Tables, .. more] };
}
