using System.Diagnostics;
using Autopay.LocalHost.Hosting;
using Autopay.LocalHost.Rpc;

namespace Autopay.LocalHost.Workers;

/// <summary>Calls functions in the worker, whoever triggers them, and knows which are under way.</summary>
internal sealed class FunctionInvoker(WorkerHost worker, HostSettings settings) : IDisposable
{
    private readonly CancellationTokenSource outOfPatience = new();
    private readonly Lock gate = new();
    private TaskCompletionSource idle = Completed();
    private int underWay;

    /// <summary>Ends when no function runs.</summary>
    public Task IdleAsync()
    {
        lock (gate)
        {
            return idle.Task;
        }
    }

    /// <summary>Every function that still runs is told to give up.</summary>
    public void LosePatience() => outOfPatience.Cancel();

    /// <param name="fill">Adds what the trigger brings.</param>
    /// <exception cref="FunctionFailedException">It threw.</exception>
    /// <exception cref="TimeoutException">It took longer than <c>functionTimeout</c>: whatever it did after that does
    /// not count.</exception>
    /// <exception cref="OperationCanceledException">It gave up when it was told to.</exception>
    public async Task InvokeAsync(WorkerFunction function, Action<InvocationRequest> fill, CancellationToken cancel)
    {
        Enter();
        try
        {
            using var timeout = new CancellationTokenSource(settings.FunctionTimeout);
            using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(
                timeout.Token,
                outOfPatience.Token,
                cancel
            );
            var running = await worker.ReadyAsync(cancelled.Token);
            var answer = await running.Channel.InvokeAsync(Request(function, fill), cancelled.Token);
            if (timeout.IsCancellationRequested)
            {
                throw new TimeoutException(
                    $"Function '{function.Name}' took longer than the functionTimeout of {settings.FunctionTimeout}."
                );
            }

            Judge(function, answer.Result, cancelled.Token);
        }
        finally
        {
            Leave();
        }
    }

    public void Dispose() => outOfPatience.Dispose();

    private static InvocationRequest Request(WorkerFunction function, Action<InvocationRequest> fill)
    {
        var request = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = function.Id,
            TraceContext = new RpcTraceContext(),
        };
        if (Activity.Current is { } activity)
        {
            request.TraceContext = new RpcTraceContext
            {
                TraceParent = activity.Id ?? "",
                TraceState = activity.TraceStateString ?? "",
            };
        }

        fill(request);
        return request;
    }

    private static void Judge(WorkerFunction function, StatusResult result, CancellationToken cancelled)
    {
        if (result.Status != StatusResult.Types.Status.Success)
        {
            cancelled.ThrowIfCancellationRequested();
            throw new FunctionFailedException(function.Name, result.Exception?.Message ?? result.Result);
        }
    }

    private void Enter()
    {
        lock (gate)
        {
            if (underWay++ == 0)
            {
                idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private void Leave()
    {
        lock (gate)
        {
            if (--underWay == 0)
            {
                idle.SetResult();
            }
        }
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }
}

/// <summary>A function threw. The worker has logged where; here there is only what.</summary>
internal sealed class FunctionFailedException(string function, string why)
    : Exception($"Function '{function}' failed: {why}")
{
    public override string? StackTrace => null;
}
