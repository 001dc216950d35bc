using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Autopay.Benchmarks.World;

/// <summary>
/// Counts every HTTP request to Table Storage; a transaction is one. Of those that write it counts the bytes of their
/// bodies, as they leave, and the rows of ledger tables.
/// </summary>
public sealed class RequestCounter : HttpPipelineSynchronousPolicy
{
    private static readonly byte[] Operation = Encoding.ASCII.GetBytes(" HTTP/1.1\r\n");
    private static readonly byte[] OfLedgers = Encoding.ASCII.GetBytes("/ledger");
    private int requests;
    private int rows;
    private long bytes;

    public int Requests => Volatile.Read(ref requests);

    /// <summary>Inserted, replaced or deleted; all of them in transactions.</summary>
    public int Rows => Volatile.Read(ref rows);

    public long Bytes => Interlocked.Read(ref bytes);

    public override void OnSendingRequest(HttpMessage message)
    {
        Interlocked.Increment(ref requests);
        if (message.Request is { Content: { } content, Method: var method } && method != RequestMethod.Get)
        {
            using var stream = new MemoryStream();
            content.WriteTo(stream, message.CancellationToken);
            var body = stream.GetBuffer().AsSpan(0, (int)stream.Length);
            Interlocked.Add(ref bytes, body.Length);
            // Each operation of a transaction is a request within the request, and all are of one table.
            Interlocked.Add(ref rows, body.IndexOf(OfLedgers) < 0 ? 0 : body.Count(Operation));
        }
    }
}
