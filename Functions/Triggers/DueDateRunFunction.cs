using Autopay.Application;
using Autopay.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers;

public sealed class DueDateRunFunction(RunSweep sweep, ILogger<DueDateRunFunction> logger)
{
    [Function("DueDateRun")]
    public async Task RunAsync([TimerTrigger(Schedules.DueDateRun)] TimerInfo timer, CancellationToken cancel)
    {
        var result = await sweep.RunAsync(everyBucket: true, timer.IsPastDue ? "due-date run (late)" : "due-date run", cancel);
        logger.Swept(result.Buckets, result.Events, result.Imports);
    }
}
