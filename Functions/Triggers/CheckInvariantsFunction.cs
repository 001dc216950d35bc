using Autopay.Application;
using Autopay.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers;

public sealed class CheckInvariantsFunction(CheckInvariants check, ILogger<CheckInvariantsFunction> logger)
{
    [Function("CheckInvariants")]
    public async Task RunAsync([TimerTrigger(Schedules.CheckInvariants)] TimerInfo timer, CancellationToken cancel) =>
        logger.InvariantsChecked(await check.RunAsync("nightly", cancel));
}
