using Autopay.Application.Ports.Books;

namespace Autopay.Application.Backups;

/// <summary>
/// The newest whole backup, once, into the second account. Its manifest comes last there too: a copy with a manifest is
/// whole. A copy that fails takes nothing from the backup; a person hears of it, and it is tried again.
/// </summary>
public sealed class CopyBackup(IBackupStore backups, IBackupCopies copies, IReportStore reports, CopyWatch watch)
{
    public const string Kind = "copy";
    private const int TablesAtOnce = 4;

    /// <returns>The id of the backup that was copied; null when there was nothing to copy, or it failed.</returns>
    public async Task<string?> RunAsync(CancellationToken cancel)
    {
        if (!copies.IsOn)
        {
            return null;
        }

        await watch.ExpectAsync(Kind, cancel);
        if (await FindNextAsync(cancel) is not { } manifest)
        {
            await watch.IsThereAsync(Kind, cancel);
            return null;
        }

        try
        {
            await CopyAsync(manifest, cancel);
        }
        catch (IOException failure)
        {
            await watch.FailedAsync(Kind, manifest.Id, failure, cancel);
            return null;
        }

        await reports.SaveAsync(new StoredReport(Kind, manifest.Id, "{}"), cancel);
        await watch.CopiedAsync(Kind, cancel);
        return manifest.Id;
    }

    // The app's role cannot look into the second account, so what is there is noted in the books.
    private async Task<BackupManifest?> FindNextAsync(CancellationToken cancel)
    {
        var ids = await backups.ReadIdsAsync(cancel).ToListAsync(cancel);
        foreach (var id in ids.OrderDescending(StringComparer.Ordinal))
        {
            if (await reports.FindAsync(Kind, id, cancel) is not null)
            {
                return null;
            }

            if (await backups.ReadManifestAsync(id, cancel) is { } json && BackupManifest.TryRead(json) is { } whole)
            {
                return whole;
            }
        }

        return null;
    }

    private async Task CopyAsync(BackupManifest manifest, CancellationToken cancel)
    {
        await Parallel.ForEachAsync(
            manifest.Tables,
            new ParallelOptions { MaxDegreeOfParallelism = TablesAtOnce, CancellationToken = cancel },
            async (table, stop) => await copies.CopyAsync(manifest.Id, table.Table, stop)
        );
        await copies.CopyAsync(manifest.Id, null, cancel);
    }
}
