using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Autopay.Storage.Backups;

/// <summary>
/// Controls that were copied after a backup: <c>controls/{instant}.ndjson</c>. As in every backup they may be newer
/// than the ledgers.
/// </summary>
internal sealed class CopiedControls(BlobContainerClient container)
{
    public const string Folder = "controls/";
    private const string Ending = ".ndjson";
    private readonly ConcurrentDictionary<string, string?> found = new();

    public static string NameOf(string id) => $"{Folder}{id}{Ending}";

    /// <summary>The newest since the backup began, the same for the whole restore; null: the backup's own are it.
    /// </summary>
    public async Task<string?> FindAsync(string backup, CancellationToken cancel)
    {
        if (found.TryGetValue(backup, out var known))
        {
            return known;
        }

        var newest = NameOf(backup);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, Folder, cancel))
        {
            newest = string.CompareOrdinal(blob.Name, newest) > 0 ? blob.Name : newest;
        }

        return found.GetOrAdd(backup, newest == NameOf(backup) ? null : newest);
    }
}
