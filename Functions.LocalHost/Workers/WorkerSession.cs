using System.Text.Json;
using Autopay.LocalHost.Rpc;

namespace Autopay.LocalHost.Workers;

/// <summary>A connected worker whose functions are loaded.</summary>
/// <param name="Capabilities">What the worker says of itself; <c>HttpUri</c> is where its server listens.</param>
internal sealed record WorkerSession(
    WorkerChannel Channel,
    IReadOnlyDictionary<string, string> Capabilities,
    IReadOnlyList<WorkerFunction> Functions
)
{
    private const string HostVersion = "4.0.0";

    /// <param name="folder">Where the app's files are.</param>
    /// <exception cref="InvalidOperationException">The worker refuses to start, or a function cannot be loaded; the
    /// message says which and why.</exception>
    public static async Task<WorkerSession> OpenAsync(WorkerChannel channel, string folder)
    {
        var init = (
            await channel.AskAsync(
                new StreamingMessage
                {
                    WorkerInitRequest = new WorkerInitRequest
                    {
                        HostVersion = HostVersion,
                        WorkerDirectory = folder,
                        FunctionAppDirectory = folder,
                    },
                }
            )
        ).WorkerInitResponse;
        Require(init.Result, "The worker did not start");
        var metadata = (
            await channel.AskAsync(
                new StreamingMessage
                {
                    FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = folder },
                }
            )
        ).FunctionMetadataResponse;
        Require(metadata.Result, "The worker did not tell its functions");
        await Task.WhenAll(metadata.FunctionMetadataResults.Select(function => LoadAsync(channel, function)));
        return new WorkerSession(
            channel,
            init.Capabilities,
            [.. metadata.FunctionMetadataResults.Select(WorkerFunction.Of)]
        );
    }

    private static async Task LoadAsync(WorkerChannel channel, RpcFunctionMetadata function)
    {
        // The worker finds the trigger of a function here, and tells it in the raw bindings only when it reads
        // functions.metadata.
        foreach (var binding in function.RawBindings.Select(text => JsonDocument.Parse(text).RootElement))
        {
            function.Bindings.TryAdd(
                binding.GetProperty("name").GetString()!,
                new BindingInfo
                {
                    Type = binding.GetProperty("type").GetString(),
                    Direction = Enum.Parse<BindingInfo.Types.Direction>(
                        binding.GetProperty("direction").GetString()!,
                        ignoreCase: true
                    ),
                }
            );
        }

        var loaded = await channel.AskAsync(
            new StreamingMessage
            {
                FunctionLoadRequest = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function },
            }
        );
        Require(loaded.FunctionLoadResponse.Result, $"Function '{function.Name}' cannot be loaded");
    }

    private static void Require(StatusResult result, string otherwise)
    {
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new InvalidOperationException($"{otherwise}: {result.Exception?.Message ?? result.Result}");
        }
    }
}
