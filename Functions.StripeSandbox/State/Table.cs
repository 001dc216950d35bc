using System.Text.Json;
using Autopay.StripeSandbox.Resources;

namespace Autopay.StripeSandbox.State;

/// <summary>Restores rows of one kind from the journal.</summary>
internal interface ITable
{
    string Name { get; }

    void Restore(JsonElement row);
}

/// <summary>
/// Rows by id in the order in which they were made; `groupBy` answers "all of that customer" without a scan.
/// </summary>
internal sealed class Table<T>(string name, IChangeLog changes, Func<T, string?>? groupBy = null) : ITable
    where T : class, IRow
{
    private readonly Dictionary<string, T> rows = new(StringComparer.Ordinal);
    private readonly List<string> order = [];
    private readonly Dictionary<string, List<string>> groups = new(StringComparer.Ordinal);

    public string Name => name;

    public int Count => rows.Count;

    public T? Find(string id) => rows.GetValueOrDefault(id);

    public T Put(T row)
    {
        Remember(row);
        changes.Changed(name, row);
        return row;
    }

    public IEnumerable<T> All() => order.Select(id => rows[id]);

    public IEnumerable<T> NewestFirst() => Backwards(order);

    public IEnumerable<T> GroupNewestFirst(string key) => Backwards(groups.GetValueOrDefault(key) ?? []);

    public void Restore(JsonElement row) => Remember(row.Deserialize<T>(Wire.Options)!);

    private void Remember(T row)
    {
        if (!rows.ContainsKey(row.Id))
        {
            order.Add(row.Id);
            JoinGroup(row);
        }
        rows[row.Id] = row;
    }

    private void JoinGroup(T row)
    {
        if (groupBy?.Invoke(row) is not { } key)
        {
            return;
        }
        if (!groups.TryGetValue(key, out var members))
        {
            groups[key] = members = [];
        }
        members.Add(row.Id);
    }

    private IEnumerable<T> Backwards(List<string> ids)
    {
        for (var index = ids.Count - 1; index >= 0; index--)
        {
            yield return rows[ids[index]];
        }
    }
}
