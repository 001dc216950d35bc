using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace Autopay.Benchmarks.Cloud;

/// <summary>An answer as the client wants it.</summary>
internal sealed class CloudResponse(CloudAnswer answer, string clientRequestId) : Response
{
    public override int Status => answer.Status;

    public override string ReasonPhrase => "";

    public override Stream? ContentStream { get; set; } = new MemoryStream(answer.Body, writable: false);

    public override string ClientRequestId { get; set; } = clientRequestId;

    /// <summary>What was buffered is read after the message is done with.</summary>
    public override void Dispose() { }

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) =>
        answer.Headers.TryGetValue(name, out value);

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = answer.Headers.TryGetValue(name, out var value) ? [value] : null;
        return values is not null;
    }

    protected override bool ContainsHeader(string name) => answer.Headers.ContainsKey(name);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() =>
        answer.Headers.Select(header => new HttpHeader(header.Key, header.Value));
}
