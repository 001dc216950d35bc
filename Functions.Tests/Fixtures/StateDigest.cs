using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Autopay.StripeSandbox.Control;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Autopay.Tests.Fixtures;

/// <summary>
/// Everything that a refused request must leave as it is: every row, message and blob of the account and every call to
/// the provider, by name, with a hash of what it holds. Left out are ETags and timestamps, heartbeats, and the host's
/// own blobs: timers write those, whoever asks for what.
/// </summary>
internal sealed class StateDigest(string connection)
{
    private readonly TableServiceClient tables = new(connection);
    private readonly QueueServiceClient queues = new(connection);
    private readonly BlobServiceClient blobs = new(connection);

    public async Task<ImmutableSortedDictionary<string, string>> TakeAsync(SandboxControl provider)
    {
        var found = await Task.WhenAll(TablesAsync(), QueuesAsync(), BlobsAsync());
        return found
            .SelectMany(items => items)
            .Concat(Calls(provider))
            .ToImmutableSortedDictionary(item => item.Name, item => item.Hash, StringComparer.Ordinal);
    }

    /// <summary>What came (+), went (-) or changed (~), by name.</summary>
    public static IReadOnlyList<string> Differences(
        ImmutableSortedDictionary<string, string> before,
        ImmutableSortedDictionary<string, string> after
    ) =>
        [
            .. after.Keys.Except(before.Keys).Select(name => $"+ {name}"),
            .. before.Keys.Except(after.Keys).Select(name => $"- {name}"),
            .. before.Keys.Intersect(after.Keys).Where(name => before[name] != after[name]).Select(name => $"~ {name}"),
        ];

    private async Task<IReadOnlyList<Item>> TablesAsync()
    {
        var names = await tables.QueryAsync().Select(table => table.Name).ToListAsync();
        return [.. (await Task.WhenAll(names.Select(async name => await RowsAsync(name)))).SelectMany(rows => rows)];
    }

    private async Task<IReadOnlyList<Item>> RowsAsync(string table) =>
        await tables
            .GetTableClient(table)
            .QueryAsync<TableEntity>()
            .Where(row => row.PartitionKey != "heartbeat")
            .Select(row => new Item(
                $"table {table} {row.PartitionKey} {row.RowKey}",
                HashOf(
                    row.Where(field => field.Key is not ("odata.etag" or "Timestamp"))
                        .OrderBy(field => field.Key, StringComparer.Ordinal)
                        .ToDictionary()
                )
            ))
            .ToListAsync();

    private async Task<IReadOnlyList<Item>> QueuesAsync()
    {
        List<Item> found = [];
        await foreach (var queue in queues.GetQueuesAsync())
        {
            var client = queues.GetQueueClient(queue.Name);
            var bodies = (await client.PeekMessagesAsync(32))
                .Value.Select(message => message.Body.ToString())
                .Order(StringComparer.Ordinal);
            found.Add(
                new Item(
                    $"queue {queue.Name}",
                    HashOf(new { bodies, (await client.GetPropertiesAsync()).Value.ApproximateMessagesCount })
                )
            );
        }

        return found;
    }

    private async Task<IReadOnlyList<Item>> BlobsAsync()
    {
        List<Item> found = [];
        await foreach (
            var container in blobs
                .GetBlobContainersAsync()
                .Where(container => !container.Name.StartsWith("azure-webjobs", StringComparison.Ordinal))
        )
        {
            var client = blobs.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync())
            {
                await using var content = await client.GetBlobClient(blob.Name).OpenReadAsync();
                found.Add(
                    new Item(
                        $"blob {container.Name} {blob.Name}",
                        Convert.ToHexStringLower(await SHA256.HashDataAsync(content))
                    )
                );
            }
        }

        return found;
    }

    private static IEnumerable<Item> Calls(SandboxControl provider) =>
        provider
            .Calls.Counts.Select(call => new Item(
                $"stripe {call.Key}",
                call.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)
            ))
            .Append(new Item("stripe ledger", HashOf(provider.Ledger("debit_id"))));

    private static string HashOf(object content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(content))));

    private sealed record Item(string Name, string Hash);
}
