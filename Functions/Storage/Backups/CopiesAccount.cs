using Azure.Core;
using Azure.Storage.Blobs;

namespace Autopay.Storage.Backups;

/// <summary>The second account, where one is configured, and any other that a restore is told to read from.</summary>
public sealed class CopiesAccount(BlobServiceClient? blobs, TokenCredential credential)
{
    public const string Container = "exports";

    /// <summary>Null: there is no second account.</summary>
    public BlobContainerClient? Exports => blobs?.GetBlobContainerClient(Container);

    /// <param name="from">A container of the second account, or the https address of one anywhere.</param>
    /// <exception cref="RefusedException">There is no second account.</exception>
    public BlobContainerClient Find(string from) =>
        Uri.TryCreate(from, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? new BlobContainerClient(address, credential)
            : blobs?.GetBlobContainerClient(from)
                ?? throw new RefusedException(
                    "No second account is configured (AutopayCopies): name the container by its https address."
                );
}
