using Autopay.Application.Ports.Books;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Autopay.Storage.Backups;

/// <summary>
/// Copies as the role that can only create makes them: one Put Blob each, streamed, and never over one that is there.
/// </summary>
public sealed class BlobBackupCopies(BlobBackupStore backups, CopiesAccount account) : IBackupCopies
{
    /// <summary>5000 MiB, the most that one Put Blob takes; a bucket of a large city has a hundredth of that.</summary>
    private const long MostInOnePut = 5000L * 1024 * 1024;

    public bool IsOn => account.Exports is not null;

    public Task CopyAsync(string backup, string? table, CancellationToken cancel) =>
        PutAsync(BlobBackupStore.NameOf(backup, table), name => backups.OpenBlobAsync(name, cancel), cancel);

    public Task CopyControlsAsync(string id, CancellationToken cancel) =>
        PutAsync(CopiedControls.NameOf(id), _ => ControlsAsync(cancel), cancel);

    private async Task<Stream> ControlsAsync(CancellationToken cancel)
    {
        // A few hundred bytes a decision: a year of them is small.
        var lines = new MemoryStream();
        using var tally = new BackupTally(backups.ControlsTable);
        await BackupLines.WriteAsync(lines, backups.ReadControlsAsync(cancel), tally, cancel);
        lines.Position = 0;
        return lines;
    }

    private async Task PutAsync(string name, Func<string, Task<Stream>> open, CancellationToken cancel)
    {
        try
        {
            await using var content = await open(name);
            await account
                .Exports!.GetBlockBlobClient(name)
                .UploadAsync(
                    content,
                    new BlobUploadOptions
                    {
                        Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                        TransferOptions = new StorageTransferOptions
                        {
                            InitialTransferSize = MostInOnePut,
                            MaximumConcurrency = 1,
                        },
                    },
                    cancel
                );
        }
        catch (RequestFailedException there)
            when (there.ErrorCode == BlobErrorCode.BlobAlreadyExists || there.ErrorCode == "UnauthorizedBlobOverwrite")
        {
            // A run that was killed has written it. Who may only create is told so by the second code.
        }
        catch (RequestFailedException refused)
        {
            throw new IOException($"{name} is not copied: {refused.Status} {refused.ErrorCode}", refused);
        }
        catch (AggregateException away)
        {
            throw new IOException($"{name} is not copied: {away.InnerExceptions[^1].GetType().Name}", away);
        }
    }
}
