using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;

namespace Autopay.Benchmarks.Timing;

/// <summary>
/// The same rows in one table and in a table per bucket (D1): each bucket's range is read once and written once.
/// </summary>
public static class TableLayouts
{
    private const int Buckets = 64;
    private const int RowsInTransaction = 100;
    private static readonly string Content = new('x', 1_000);

    /// <returns>How many times as long one table takes.</returns>
    public static async Task<double> RatioAsync(string connection, int rows)
    {
        var service = new TableServiceClient(connection);
        var many = await TimeAsync(
            service,
            bucket => string.Create(CultureInfo.InvariantCulture, $"many{bucket:00}"),
            rows / Buckets
        );
        var one = await TimeAsync(service, _ => "one", rows / Buckets);
        return one / many;
    }

    private static async Task<TimeSpan> TimeAsync(TableServiceClient service, Func<int, string> nameOf, int rows)
    {
        foreach (var bucket in Enumerable.Range(0, Buckets))
        {
            await service.CreateTableIfNotExistsAsync(nameOf(bucket));
            await WriteAsync(service.GetTableClient(nameOf(bucket)), Rows(bucket, rows));
        }

        var started = Stopwatch.GetTimestamp();
        foreach (var bucket in Enumerable.Range(0, Buckets))
        {
            var table = service.GetTableClient(nameOf(bucket));
            await WriteAsync(table, await ReadAsync(table, bucket));
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task<List<TableEntity>> ReadAsync(TableClient table, int bucket)
    {
        List<TableEntity> rows = [];
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                $"PartitionKey eq '{Partition(bucket)}' and RowKey ge 'a|' and RowKey lt 'a}}'"
            )
        )
        {
            rows.Add(row);
        }

        return rows;
    }

    private static async Task WriteAsync(TableClient table, IEnumerable<TableEntity> rows)
    {
        foreach (var page in rows.Chunk(RowsInTransaction))
        {
            await table.SubmitTransactionAsync(
                page.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row))
            );
        }
    }

    private static IEnumerable<TableEntity> Rows(int bucket, int rows) =>
        Enumerable
            .Range(0, rows)
            .Select(number => new TableEntity(
                Partition(bucket),
                string.Create(CultureInfo.InvariantCulture, $"a|{number:0000000}")
            )
            {
                ["Ledger"] = Content,
            });

    private static string Partition(int bucket) => bucket.ToString("x2", CultureInfo.InvariantCulture);
}
