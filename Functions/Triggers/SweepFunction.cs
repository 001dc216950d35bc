using Autopay.Application;
using Autopay.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers;

public sealed class SweepFunction(RunSweep sweep, ILogger<SweepFunction> logger)
{
    [Function("Sweep")]
    public async Task RunAsync([TimerTrigger(Schedules.Sweep)] TimerInfo timer, CancellationToken cancel)
    {
        var result = await sweep.RunAsync(everyBucket: false, timer.IsPastDue ? "sweep (late)" : "sweep", cancel);
        logger.Swept(result.Buckets, result.Events, result.Imports);
    }
}
