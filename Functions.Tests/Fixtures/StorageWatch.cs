using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Autopay.Tests.Fixtures;

/// <summary>Sees every request to the tables; loses answers or refuses requests when told to.</summary>
internal sealed class StorageWatch : HttpPipelinePolicy
{
    private readonly ConcurrentQueue<string> requests = [];
    private int answersToLose;

    /// <summary>Requests whose line contains this are refused, with words that nobody outside may read.</summary>
    public string? Broken { get; set; }

    public IReadOnlyList<string> Requests => [.. requests];

    public int Batches => requests.Count(request => request.Contains("$batch", StringComparison.Ordinal));

    public void Forget() => requests.Clear();

    /// <summary>The next write is done, and its answer never arrives: the client repeats it.</summary>
    public void LoseNextAnswer() => Interlocked.Exchange(ref answersToLose, 1);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var request = $"{message.Request.Method} {message.Request.Uri}";
        requests.Enqueue(request);
        if (Broken is { } part && request.Contains(part, StringComparison.Ordinal))
        {
            throw new Azure.RequestFailedException(403, "A secret of the storage account.");
        }

        await ProcessNextAsync(message, pipeline);
        if (message.Request.Method != RequestMethod.Get && Interlocked.Exchange(ref answersToLose, 0) == 1)
        {
            throw new IOException("The connection broke before the answer.");
        }
    }
}
