using Autopay.Application.Ports.Books;

namespace Autopay.Application.Backups;

/// <summary>
/// Deletes what is older than it must be kept, but never the newest whole backup, nor anything newer than that.
/// </summary>
public sealed class PruneBackups(IBackupStore backups, ReadBackups read, ProcessingOptions options, CityClock clock)
{
    /// <returns>The ids of those that are gone.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancel)
    {
        var newest = (await read.RunAsync(cancel)).Select(manifest => manifest.Id).Max(StringComparer.Ordinal);
        var keptFrom = ExportBackup.IdOf(clock.Now.Utc.AddDays(-options.KeepBackupsDays));
        List<string> gone = [];
        await foreach (var id in backups.ReadIdsAsync(cancel))
        {
            if (IsBefore(id, keptFrom) && IsBefore(id, newest))
            {
                await backups.DeleteAsync(id, cancel);
                gone.Add(id);
            }
        }

        return gone;
    }

    private static bool IsBefore(string id, string? other) => string.CompareOrdinal(id, other) < 0;
}
