using Autopay.Storage.Ledgers;
using Azure.Data.Tables;

namespace Autopay.Storage.Events;

/// <summary>Events that are written in one transaction, each with all of its operations.</summary>
internal sealed class EventTransaction<T>(IReadOnlyList<(T Item, IReadOnlyList<TableTransactionAction> Actions)> parts)
{
    public IReadOnlyList<T> Items => [.. parts.Select(part => part.Item)];

    public IReadOnlyList<TableTransactionAction> Actions => [.. parts.SelectMany(part => part.Actions)];

    /// <summary>The rest, without the event that this operation belongs to.</summary>
    public EventTransaction<T> Without(int action)
    {
        var part = 0;
        for (; action >= parts[part].Actions.Count; part++)
        {
            action -= parts[part].Actions.Count;
        }

        return new EventTransaction<T>([.. parts.Where((_, index) => index != part)]);
    }
}

internal static class EventTransaction
{
    /// <summary>As many together as a transaction holds.</summary>
    public static IEnumerable<EventTransaction<T>> Pack<T>(
        IEnumerable<(T Item, IReadOnlyList<TableTransactionAction> Actions)> parts
    )
    {
        List<(T, IReadOnlyList<TableTransactionAction>)> together = [];
        var (operations, bytes) = (0, 0);
        foreach (var part in parts)
        {
            var size = part.Actions.Sum(action => LongText.SizeOf((TableEntity)action.Entity));
            if (
                together.Count > 0
                && (
                    operations + part.Actions.Count > LedgerTransaction.MostOperations
                    || bytes + size > LedgerTransaction.MostBytes
                )
            )
            {
                yield return new EventTransaction<T>([.. together]);
                together.Clear();
                (operations, bytes) = (0, 0);
            }

            together.Add(part);
            (operations, bytes) = (operations + part.Actions.Count, bytes + size);
        }

        if (together.Count > 0)
        {
            yield return new EventTransaction<T>([.. together]);
        }
    }
}
