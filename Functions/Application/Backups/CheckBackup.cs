using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Backups;

/// <summary>
/// Whether a backup is what it was when it was written: every blob read to its end, before a restore writes anything.
/// </summary>
public sealed class CheckBackup(IBackupStore backups)
{
    /// <exception cref="RefusedException">It is not whole, damaged, or of a version that this one does not
    /// know.</exception>
    public async Task<BackupManifest> RunAsync(string id, IProgress<string>? progress, CancellationToken cancel)
    {
        var json =
            await backups.ReadManifestAsync(id, cancel)
            ?? throw new RefusedException($"Backup {id} has no manifest: it never became whole, or is gone.");
        var manifest =
            BackupManifest.TryRead(json)
            ?? throw new RefusedException(
                $"The manifest of backup {id} is damaged, or of a format that this version does not know."
            );
        Require(manifest, id);
        foreach (var table in manifest.Tables)
        {
            if (await backups.MeasureAsync(id, table.Table, cancel) is var found && found != table with { Torn = 0 })
            {
                throw new RefusedException(
                    $"Backup {id}, {table.Table}: the manifest says {Text(table)}; found {Text(found)}."
                );
            }
        }

        progress?.Report(
            $"backup {id} is undamaged: {manifest.Tables.Count} tables, {manifest.Rows} rows, "
                + $"{manifest.Sums.Accounts} accounts"
        );
        return manifest;
    }

    private void Require(BackupManifest manifest, string id)
    {
        var expected = backups.SmallTables.Concat(backups.LedgerTables).Append(backups.ControlsTable);
        var wrong =
            manifest.Id != id ? $"it is the manifest of backup {manifest.Id}"
            : manifest.Buckets != Bucket.Count
                ? $"it has {manifest.Buckets} buckets, Autopay__Buckets says {Bucket.Count}"
            : manifest.Schema > AccountLedger.CurrentSchema
                ? $"its ledgers have schema {manifest.Schema}, this version knows {AccountLedger.CurrentSchema}"
            : !expected.ToHashSet().SetEquals(manifest.Tables.Select(table => table.Table))
                ? "it does not have the tables that this version has"
            : null;
        if (wrong is not null)
        {
            throw new RefusedException($"Backup {id} cannot be restored by this version: {wrong}.");
        }
    }

    private static string Text(BackupTable table) =>
        $"{table.Rows} rows, {table.Bytes} bytes, {table.Sums.OpenCents} cents open, {table.Sums.CollectedCents} "
        + $"collected, {table.Sums.CreditCents} credit, SHA-256 {table.Sha256}";
}
