using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Autopay.Benchmarks.Cloud;

/// <summary>Table Storage: rows in order of their keys, conditions, pages of a thousand, transactions.</summary>
internal sealed partial class CloudTables : ICloudService
{
    private const int MostOfPage = 1000;
    private const int MostOfTransaction = 100;
    private const int MostBytes = 4 << 20;
    private readonly Dictionary<string, SortedSet<CloudRow>> tables = new(StringComparer.Ordinal);
    private long tags;

    public CloudAnswer Busy() => Failure(503, "ServerBusy", null);

    // A transaction is of one partition, as all requests of the app but the scans of whole tables are.
    public string PartOf(CloudRequest request)
    {
        var (method, uri, body) = (request.Method, request.Uri.AbsoluteUri, request.Body);
        if (request.Path.EndsWith("$batch", StringComparison.Ordinal))
        {
            (method, uri, _, body) = TableBatch.Read(request.Body)[0];
        }

        var (table, keys) = Target(uri);
        return keys is { } known ? $"{table}/{known.Partition}"
            : method == "GET" ? $"{table}/{new RowFilter(request.Query("$filter")).Partition}"
            : table == "Tables" ? table
            : $"{table}/{CloudRow.Of(null, body, null).Partition}";
    }

    public CloudAnswer Answer(CloudRequest request, DateTimeOffset now)
    {
        if (request.Path.EndsWith("$batch", StringComparison.Ordinal))
        {
            return Transact(TableBatch.Read(request.Body), request.Body.Length, now);
        }

        var (table, keys) = Target(request.Uri.AbsoluteUri);
        if (table == "Tables")
        {
            using var body = JsonDocument.Parse(request.Body);
            return tables.TryAdd(body.RootElement.GetProperty("TableName").GetString()!, [])
                ? CloudAnswer.Empty(204)
                : Failure(409, "TableAlreadyExists", null);
        }

        if (!tables.TryGetValue(table, out var rows))
        {
            return Failure(404, "TableNotFound", null);
        }

        if (request.Method == "GET")
        {
            return keys is { } one ? Read(rows, one, request) : Query(rows, request);
        }

        var change = (request.Method, request.Uri.AbsoluteUri, request.Header("If-Match"), request.Body);
        return Check(change, null) ?? Apply(change, now);
    }

    private CloudAnswer Transact(
        IReadOnlyList<(string Method, string Uri, string? IfMatch, byte[] Body)> changes,
        int bytes,
        DateTimeOffset now
    )
    {
        if (changes.Count > MostOfTransaction || bytes > MostBytes || changes.DistinctBy(PartitionOf).Count() > 1)
        {
            return Failure(400, "InvalidInput", null);
        }

        if (changes.DistinctBy(KeysOf).Count() != changes.Count)
        {
            return TableBatch.Answer([Failure(400, "InvalidDuplicateRow", 0)], 1);
        }

        for (var index = 0; index < changes.Count; index++)
        {
            if (Check(changes[index], index) is { } refusal)
            {
                return TableBatch.Answer([refusal], 1);
            }
        }

        return TableBatch.Answer([.. changes.Select(change => Apply(change, now))], changes.Count);
    }

    private (string Table, (string Partition, string Key) Keys) KeysOf(
        (string Method, string Uri, string? IfMatch, byte[] Body) change
    )
    {
        var (table, keys) = Target(change.Uri);
        if (keys is { } named)
        {
            return (table, named);
        }

        var row = CloudRow.Of(null, change.Body, null);
        return (table, (row.Partition, row.Key));
    }

    private (string, string) PartitionOf((string Method, string Uri, string? IfMatch, byte[] Body) change)
    {
        var (table, keys) = KeysOf(change);
        return (table, keys.Partition);
    }

    // Null: it may be done.
    private CloudAnswer? Check((string Method, string Uri, string? IfMatch, byte[] Body) change, int? index)
    {
        var (table, keys) = KeysOf(change);
        if (!tables.TryGetValue(table, out var rows))
        {
            return Failure(404, "TableNotFound", index);
        }

        var found = Find(rows, keys);
        return (change.Method, found, change.IfMatch) switch
        {
            ("POST", not null, _) => Failure(409, "EntityAlreadyExists", index),
            ("POST", null, _) => null,
            (_, null, null) => null,
            (_, null, _) => Failure(404, "ResourceNotFound", index),
            (_, not null, null or "*") => null,
            (_, { } row, var tag) => row.Tag == tag ? null : Failure(412, "UpdateConditionNotSatisfied", index),
        };
    }

