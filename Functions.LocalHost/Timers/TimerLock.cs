using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost;

/// <summary>Lets one of several hosts run a tick, and tells the late ones that it was run.</summary>
internal sealed class TimerLock(BlobClient blob, HostClock clock, ILogger<TimerLock> logger)
{
    // The shortest lease there is: what a killed host held is free again after it.
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    /// <summary>Null when another host holds it.</summary>
    public async Task<TimerLease?> TryAcquireAsync()
    {
        await EnsureBlobAsync();
        try
        {
            var client = blob.GetBlobLeaseClient();
            await client.AcquireAsync(Duration);
            return new TimerLease(blob, client, Duration / 3, clock, logger);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.LeaseAlreadyPresent)
        {
            return null;
        }
    }

    private async Task EnsureBlobAsync()
    {
        if (!await blob.ExistsAsync())
        {
            await blob.GetParentBlobContainerClient().CreateIfNotExistsAsync();
            await CreateAsync();
        }
    }

    private async Task CreateAsync()
    {
        try
        {
            await blob.UploadAsync(BinaryData.Empty, overwrite: false);
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            // Another host was faster.
        }
    }
}
