using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.LocalHost.Rpc;

/// <summary>Where workers connect: gRPC on a free port of the loopback interface.</summary>
internal sealed class WorkerEndpoint : IAsyncDisposable
{
    private readonly WebApplication server;

    private WorkerEndpoint(WebApplication server) => this.server = server;

    public Uri Address => new(server.Urls.First());

    public static async Task<WorkerEndpoint> StartAsync(CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .Services.AddRouting()
            .AddSingleton<ExpectedWorkers>()
            .AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
            );
        var server = builder.Build();
        server.MapGrpcService<FunctionRpcService>();
        await server.StartAsync(cancel);
        return new WorkerEndpoint(server);
    }

    /// <summary>Completes when the worker of that id has connected.</summary>
    public Task<WorkerChannel> ExpectAsync(string workerId, Action<RpcLog> log) =>
        server.Services.GetRequiredService<ExpectedWorkers>().Expect(workerId, log);

    public async ValueTask DisposeAsync()
    {
        // A worker that was killed does not say goodbye: its stream is not waited for.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await server.StopAsync(now.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await server.DisposeAsync();
    }

    private sealed class ExpectedWorkers
    {
        private readonly ConcurrentDictionary<
            string,
            (Action<RpcLog> Log, TaskCompletionSource<WorkerChannel> Connected)
        > workers = new();

        public Task<WorkerChannel> Expect(string workerId, Action<RpcLog> log) =>
            (
                workers[workerId] = (
                    log,
                    new TaskCompletionSource<WorkerChannel>(TaskCreationOptions.RunContinuationsAsynchronously)
                )
            )
                .Connected
                .Task;

        public WorkerChannel? Connect(string workerId)
        {
            if (!workers.TryRemove(workerId, out var expected))
            {
                return null;
            }

            var channel = new WorkerChannel(expected.Log);
            expected.Connected.SetResult(channel);
            return channel;
        }
    }

    private sealed class FunctionRpcService(ExpectedWorkers workers) : FunctionRpc.FunctionRpcBase
    {
        public override async Task EventStream(
            IAsyncStreamReader<StreamingMessage> requestStream,
            IServerStreamWriter<StreamingMessage> responseStream,
            ServerCallContext context
        )
        {
            if (
                await requestStream.MoveNext(context.CancellationToken)
                && workers.Connect(requestStream.Current.StartStream?.WorkerId ?? "") is { } channel
            )
            {
                await channel.RunAsync(requestStream, responseStream, context.CancellationToken);
            }
        }
    }
}
