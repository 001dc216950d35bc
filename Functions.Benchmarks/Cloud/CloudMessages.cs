using System.Globalization;
using System.Text;
using System.Web;
using Azure.Core;

namespace Autopay.Benchmarks.Cloud;

/// <summary>A request as it leaves the client.</summary>
internal sealed record CloudRequest(string Method, Uri Uri, byte[] Body, Func<string, string?> Header)
{
    private readonly Lazy<System.Collections.Specialized.NameValueCollection> query = new(() =>
        HttpUtility.ParseQueryString(Uri.Query)
    );

    public string Path => Uri.UnescapeDataString(Uri.AbsolutePath).Trim('/');

    public string? Query(string name) => query.Value[name];

    public static CloudRequest Of(HttpMessage message)
    {
        using var body = new MemoryStream();
        message.Request.Content?.WriteTo(body, message.CancellationToken);
        return new CloudRequest(
            message.Request.Method.Method,
            message.Request.Uri.ToUri(),
            body.ToArray(),
            name => message.Request.Headers.TryGetValue(name, out var value) ? value : null
        );
    }
}

/// <param name="Units">What it costs: entities read or written, messages, bytes of a blob.</param>
internal sealed record CloudAnswer(int Status, byte[] Body, int Units = 1)
{
    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    public static CloudAnswer Empty(int status) => new(status, []);

    public static CloudAnswer Xml(int status, string xml) =>
        new(status, Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"utf-8\"?>{xml}"))
        {
            Headers = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/xml" },
        };

    /// <summary>As blobs and queues say it.</summary>
    public static CloudAnswer Failure(int status, string code)
    {
        var answer = Xml(status, $"<Error><Code>{code}</Code><Message>{code}</Message></Error>");
        answer.Headers["x-ms-error-code"] = code;
        return answer;
    }

    public CloudAnswer With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }

    public static string Date(DateTimeOffset at) => at.ToString("R", CultureInfo.InvariantCulture);
}
