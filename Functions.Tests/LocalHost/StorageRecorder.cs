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
    private readonly ConcurrentQueue<(string Request, DateTimeOffset At)> requests = [];

    public IReadOnlyList<string> Requests => [.. requests.Select(entry => entry.Request)];

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Requests whose method and address contain this text fail as if the service were away.</summary>
    public string? Broken { get; set; }

    public void AddTo(FunctionsApplicationBuilder builder) =>
        builder.Services.Configure<StorageClientPolicies>(clients => clients.Policies.Add(this));

    public void AddTo(FunctionsApplicationBuilder builder, TimeProvider clock)
    {
        AddTo(builder);
        builder.Services.AddSingleton(clock);
    }

    public int Count(params string[] parts) => Requests.Count(request => parts.All(part => request.Contains(part, StringComparison.Ordinal)));

    public Task HasAsync(params string[] parts) => Eventually.HoldsAsync(string.Join(" ", parts), () => Count(parts) > 0);

    public double[] SecondsBetween(string method)
    {
        DateTimeOffset[] times = [.. requests.Where(entry => entry.Request.StartsWith(method, StringComparison.Ordinal)).Select(entry => entry.At)];
        return [.. times.Zip(times.Skip(1), (earlier, later) => (later - earlier).TotalSeconds)];
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var request = $"{message.Request.Method} {message.Request.Uri}";
        requests.Enqueue((request, Clock.GetUtcNow()));
        return Broken is { } part && request.Contains(part, StringComparison.Ordinal)
            ? throw new Azure.RequestFailedException(503, "Storage is away.")
            : ProcessNextAsync(message, pipeline);
    }
}
