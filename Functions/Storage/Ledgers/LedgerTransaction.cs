using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage.Ledgers;

/// <summary>
/// Packs accounts into entity group transactions: at most 100 operations and 4 MiB, an account never split over two.
/// </summary>
internal sealed class LedgerTransaction
{
    public const int MostOperations = 100;
    public const int MostBytes = 4 * 1024 * 1024 * 9 / 10;

    private readonly List<(LedgerSave Save, List<TableTransactionAction> Actions, StoredLedger Stored)> parts = [];
    private int operations;
    private int bytes;

    public IReadOnlyList<LedgerSave> Saves => [.. parts.Select(part => part.Save)];

    public IReadOnlyList<TableTransactionAction> Actions => [.. parts.SelectMany(part => part.Actions)];

    /// <exception cref="InvalidOperationException">One account alone is over a limit.</exception>
    public static IEnumerable<LedgerTransaction> Pack(Bucket bucket, IEnumerable<LedgerSave> saves)
    {
        var current = new LedgerTransaction();
        foreach (var save in saves)
        {
            var (actions, stored) = LedgerRows.ToActions(bucket, save);
            var size = actions.Sum(action => LongText.SizeOf((TableEntity)action.Entity));
            if (actions.Count > MostOperations || size > MostBytes)
            {
                throw new InvalidOperationException(
                    $"One save of account {save.After.Id} needs {actions.Count} operations and {size} bytes; a "
                        + $"transaction holds {MostOperations} and {MostBytes}."
                );
            }

            if (current.operations + actions.Count > MostOperations || current.bytes + size > MostBytes)
            {
                yield return current;
                current = new LedgerTransaction();
            }

            current.parts.Add((save, actions, stored));
            current.operations += actions.Count;
            current.bytes += size;
        }

        if (current.parts.Count > 0)
        {
            yield return current;
        }
    }

    /// <summary>
    /// The save that the operation with this index belongs to, and whether that operation is the insert of a bill or
    /// payment.
    /// </summary>
    public (LedgerSave Save, bool IsKnownItem) SaveAt(int index)
    {
        foreach (var (save, actions, _) in parts)
        {
            if (index < actions.Count)
            {
                return (save, actions[index].Entity.RowKey[0] is 'b' or 'p');
            }

            index -= actions.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(index), index, "The transaction has no such operation.");
    }

    /// <summary>The new entries, by the tags that the answer carries.</summary>
    public IEnumerable<LedgerEntry> ToEntries(IReadOnlyList<Response> answers)
    {
        var first = 0;
        foreach (var (save, actions, stored) in parts)
        {
            yield return new LedgerEntry(
                LedgerRows.AsStored(save.After, stored.Past),
                answers[first].Headers.ETag.ToString(),
                save.NextEvaluation
            )
            {
                IsListed = save.After.IsListed,
                HasNotices = save.After.PendingNotices().Count > 0,
                Stored = stored,
            };
            first += actions.Count;
        }
    }
}
