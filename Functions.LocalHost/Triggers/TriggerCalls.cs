using System.Globalization;
using System.Text.Json;
using Autopay.LocalHost.Rpc;
using Autopay.LocalHost.Workers;
using Microsoft.Azure.WebJobs;

namespace Autopay.LocalHost.Triggers;

/// <summary>Passes what the SDK's listeners bring, and what people start by hand, to the worker.</summary>
internal sealed class TriggerCalls(WorkerHost worker, FunctionInvoker invoker) : ITriggerCalls
{
    public Task OfQueueAsync(string function, string message, Binder binder, CancellationToken cancel) =>
        InvokeAsync(function, new TypedData { String = message }, binder.BindingData, cancel);

    public Task OfTimerAsync(string function, TimerInfo timer, Binder binder, CancellationToken cancel) =>
        OfTimerAsync(function, timer.IsPastDue, timer.ScheduleStatus, cancel);

    /// <summary>A message that was never in the queue.</summary>
    public Task OfQueueAsync(string function, string message, CancellationToken cancel) =>
        InvokeAsync(function, new TypedData { String = message }, null, cancel);

    public Task OfTimerAsync(string function, bool isPastDue, object? status, CancellationToken cancel) =>
        InvokeAsync(
            function,
            new TypedData
            {
                Json = JsonSerializer.Serialize(
                    new
                    {
                        Schedule = new { AdjustForDST = true },
                        ScheduleStatus = status,
                        IsPastDue = isPastDue,
                    }
                ),
            },
            null,
            cancel
        );

    private Task InvokeAsync(
        string name,
        TypedData data,
        IReadOnlyDictionary<string, object>? about,
        CancellationToken cancel
    )
    {
        var function = worker.Functions.Single(function => function.Name == name);
        return invoker.InvokeAsync(
            function,
            request =>
            {
                request.InputData.Add(new ParameterBinding { Name = function.Parameter, Data = data });
                foreach (var (key, value) in about ?? new Dictionary<string, object>())
                {
                    request.TriggerMetadata[key] = new TypedData
                    {
                        String = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
                    };
                }
            },
            cancel
        );
    }
}
