using Autopay.Application.Ports.Provider;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage;

/// <summary>A row beside the schedule rows: like them it carries no authority and is in no backup.</summary>
public sealed class TableSharedRateStore(StorageClients clients) : ISharedRateStore
{
    private const string Partition = "rates";
    private const string Row = "stripe";
    private const string Shares = "Shares";

    // The header with the server's time has no fractions, and the row may have been stamped by another server.
    private static readonly TimeSpan ServersApart = TimeSpan.FromMilliseconds(500);

    private TableClient Table => clients.Table(StorageClients.SchedulesTable);

    public async Task<SharedRateText> ReadAsync(CancellationToken cancel)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancel);
        if (found is not { HasValue: true, Value: { } row })
        {
            return new SharedRateText("", null, TimeSpan.MaxValue);
        }

        var unchanged = found.GetRawResponse().Headers.Date - row.Timestamp - ServersApart;
        return new SharedRateText(
            row.GetString(Shares) ?? "",
            row.ETag.ToString(),
            unchanged is { } time && time > TimeSpan.Zero ? time : TimeSpan.Zero
        );
    }

    public async Task<string?> TryWriteAsync(string text, string? tag, CancellationToken cancel)
    {
        var row = new TableEntity(Partition, Row) { [Shares] = text };
        try
        {
            var answer = tag is null
                ? await Table.AddEntityAsync(row, cancel)
                : await Table.UpdateEntityAsync(row, new ETag(tag), TableUpdateMode.Replace, cancel);
            return answer.Headers.ETag.ToString();
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return null;
        }
    }
}
