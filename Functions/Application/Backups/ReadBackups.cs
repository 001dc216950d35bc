using Autopay.Application.Ports.Books;

namespace Autopay.Application.Backups;

/// <summary>The whole backups by their manifests, newest first; one whose manifest is damaged is none.</summary>
public sealed class ReadBackups(IBackupStore backups)
{
    public async Task<IReadOnlyList<BackupManifest>> RunAsync(CancellationToken cancel)
    {
        List<BackupManifest> whole = [];
        await foreach (var id in backups.ReadIdsAsync(cancel))
        {
            if (await backups.ReadManifestAsync(id, cancel) is { } json && BackupManifest.TryRead(json) is { } manifest)
            {
                whole.Add(manifest);
            }
        }

        return [.. whole.OrderByDescending(manifest => manifest.Id, StringComparer.Ordinal)];
    }
}
