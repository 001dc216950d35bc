using System.Runtime.CompilerServices;
using Autopay.Application.Ports.Books;
using Azure.Data.Tables;

namespace Autopay.Storage;

/// <summary>A row a report; keys count down, so that the newest is the first.</summary>
public sealed class TableReportStore(StorageClients clients) : IReportStore
{
    private const string Column = "Report";

    private TableClient Table => clients.Table(StorageClients.ReportsTable);

    public Task SaveAsync(StoredReport report, CancellationToken cancel)
    {
        var row = new TableEntity(report.Kind, ReportKeys.Descending(report.Id)) { ["Id"] = report.Id };
        LongText.Write(row, Column, report.Json);
        return Table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancel);
    }

    public async Task<StoredReport?> FindAsync(string kind, string id, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            kind,
            ReportKeys.Descending(id),
            cancellationToken: cancel
        );
        return row.HasValue ? ToReport(row.Value!) : null;
    }

    public async IAsyncEnumerable<StoredReport> ReadNewestAsync(
        string kind,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (
            var row in Table.QueryAsync<TableEntity>(
                $"PartitionKey eq '{kind}'",
                maxPerPage: 50,
                cancellationToken: cancel
            )
        )
        {
            yield return ToReport(row);
        }
    }

    private static StoredReport ToReport(TableEntity row) =>
        new(row.PartitionKey, row.GetString("Id"), LongText.Read(row, Column));
}

internal static class ReportKeys
{
    /// <summary>Counts down, where the id counts up.</summary>
    public static string Descending(string id) => string.Concat(id.Select(digit => (char)('9' - digit + '0')));
}
