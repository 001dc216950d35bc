using System.Text;
using System.Text.Json;

namespace Autopay.Benchmarks.Cloud;

/// <summary>A row; its properties are kept as they were sent.</summary>
/// <param name="Body">A JSON object without the keys.</param>
internal sealed record CloudRow(string Partition, string Key, byte[] Body, string Tag, DateTimeOffset At)
    : IComparable<CloudRow>
{
    private static readonly HashSet<string> OfTheService = new(StringComparer.Ordinal)
    {
        "PartitionKey",
        "RowKey",
        "Timestamp",
        "Timestamp@odata.type",
        "odata.etag",
    };

    /// <summary>Only to look for one.</summary>
    public static CloudRow Probe(string partition, string key) => new(partition, key, [], "", default);

    public int CompareTo(CloudRow? other) =>
        string.CompareOrdinal(Partition, other!.Partition) is not 0 and var apart
            ? apart
            : string.CompareOrdinal(Key, other.Key);

    /// <param name="json">As the client sends it.</param>
    /// <param name="under">Null: what is not named goes.</param>
    public static CloudRow Of((string Partition, string Key)? keys, ReadOnlySpan<byte> json, CloudRow? under)
    {
        var (partition, key) = keys ?? (ReadText(json, "PartitionKey"), ReadText(json, "RowKey"));
        var named = Properties(json);
        List<(string Name, string Raw)> all =
        [
            .. under is null ? [] : Properties(under.Body).Where(old => named.TrueForAll(it => it.Name != old.Name)),
            .. named.Where(it => !OfTheService.Contains(it.Name)),
        ];
        var body = string.Join(',', all.Select(it => $"{JsonSerializer.Serialize(it.Name)}:{it.Raw}"));
        return new CloudRow(partition, key, Encoding.UTF8.GetBytes($"{{{body}}}"), "", default);
    }

    /// <summary>As it is sent back.</summary>
    /// <param name="select">Null: everything.</param>
    public void Write(StringBuilder to, IReadOnlySet<string>? select)
    {
        to.Append("{\"odata.etag\":").Append(JsonSerializer.Serialize(Tag));
        if (select?.Contains("PartitionKey") ?? true)
        {
            to.Append(",\"PartitionKey\":").Append(JsonSerializer.Serialize(Partition));
        }

        if (select?.Contains("RowKey") ?? true)
        {
            to.Append(",\"RowKey\":").Append(JsonSerializer.Serialize(Key));
        }

        to.Append(",\"Timestamp\":\"").Append(At.UtcDateTime.ToString("O")).Append('"');
        if (select is null)
        {
            to.Append(Body.Length > 2 ? "," : "").Append(Encoding.UTF8.GetString(Body.AsSpan(1, Body.Length - 2)));
        }
        else
        {
            foreach (var (name, raw) in Properties(Body).Where(it => select.Contains(it.Name.Split('@')[0])))
            {
                to.Append(",\"").Append(name).Append("\":").Append(raw);
            }
        }

        to.Append('}');
    }

    /// <summary>A property as it was sent; null when there is none.</summary>
    public string? Find(string name)
    {
        if (name is "PartitionKey" or "RowKey")
        {
            return name == "RowKey" ? Key : Partition;
        }

        var reader = new Utf8JsonReader(Body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
            {
                return reader.TokenType == JsonTokenType.String
                    ? reader.GetString()
                    : Encoding.UTF8.GetString(reader.ValueSpan);
            }
        }

        return null;
    }

    private static string ReadText(ReadOnlySpan<byte> json, string name) =>
        new CloudRow("", "", json.ToArray(), "", default).Properties(name)
        ?? throw new InvalidOperationException($"A row without {name}.");

    private string? Properties(string name)
    {
        var raw = Properties(Body).Find(it => it.Name == name).Raw;
        return raw is null ? null : JsonSerializer.Deserialize<string>(raw);
    }

    private static List<(string Name, string Raw)> Properties(ReadOnlySpan<byte> json)
    {
        List<(string, string)> found = [];
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var raw = json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed];
            if (reader.TokenType != JsonTokenType.Null)
            {
                found.Add((name, Encoding.UTF8.GetString(raw)));
            }
        }

        return found;
    }
}
