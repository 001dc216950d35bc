using Autopay.Application;
using Autopay.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers;

public sealed class ReconcileFunction(Reconcile reconcile, DropWaitingBills drop, ILogger<ReconcileFunction> logger)
{
    [Function("Reconcile")]
    public async Task RunAsync([TimerTrigger(Schedules.Reconcile)] TimerInfo timer, CancellationToken cancel)
    {
        await drop.RunAsync(cancel);
        logger.Reconciled(await reconcile.RunAsync(null, "nightly", cancel));
    }
}