    private CloudAnswer Apply((string Method, string Uri, string? IfMatch, byte[] Body) change, DateTimeOffset now)
    {
        var (table, keys) = KeysOf(change);
        var rows = tables[table];
        var found = Find(rows, keys);
        if (found is not null)
        {
            rows.Remove(found);
        }

        if (change.Method == "DELETE")
        {
            return CloudAnswer.Empty(204);
        }

        var isMerge = change.Method is "PATCH" or "MERGE";
        var tag = string.Create(CultureInfo.InvariantCulture, $"W/\"datetime'{++tags}'\"");
        rows.Add(CloudRow.Of(keys, change.Body, isMerge ? found : null) with { Tag = tag, At = now });
        return CloudAnswer.Empty(204).With("ETag", tag);
    }

    private static CloudAnswer Read(SortedSet<CloudRow> rows, (string, string) keys, CloudRequest request)
    {
        if (Find(rows, keys) is not { } row)
        {
            return Failure(404, "ResourceNotFound", null);
        }

        var text = new StringBuilder();
        row.Write(text, Select(request));
        return Json(text, 1).With("ETag", row.Tag);
    }

    private static CloudAnswer Query(SortedSet<CloudRow> rows, CloudRequest request)
    {
        var filter = new RowFilter(request.Query("$filter"));
        var most = Math.Min(MostOfPage, int.Parse(request.Query("$top") ?? "1000", CultureInfo.InvariantCulture));
        var (from, to) = (
            CloudRow.Probe(
                request.Query("NextPartitionKey") ?? filter.Partition ?? "",
                request.Query("NextRowKey") ?? (filter.Partition is null ? "" : filter.From)
            ),
            CloudRow.Probe(filter.Partition ?? "\uffff", filter.Partition is null ? "\uffff" : filter.To)
        );
        var found =
            from.CompareTo(to) > 0 ? [] : rows.GetViewBetween(from, to).Where(filter.Matches).Take(most + 1).ToList();
        var (select, text) = (Select(request), new StringBuilder("{\"value\":["));
        foreach (var row in found.Take(most))
        {
            row.Write(text.Append(text[^1] == '[' ? "" : ","), select);
        }

        var answer = Json(text.Append("]}"), Math.Min(most, found.Count));
        return found.Count <= most
            ? answer
            : answer
                .With("x-ms-continuation-NextPartitionKey", found[most].Partition)
                .With("x-ms-continuation-NextRowKey", found[most].Key);
    }

    private static CloudRow? Find(SortedSet<CloudRow> rows, (string Partition, string Key) keys) =>
        rows.TryGetValue(CloudRow.Probe(keys.Partition, keys.Key), out var row) ? row : null;

    private static HashSet<string>? Select(CloudRequest request) =>
        request.Query("$select") is { Length: > 0 } names ? [.. names.Split(',')] : null;

    private static CloudAnswer Json(StringBuilder text, int rows) =>
        new CloudAnswer(200, Encoding.UTF8.GetBytes(text.ToString()), Math.Max(1, rows)).With(
            "Content-Type",
            "application/json;odata=minimalmetadata"
        );

    private static CloudAnswer Failure(int status, string code, int? index)
    {
        var message = index is null ? code : string.Create(CultureInfo.InvariantCulture, $"{index}:{code}");
        var said = $"\"code\":\"{code}\",\"message\":{{\"lang\":\"en-US\",\"value\":\"{message}\"}}";
        return new CloudAnswer(status, Encoding.UTF8.GetBytes($"{{\"odata.error\":{{{said}}}}}"))
            .With("Content-Type", "application/json")
            .With("x-ms-error-code", code);
    }

    private static (string Table, (string Partition, string Key)? Keys) Target(string uri)
    {
        var path = Uri.UnescapeDataString(new Uri(uri).AbsolutePath).Trim('/');
        var named = OneRow().Match(path);
        return named.Success
            ? (named.Groups[1].Value, (Unquote(named.Groups[2].Value), Unquote(named.Groups[3].Value)))
            : (path.Replace("()", "", StringComparison.Ordinal), null);
    }

    private static string Unquote(string key) => key.Replace("''", "'", StringComparison.Ordinal);

    [GeneratedRegex(@"^(\w+)\(PartitionKey='(.*)',\s*RowKey='(.*)'\)$", RegexOptions.Singleline)]
    private static partial Regex OneRow();
}
