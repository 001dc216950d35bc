using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Autopay.Application.Ports.Books;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Autopay.Storage.Finance;

/// <summary>
/// The chain is in the rows of the controls' history. An anchor is an empty blob whose name says everything:
/// <c>{day}/{number}-{hash}</c>. Of a restore it is <c>restore/{number}-{hash}</c>, and the blob says who and which
/// backup. The app adds blobs to the container and never writes one over.
/// </summary>
public sealed class TableAuditTrail(StorageClients clients) : IAuditTrail
{
    private const string Restores = "restore/";

    private BlobContainerClient Anchors => clients.Container(StorageClients.AuditContainer);

    private TableClient Table => clients.Table(StorageClients.ControlsTable);

    public IAsyncEnumerable<AuditRow> ReadAsync(CancellationToken cancel) =>
        Table.QueryAsync<TableEntity>(ControlsRows.OfHistory, cancellationToken: cancel).Select(ControlsRows.ToAudit);

    public async Task<(long Number, string Hash)> ReadHeadAsync(CancellationToken cancel)
    {
        var state = await Table.GetEntityIfExistsAsync<TableEntity>(
            ControlsRows.Partition,
            ControlsRows.State,
            cancellationToken: cancel
        );
        return state.HasValue
            ? (state.Value!.GetInt64("Version") ?? 0, ControlsRows.HeadOf(state.Value))
            : (0, AuditChain.Genesis);
    }

    public async Task AnchorAsync(AuditAnchor anchor, CancellationToken cancel)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{anchor.Day:yyyy-MM-dd}/{anchor.Number:0000000000}-{anchor.Hash}"
        );
        try
        {
            await Anchors.UploadBlobAsync(name, BinaryData.FromString(""), cancel);
        }
        catch (RequestFailedException there) when (there.ErrorCode == "BlobAlreadyExists")
        {
            // The same chain, twice on one day.
        }
    }

    /// <summary>Before the rows of a restore are written: one whose rows never come excuses nothing.</summary>
    /// <param name="head">The row with which the generation begins.</param>
    public static Task KeepRestoreAsync(
        StorageClients clients,
        (long Number, string Hash) head,
        string backup,
        Authority authority,
        CancellationToken cancel
    )
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Restores}{head.Number:0000000000}-{head.Hash}");
        var text = JsonSerializer.Serialize(
            new
            {
                backup,
                authority.By,
                authority.Why,
                authority.At,
            }
        );
        return clients
            .Container(StorageClients.AuditContainer)
            .UploadBlobAsync(name, BinaryData.FromString(text), cancel);
    }

    public async IAsyncEnumerable<RestoreAnchor> ReadRestoresAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var blob in Anchors.GetBlobsAsync(BlobTraits.None, BlobStates.None, Restores, cancel))
        {
            if (
                blob.Name[Restores.Length..].Split('-') is [var number, var hash]
                && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            )
            {
                yield return new RestoreAnchor(version, hash, blob.Properties.CreatedOn ?? DateTimeOffset.MinValue);
            }
        }
    }

    public async IAsyncEnumerable<AuditAnchor> ReadAnchorsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var blob in Anchors.GetBlobsAsync(cancellationToken: cancel))
        {
            if (
                blob.Name.Split('/', '-') is [var year, var month, var date, var number, var hash]
                && DateOnly.TryParseExact($"{year}-{month}-{date}", "yyyy-MM-dd", out var day)
                && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            )
            {
                yield return new AuditAnchor(day, version, hash, blob.Properties.CreatedOn ?? DateTimeOffset.MaxValue);
            }
        }
    }
}
