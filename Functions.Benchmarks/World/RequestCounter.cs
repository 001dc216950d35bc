using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Autopay.Benchmarks.World;

/// <summary>
/// Counts every HTTP request to Table Storage; a transaction is one. Of what is written it counts the rows, and the
/// bytes of the bodies as they leave.
/// </summary>
public sealed class RequestCounter : HttpPipelineSynchronousPolicy
{
    private static readonly byte[] Operation = Encoding.ASCII.GetBytes(" HTTP/1.1\r\n");
    private int requests;
    private int rows;
    private long bytes;

    public int Requests => Volatile.Read(ref requests);

    /// <summary>Inserted, replaced and deleted.</summary>
    public int Rows => Volatile.Read(ref rows);

    public long Bytes => Interlocked.Read(ref bytes);

    public override void OnSendingRequest(HttpMessage message)
    {
        Interlocked.Increment(ref requests);
        if (message.Request.Method == RequestMethod.Get)
        {
            return;
        }

        using var body = new MemoryStream();
        message.Request.Content?.WriteTo(body, message.CancellationToken);
        Interlocked.Add(ref bytes, body.Length);
        if (Environment.GetEnvironmentVariable("P1_DUMP") is { } dump) { lock (this) File.AppendAllText(dump, $"\n##### {message.Request.Uri}\n" + Encoding.UTF8.GetString(body.ToArray())); } // P1TEMP
        Interlocked.Add(
            ref rows,
            $"{message.Request.Uri}".Contains("$batch", StringComparison.Ordinal)
                ? OperationsIn(body.GetBuffer().AsSpan(0, (int)body.Length))
                : 1
        );
    }

    // Each operation of a transaction is a request within the request.
    private static int OperationsIn(ReadOnlySpan<byte> body) => body.Count(Operation);
}
