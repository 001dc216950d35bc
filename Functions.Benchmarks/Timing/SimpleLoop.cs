using System.Globalization;
using Autopay.Benchmarks.World;
using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace Autopay.Benchmarks.Timing;

/// <summary>
/// What one would write by hand: per debit one message, one read, one conditional write and one delete. It gets
/// everything that makes it fast: point reads by key, messages received 32 at a time and handled as many at once as
/// ours.
/// </summary>
public static class SimpleLoop
{
    private const string Name = "simpleloop";

    /// <returns>What the debits took, once their rows were there.</returns>
    public static async Task<Usage> RunAsync(BenchmarkWorld world, int debits)
    {
        var table = new TableClient(world.ConnectionString, Name);
        var queue = new QueueClient(
            world.ConnectionString,
            Name,
            new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }
        );
        await table.CreateIfNotExistsAsync();
        await queue.CreateIfNotExistsAsync();
        await FillAsync(table, debits);
        return await world.CountAsync(async () =>
        {
            await Parallel.ForEachAsync(
                Keys(debits),
                Pump.AsTheHost,
                async (key, stop) => await queue.SendMessageAsync(key, stop)
            );
            await Pump.DrainAsync(queue, key => DeferAsync(table, key));
        });
    }

    private static async Task DeferAsync(TableClient table, string key)
    {
        var debit = (await table.GetEntityAsync<TableEntity>(Partition(key), key)).Value;
        debit["State"] = "Deferred";
        await table.UpdateEntityAsync(debit, debit.ETag, TableUpdateMode.Replace);
    }

    private static async Task FillAsync(TableClient table, int debits)
    {
        foreach (var partition in Keys(debits).GroupBy(Partition).SelectMany(partition => partition.Chunk(100)))
        {
            await table.SubmitTransactionAsync(
                partition.Select(key => new TableTransactionAction(
                    TableTransactionActionType.UpsertReplace,
                    new TableEntity(Partition(key), key) { ["State"] = "Scheduled", ["Cents"] = 12_345L }
                ))
            );
        }
    }

    private static IEnumerable<string> Keys(int debits) =>
        Enumerable.Range(0, debits).Select(number => number.ToString("0000000", CultureInfo.InvariantCulture));

    private static string Partition(string key) => key[^2..];
}
