using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Microsoft.Extensions.Configuration;

namespace Autopay.LocalHost.Timers;

/// <summary>
/// Keeps when a timer ran last and runs next, where the real host keeps it. The SDK's own monitor does not load with
/// the versions that are served.
/// </summary>
internal sealed class BlobScheduleMonitor(IConfiguration configuration, string hostId) : ScheduleMonitor
{
    private const string Container = "azure-webjobs-hosts";
    private readonly Lazy<BlobContainerClient> container = new(() =>
        new BlobContainerClient(configuration["AzureWebJobsStorage"], Container)
    );

    public override async Task<ScheduleStatus> GetStatusAsync(string timerName)
    {
        try
        {
            var content = await Blob(timerName).DownloadContentAsync();
            return JsonSerializer.Deserialize<ScheduleStatus>(content.Value.Content)!;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            // The SDK takes this for a timer that never ran.
            return null!;
        }
    }

    public override async Task UpdateStatusAsync(string timerName, ScheduleStatus status)
    {
        try
        {
            await StoreAsync(timerName, status);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await container.Value.CreateIfNotExistsAsync();
            await StoreAsync(timerName, status);
        }
    }

    private async Task StoreAsync(string timer, ScheduleStatus status) =>
        await Blob(timer).UploadAsync(BinaryData.FromObjectAsJson(status), overwrite: true);

    private BlobClient Blob(string timer) => container.Value.GetBlobClient($"timers/{hostId}/{timer}/status");
}
