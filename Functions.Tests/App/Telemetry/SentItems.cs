using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Autopay.Tests.App.Telemetry;

/// <summary>Azure Monitor's end of the wire: takes everything, keeps what it was sent.</summary>
internal sealed class SentItems : HttpMessageHandler
{
    private readonly ConcurrentQueue<JsonElement> items = new();

    /// <summary>
    /// The contents of all items of a kind: <c>MessageData</c> are log lines, <c>RequestData</c> spans,
    /// <c>MetricData</c> metrics.
    /// </summary>
    public IReadOnlyList<JsonElement> Of(string kind) =>
        [
            .. items
                .Select(item => item.GetProperty("data"))
                .Where(data => data.GetProperty("baseType").GetString() == kind)
                .Select(data => data.GetProperty("baseData")),
        ];

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var body = request.Content!.ReadAsStream(cancellationToken);
        return Keep(request, body);
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        await using var body = await request.Content!.ReadAsStreamAsync(cancellationToken);
        return Keep(request, body);
    }

    private HttpResponseMessage Keep(HttpRequestMessage request, Stream body)
    {
        using var plain = request.Content!.Headers.ContentEncoding.Contains("gzip")
            ? new GZipStream(body, CompressionMode.Decompress)
            : body;
        using var lines = new StreamReader(plain);
        var count = 0;
        while (lines.ReadLine() is { Length: > 0 } line)
        {
            items.Enqueue(JsonDocument.Parse(line).RootElement);
            count++;
        }

        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(
                $$"""{"itemsReceived":{{count}},"itemsAccepted":{{count}},"errors":[]}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
    }
}
