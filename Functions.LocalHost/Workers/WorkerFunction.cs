using System.Text.Json;
using Autopay.LocalHost.Rpc;

namespace Autopay.LocalHost.Workers;

/// <summary>A function as the worker describes it.</summary>
/// <param name="Binding">Of its trigger, as in <c>functions.metadata</c>.</param>
internal sealed record WorkerFunction(string Id, string Name, JsonElement Binding)
{
    private const string Http = "httpTrigger";
    private const string Queue = "queueTrigger";
    private const string Timer = "timerTrigger";

    public bool IsHttp => Text("type") == Http;

    public bool IsQueue => Text("type") == Queue;

    public bool IsTimer => Text("type") == Timer;

    /// <summary>The parameter that the trigger fills.</summary>
    public string Parameter => Text("name") ?? "";

    public string? Text(string property) =>
        Binding.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public bool? Flag(string property) =>
        Binding.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : null;

    public IReadOnlyList<string> Texts(string property) =>
        Binding.TryGetProperty(property, out var values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Select(value => value.GetString()!)]
            : [];

    /// <exception cref="InvalidOperationException">It has no trigger that this host knows.</exception>
    public static WorkerFunction Of(RpcFunctionMetadata metadata)
    {
        var function = metadata
            .RawBindings.Select(binding => new WorkerFunction(
                metadata.FunctionId,
                metadata.Name,
                JsonDocument.Parse(binding).RootElement
            ))
            .FirstOrDefault(it => it.IsHttp || it.IsQueue || it.IsTimer);
        return function
            ?? throw new InvalidOperationException(
                $"Function '{metadata.Name}' has no queue, timer or HTTP trigger; this host knows no others."
            );
    }
}
