using Azure.Core;
using Azure.Core.Pipeline;

namespace Autopay.Benchmarks.World;

/// <summary>Counts every HTTP request to Table Storage; a transaction is one.</summary>
public sealed class RequestCounter : HttpPipelineSynchronousPolicy
{
    private int requests;

    public int Requests => Volatile.Read(ref requests);

    public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref requests);
}
