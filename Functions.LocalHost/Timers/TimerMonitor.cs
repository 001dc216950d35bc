using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.LocalHost;

/// <summary>The stored status of one timer: from it a starting host sees that it slept through a tick.</summary>
internal sealed class TimerMonitor(BlobClient blob)
{
    public async Task<ScheduleStatus?> TryReadAsync()
    {
        try
        {
            var content = await blob.DownloadContentAsync();
            return JsonSerializer.Deserialize<ScheduleStatus>(content.Value.Content);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    public async Task WriteAsync(ScheduleStatus status)
    {
        await blob.GetParentBlobContainerClient().CreateIfNotExistsAsync();
        await blob.UploadAsync(BinaryData.FromObjectAsJson(status), overwrite: true);
    }
}
