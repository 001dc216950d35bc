using System.Globalization;
using System.Text;

namespace Autopay.Benchmarks.Cloud;

/// <summary>A transaction of Table Storage: requests within a request.</summary>
internal static class TableBatch
{
    private const string Line = "\r\n";

    public static IReadOnlyList<(string Method, string Uri, string? IfMatch, byte[] Body)> Read(byte[] request)
    {
        List<(string, string, string?, byte[])> changes = [];
        var rest = request.AsSpan();
        for (var end = rest.IndexOf(" HTTP/1.1\r\n"u8); end >= 0; end = rest.IndexOf(" HTTP/1.1\r\n"u8))
        {
            var start = rest[..end].LastIndexOf("\r\n"u8) + 2;
            var line = Encoding.UTF8.GetString(rest[start..end]).Split(' ', 2);
            rest = rest[(end + 9)..];
            var ofHeaders = rest.IndexOf("\r\n\r\n"u8);
            var headers = Encoding.UTF8.GetString(rest[..ofHeaders]).Split(Line);
            rest = rest[(ofHeaders + 4)..];
            var body = rest.IndexOf("\r\n"u8) is >= 0 and var length ? rest[..length] : rest;
            changes.Add(
                (
                    line[0],
                    line[1],
                    headers
                        .Where(it => it.StartsWith("If-Match:", StringComparison.OrdinalIgnoreCase))
                        .Select(it => it[9..].Trim())
                        .FirstOrDefault(),
                    body.ToArray()
                )
            );
        }

        return changes;
    }

    public static CloudAnswer Answer(IReadOnlyList<CloudAnswer> answers, int rows)
    {
        var text = new StringBuilder("--batch_1\r\nContent-Type: multipart/mixed; boundary=changes_1\r\n\r\n");
        foreach (var answer in answers)
        {
            text.Append("--changes_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            text.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} Answer\r\n");
            foreach (var (name, value) in answer.Headers)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
            }

            text.Append(Line).Append(Encoding.UTF8.GetString(answer.Body)).Append(Line);
        }

        return new CloudAnswer(
            202,
            Encoding.UTF8.GetBytes(text.Append("--changes_1--\r\n--batch_1--\r\n").ToString()),
            rows
        ).With("Content-Type", "multipart/mixed; boundary=batch_1");
    }
}
