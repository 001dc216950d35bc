using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Autopay.LocalHost.Rpc;

/// <summary>The connection to one worker: questions and their answers, invocations, and what the worker logs.</summary>
/// <param name="log">Called for every line that the worker logs.</param>
internal sealed class WorkerChannel(Action<RpcLog> log)
{
    private readonly Channel<StreamingMessage> outgoing = Channel.CreateUnbounded<StreamingMessage>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> questions = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> invocations = new();
    private volatile bool isGone;

    /// <summary>Passes messages both ways until the worker or the host lets go of the connection.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> incoming,
        IServerStreamWriter<StreamingMessage> writer,
        CancellationToken cancel
    )
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var writing = WriteAsync(writer, ended.Token);
        try
        {
            await foreach (var message in incoming.ReadAllAsync(cancel))
            {
                Take(message);
            }
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException)
        {
            // The worker has died, or the host stops.
        }
        finally
        {
            await ended.CancelAsync();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            BreakOff();
        }
    }

    /// <exception cref="WorkerGoneException">The worker is not there any more.</exception>
    public Task<StreamingMessage> AskAsync(StreamingMessage question)
    {
        question.RequestId = Guid.NewGuid().ToString();
        return SendAsync(questions, question.RequestId, question);
    }

    /// <summary>Cancelling asks the function to give up, and still waits for its answer.</summary>
    /// <exception cref="WorkerGoneException">The worker died before it answered.</exception>
    public async Task<InvocationResponse> InvokeAsync(InvocationRequest request, CancellationToken cancel)
    {
        var answer = SendAsync(invocations, request.InvocationId, new StreamingMessage { InvocationRequest = request });
        await using (
            cancel.Register(() =>
                outgoing.Writer.TryWrite(
                    new StreamingMessage
                    {
                        InvocationCancel = new InvocationCancel { InvocationId = request.InvocationId },
                    }
                )
            )
        )
        {
            return (await answer).InvocationResponse;
        }
    }

    /// <summary>Tells the worker to end by itself.</summary>
    public void Terminate(TimeSpan grace) =>
        outgoing.Writer.TryWrite(
            new StreamingMessage
            {
                WorkerTerminate = new WorkerTerminate { GracePeriod = Duration.FromTimeSpan(grace) },
            }
        );

    private async Task<StreamingMessage> SendAsync(
        ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> waiting,
        string id,
        StreamingMessage message
    )
    {
        var answered = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = answered;
        outgoing.Writer.TryWrite(message);
        if (isGone)
        {
            BreakOff();
        }

        try
        {
            return await answered.Task;
        }
        finally
        {
            waiting.TryRemove(id, out _);
        }
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> writer, CancellationToken cancel)
    {
        await foreach (var message in outgoing.Reader.ReadAllAsync(cancel))
        {
            await writer.WriteAsync(message, cancel);
        }
    }

    private void Take(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.RpcLog:
                log(message.RpcLog);
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse
                when invocations.TryGetValue(message.InvocationResponse.InvocationId, out var invocation):
                invocation.TrySetResult(message);
                break;
            case not StreamingMessage.ContentOneofCase.InvocationResponse
                when questions.TryGetValue(message.RequestId, out var question):
                question.TrySetResult(message);
                break;
        }
    }

    private void BreakOff()
    {
        isGone = true;
        foreach (var waiting in questions.Values.Concat(invocations.Values))
        {
            waiting.TrySetException(new WorkerGoneException());
        }
    }
}

/// <summary>
/// The worker's process has ended, or its connection broke: whatever it was doing is done again by whoever asked for
/// it.
/// </summary>
internal sealed class WorkerGoneException() : Exception("The worker has ended.");
