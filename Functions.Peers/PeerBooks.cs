using System.Globalization;
using Autopay.Benchmarks.World;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Peers;

/// <summary>
/// The same work for each engine: read the debit, decide, charge it in two calls of a provider in memory, write it on
/// the condition that nobody else did, and keep history. A point read and one transaction of two rows: nothing is
/// cheaper.
/// </summary>
public sealed class PeerBooks(TableClient table)
{
    private const int RowsInTransaction = 100;
    private const string Charged = "Charged";
    private static readonly string Details = new('x', 800);
    private int calls;

    /// <summary>Keys of the debits of a round.</summary>
    public IReadOnlyList<string> Keys { get; private set; } = [];

    public static async Task<PeerBooks> CreateAsync(string connection, string name, int debits)
    {
        var table = new TableClient(connection, name);
        await table.CreateIfNotExistsAsync();
        var books = new PeerBooks(table);
        books.Keys =
        [
            .. Enumerable.Range(0, debits).Select(number => number.ToString("0000000", CultureInfo.InvariantCulture)),
        ];
        foreach (var page in books.Keys.GroupBy(Partition).SelectMany(keys => keys.Chunk(RowsInTransaction)))
        {
            await table.SubmitTransactionAsync(
                page.Select(key => new TableTransactionAction(TableTransactionActionType.Add, Debit(key)))
            );
        }

        return books;
    }

    /// <exception cref="RequestFailedException">Somebody else wrote the debit meanwhile.</exception>
    public async Task ChargeAsync(string key)
    {
        var debit = (await table.GetEntityAsync<TableEntity>(Partition(key), key)).Value;
        if ((string)debit["State"] == Charged)
        {
            return;
        }

        var intent = await CreateAsync(key, (long)debit["Cents"]);
        await ConfirmAsync(intent);
        (debit["State"], debit["Intent"]) = (Charged, intent);
        var history = new TableEntity(Partition(key), $"{key}-1") { ["What"] = "charged", ["Intent"] = intent };
        await table.SubmitTransactionAsync([
            new TableTransactionAction(TableTransactionActionType.UpdateReplace, debit, debit.ETag),
            new TableTransactionAction(TableTransactionActionType.Add, history),
        ]);
    }

    /// <exception cref="InvalidOperationException">The engine did not do its work, or did it twice.</exception>
    public async Task CheckAsync()
    {
        var charged = 0;
        await foreach (var row in table.QueryAsync<TableEntity>($"State eq '{Charged}'", select: ["RowKey"]))
        {
            charged += row.RowKey.Length > 0 ? 1 : 0;
        }

        if (charged != Keys.Count || calls != 2 * Keys.Count)
        {
            throw new InvalidOperationException($"{charged} of {Keys.Count} debits are charged, in {calls} calls.");
        }
    }

    private Task<string> CreateAsync(string key, long cents)
    {
        Interlocked.Increment(ref calls);
        return Task.FromResult(string.Create(CultureInfo.InvariantCulture, $"pi_{key}_{cents}"));
    }

    private Task ConfirmAsync(string intent)
    {
        Interlocked.Increment(ref calls);
        return intent.Length > 0 ? Task.CompletedTask : throw new InvalidOperationException("There is no intent.");
    }

    private static TableEntity Debit(string key) =>
        new(Partition(key), key)
        {
            ["State"] = "Scheduled",
            ["Cents"] = 12_345L,
            ["Details"] = Details,
        };

    private static string Partition(string key) => key[^2..];
}
