using Autopay.Application;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class MeasureFunction(MeasureBooks measure)
{
    [Function("Measure")]
    public Task RunAsync([TimerTrigger(Schedules.Measure)] TimerInfo timer, CancellationToken cancel) => measure.RunAsync(cancel);
}
