using System.Globalization;
using System.Text.Json;
using Autopay.Application.Ports.Books;
using Autopay.Storage.Ledgers;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage.Finance;

/// <summary>
/// Counted totals in one partition, a row a key; certificates in one for each cycle, which are added and never
/// written over.
/// </summary>
public sealed class TableCertificateStore(StorageClients clients) : ICertificateStore
{
    private const int MostOperations = 100;
    private const string Totals = "totals";
    private const string Total = "Total";
    private const string Document = "Certificate";

    private TableClient Table => clients.Table(StorageClients.CertificatesTable);

    public async Task<IReadOnlyList<ControlTotal>> ReadTotalsAsync(CancellationToken cancel) =>
        await Table
            .QueryAsync<TableEntity>($"PartitionKey eq '{Totals}'", cancellationToken: cancel)
            .Select(row => JsonSerializer.Deserialize(LongText.Read(row, Total), LedgerJson.Default.ControlTotal)!)
            .ToListAsync(cancel);

    public async Task PutTotalsAsync(IReadOnlyCollection<ControlTotal> totals, CancellationToken cancel)
    {
        foreach (var part in totals.Select(ToRow).Chunk(MostOperations))
        {
            await Table.SubmitTransactionAsync(
                part.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)),
                cancel
            );
        }
    }

    public async Task<bool> TryKeepAsync(CertificateDocument document, CancellationToken cancel)
    {
        var row = new TableEntity(Partition(document.Certificate.Cycle), Key(document.Version));
        LongText.Write(row, Document, JsonSerializer.Serialize(document, LedgerJson.Default.CertificateDocument));
        try
        {
            await Table.AddEntityAsync(row, cancel);
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return false;
        }
    }

    public async Task<IReadOnlyList<CertificateDocument>> ReadAsync(CycleNumber cycle, CancellationToken cancel) =>
        await Table
            .QueryAsync<TableEntity>($"PartitionKey eq '{Partition(cycle)}'", cancellationToken: cancel)
            .Select(row =>
                JsonSerializer.Deserialize(LongText.Read(row, Document), LedgerJson.Default.CertificateDocument)!
            )
            .ToListAsync(cancel);

    private static TableEntity ToRow(ControlTotal total)
    {
        var (key, cycle) = (total.Key, total.Key.Cycle?.Value ?? 0);
        var row = new TableEntity(
            Totals,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{key.ReceivedOn:yyyy-MM-dd}|{key.Channel}|{LedgerKeys.Escape(key.Drawer)}|{cycle:00}"
            )
        );
        LongText.Write(row, Total, JsonSerializer.Serialize(total, LedgerJson.Default.ControlTotal));
        return row;
    }

    private static string Partition(CycleNumber cycle) =>
        string.Create(CultureInfo.InvariantCulture, $"cycle-{cycle.Value:00}");

    private static string Key(int version) => version.ToString("00000000", CultureInfo.InvariantCulture);
}
