using Autopay.Application;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class MeasureFunction(WatchBooks watch)
{
    [Function("Measure")]
    public Task RunAsync([TimerTrigger(Schedules.Measure)] TimerInfo timer, CancellationToken cancel) => watch.RunAsync(cancel);
}
