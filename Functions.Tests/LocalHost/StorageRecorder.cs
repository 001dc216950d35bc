using System.Collections.Concurrent;
using Autopay.LocalHost;
using Autopay.Tests.Fixtures;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.LocalHost;

/// <summary>Writes down what the host asks of storage, and makes it fail on demand.</summary>
internal sealed class StorageRecorder : HttpPipelinePolicy
{
    private readonly ConcurrentQueue<string> requests = [];

    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>Requests whose method and address contain this text fail as if the service were away.</summary>
    public string? Broken { get; set; }

    public void AddTo(FunctionsApplicationBuilder builder) => builder.Services.Configure<StorageClientPolicies>(clients => clients.Policies.Add(this));

    public Task HasAsync(params string[] parts) => Eventually.HoldsAsync(
        string.Join(" ", parts), () => requests.Any(request => parts.All(part => request.Contains(part, StringComparison.Ordinal))));

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var request = $"{message.Request.Method} {message.Request.Uri}";
        requests.Enqueue(request);
        return Broken is { } part && request.Contains(part, StringComparison.Ordinal)
            ? throw new Azure.RequestFailedException(503, "Storage is away.")
            : ProcessNextAsync(message, pipeline);
    }
}
