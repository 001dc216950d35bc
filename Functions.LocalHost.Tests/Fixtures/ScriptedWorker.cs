using System.Collections.Concurrent;
using System.Net;
using Autopay.LocalHost.Rpc;
using Autopay.LocalHost.Workers;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RpcException = Grpc.Core.RpcException;

namespace Autopay.LocalHost.Tests.Fixtures;

/// <summary>What a function of a test does; the token is cancelled when the host tells it to give up.</summary>
internal delegate Task ScriptedFunction(InvocationRequest request, CancellationToken cancelled);

/// <summary>
/// A worker made for one test: it speaks the protocol as the real one does, with functions that the test writes.
/// </summary>
internal sealed class ScriptedWorker : IWorker
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> underWay = new();
    private readonly SemaphoreSlim writing = new(1);
    private readonly Dictionary<string, (string Binding, ScriptedFunction Run)> functions = [];
    private readonly CancellationTokenSource life = new();
    private TaskCompletionSource ended = New();
    private GrpcChannel? channel;
    private AsyncDuplexStreamingCall<StreamingMessage, StreamingMessage>? stream;
    private WebApplication? server;
    private bool isDisposed;

    public string Folder => AppContext.BaseDirectory;

    public Task Ended => ended.Task;

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    /// <summary>Why a function of that name cannot be loaded.</summary>
    public (string Function, string Why)? Broken { get; init; }

    /// <summary>What its server does with a request.</summary>
    public RequestDelegate Serve { get; init; } = http => http.Response.WriteAsync("served");

    public ScriptedWorker Queue(string name, string queue, ScriptedFunction run) =>
        Add(
            name,
            $$"""{"name":"message","type":"queueTrigger","direction":"In","queueName":"{{queue}}","connection":"AzureWebJobsStorage"}""",
            run
        );

    public ScriptedWorker Timer(string name, string schedule, ScriptedFunction run) =>
        Add(name, $$"""{"name":"timer","type":"timerTrigger","direction":"In","schedule":"{{schedule}}"}""", run);

    /// <summary>A timer that the SDK runs while it starts, as it runs one that is past due.</summary>
    public ScriptedWorker TimerAtStart(string name, ScriptedFunction run) =>
        Add(
            name,
            """{"name":"timer","type":"timerTrigger","direction":"In","schedule":"0 0 3 * * *","runOnStartup":true}""",
            run
        );

    public ScriptedWorker Http(string name, string route, string methods, ScriptedFunction? run = null) =>
        Add(
            name,
            $$"""{"name":"request","type":"httpTrigger","direction":"In","authLevel":"Anonymous","methods":[{{methods}}],"route":"{{route}}"}""",
            run ?? ((_, _) => Task.CompletedTask)
        );

    public void Begin(Uri endpoint, string workerId)
    {
        Starts++;
        ended = New();
        channel = GrpcChannel.ForAddress(endpoint);
        stream = new FunctionRpc.FunctionRpcClient(channel).EventStream(cancellationToken: life.Token);
        _ = RunAsync(workerId);
    }

    public async Task<Uri> StartedAsync(WorkerSession session)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        server = builder.Build();
        server.Run(Serve);
        await server.StartAsync();
        return new Uri(server.Urls.First());
    }

    /// <summary>Its process dies.</summary>
    public void Die()
    {
        stream!.Dispose();
        ended.SetResult();
    }

    public Task StopAsync()
    {
        ended.TrySetResult();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        await life.CancelAsync();
        stream?.Dispose();
        channel?.Dispose();
        await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
        ended.TrySetResult();
        life.Dispose();
        writing.Dispose();
    }

    private ScriptedWorker Add(string name, string binding, ScriptedFunction run)
    {
        functions[name] = (binding, run);
        return this;
    }

    private async Task RunAsync(string workerId)
    {
        var (mine, requests) = (stream!, stream!.ResponseStream);
        await mine.RequestStream.WriteAsync(
            new StreamingMessage { StartStream = new StartStream { WorkerId = workerId } }
        );
        try
        {
            while (await requests.MoveNext(life.Token))
            {
                _ = AnswerAsync(mine, requests.Current);
            }
        }
        catch (Exception broken) when (broken is RpcException or OperationCanceledException or ObjectDisposedException)
        {
            // The host has gone, or this worker has.
        }
    }

    private async Task AnswerAsync(
        AsyncDuplexStreamingCall<StreamingMessage, StreamingMessage> to,
        StreamingMessage question
    )
    {
        var answer = new StreamingMessage { RequestId = question.RequestId };
        switch (question.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.WorkerInitRequest:
                answer.WorkerInitResponse = new WorkerInitResponse { Result = Good };
                break;
            case StreamingMessage.ContentOneofCase.FunctionsMetadataRequest:
                answer.FunctionMetadataResponse = new FunctionMetadataResponse { Result = Good };
                answer.FunctionMetadataResponse.FunctionMetadataResults.AddRange(
                    functions.Select(function => new RpcFunctionMetadata
                    {
                        Name = function.Key,
                        FunctionId = function.Key,
                        RawBindings = { function.Value.Binding },
                    })
                );
                break;
            case StreamingMessage.ContentOneofCase.FunctionLoadRequest:
                answer.FunctionLoadResponse = new FunctionLoadResponse
                {
                    FunctionId = question.FunctionLoadRequest.FunctionId,
                    Result = Load(question.FunctionLoadRequest),
                };
                break;
            case StreamingMessage.ContentOneofCase.InvocationRequest:
                answer.InvocationResponse = await InvokeAsync(question.InvocationRequest);
                break;
            case StreamingMessage.ContentOneofCase.InvocationCancel
                when underWay.TryGetValue(question.InvocationCancel.InvocationId, out var cancellation):
                await cancellation.CancelAsync();
                return;
            default:
                return;
        }

        await SendAsync(to, answer);
    }

    private async Task SendAsync(
        AsyncDuplexStreamingCall<StreamingMessage, StreamingMessage> to,
        StreamingMessage answer
    )
    {
        await writing.WaitAsync();
        try
        {
            await to.RequestStream.WriteAsync(answer);
        }
        catch (Exception broken) when (broken is RpcException or InvalidOperationException or ObjectDisposedException)
        {
            // Nobody listens any more.
        }
        finally
        {
            writing.Release();
        }
    }

    // As the real worker: without bindings a function cannot be called.
    private StatusResult Load(FunctionLoadRequest request) =>
        Broken is { } broken && broken.Function == request.FunctionId ? Bad(broken.Why)
        : request.Metadata.Bindings.Count == 0 ? Bad("no bindings")
        : Good;

    private async Task<InvocationResponse> InvokeAsync(InvocationRequest request)
    {
        using var cancellation = underWay[request.InvocationId] = new CancellationTokenSource();
        try
        {
            await functions[request.FunctionId].Run(request, cancellation.Token);
            return new InvocationResponse { InvocationId = request.InvocationId, Result = Good };
        }
        catch (Exception failure)
        {
            return new InvocationResponse { InvocationId = request.InvocationId, Result = Bad(failure.Message) };
        }
        finally
        {
            underWay.TryRemove(request.InvocationId, out _);
        }
    }

    private static StatusResult Good => new() { Status = StatusResult.Types.Status.Success };

    private static StatusResult Bad(string why) =>
        new()
        {
            Status = StatusResult.Types.Status.Failure,
            Exception = new Autopay.LocalHost.Rpc.RpcException { Message = why },
        };

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
