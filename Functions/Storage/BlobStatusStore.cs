using System.Text.Json;
using Autopay.Application.Ports.Books;
using Autopay.Domain.PublicStatus;
using Azure;
using Azure.Storage.Blobs;

namespace Autopay.Storage;

/// <summary>One blob, written over: what everybody may read.</summary>
public sealed class BlobStatusStore(StorageClients clients) : IStatusStore
{
    public const string Name = "status.json";

    private BlobClient Blob => clients.Container(StorageClients.StatusContainer).GetBlobClient(Name);

    public Task SaveAsync(CityStatus status, CancellationToken cancel) =>
        Blob.UploadAsync(BinaryData.FromObjectAsJson(status), overwrite: true, cancel);

    public async Task<CityStatus?> FindAsync(CancellationToken cancel)
    {
        try
        {
            return (await Blob.DownloadContentAsync(cancel)).Value.Content.ToObjectFromJson<CityStatus>();
        }
        catch (Exception failure) when (failure is JsonException or RequestFailedException { Status: 404 })
        {
            return null;
        }
    }
}
