using Autopay.Application.Auditing;
using Autopay.Application.Backups;
using Autopay.Application.Evaluating;
using Autopay.Application.Retention;
using Autopay.Application.Runs;
using Autopay.Application.Telemetry;
using Autopay.Application.Waiting;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers.Engine;

public sealed class DueDateRunFunction(RunSweep sweep, ILogger<DueDateRunFunction> logger)
{
    [Function("DueDateRun")]
    public async Task RunAsync([TimerTrigger(Schedules.DueDateRun)] TimerInfo timer, CancellationToken cancel)
    {
        var result = await sweep.RunAsync(
            SweepReach.Due,
            timer.IsPastDue ? "due-date run (late)" : "due-date run",
            cancel
        );
        logger.Swept(result);
    }
}

public sealed class SweepFunction(RunSweep sweep, GoOnWithRuns runs, ILogger<SweepFunction> logger)
{
    [Function("Sweep")]
    public async Task RunAsync([TimerTrigger(Schedules.Sweep)] TimerInfo timer, CancellationToken cancel)
    {
        var result = await sweep.RunAsync(SweepReach.Wanted, timer.IsPastDue ? "sweep (late)" : "sweep", cancel);
        await runs.RemindAsync(cancel);
        logger.Swept(result);
    }
}

public sealed class ReconcileFunction(GoOnWithRuns runs, DropWaitingBills drop)
{
    [Function("Reconcile")]
    public async Task RunAsync([TimerTrigger(Schedules.Reconcile)] TimerInfo timer, CancellationToken cancel)
    {
        await drop.RunAsync(cancel);
        await runs.RunAsync(RunKind.Reconcile, "nightly", cancel);
    }
}

public sealed class AfterReconcileFunction(
    GoOnWithRuns runs,
    ExpireEvents expire,
    ExpireAuthorisations forget,
    ILogger<AfterReconcileFunction> logger
)
{
    /// <summary>
    /// A message issues the receipts: what goes wrong there stops no check. What is old goes last, when the books were
    /// looked at and it is in the night's backup.
    /// </summary>
    [Function("AfterReconcile")]
    public async Task RunAsync([TimerTrigger(Schedules.AfterReconcile)] TimerInfo timer, CancellationToken cancel)
    {
        await runs.AskAsync(RunKind.Receipts, "nightly", cancel);
        await runs.RunAsync(RunKind.Invariants, "nightly", cancel);
        logger.EventsExpired(await expire.RunAsync(cancel));
        logger.AuthorisationsExpired(await forget.RunAsync(cancel));
    }
}

public sealed class ExportFunction(
    GoOnWithRuns runs,
    PruneBackups prune,
    AnchorAudit anchor,
    WatchAudit audit,
    ILogger<ExportFunction> logger
)
{
    [Function("Export")]
    public async Task RunAsync([TimerTrigger(Schedules.Export)] TimerInfo timer, CancellationToken cancel)
    {
        await anchor.RunAsync(cancel);
        await runs.RunAsync(RunKind.Export, "nightly", cancel);
        logger.Pruned((await prune.RunAsync(cancel)).Count);
        await audit.RunAsync(cancel);
    }
}

public sealed class MeasureFunction(WatchBooks watch, CopyControls controls, CopyBackup backup)
{
    [Function("Measure")]
    public async Task RunAsync([TimerTrigger(Schedules.Measure)] TimerInfo timer, CancellationToken cancel)
    {
        await watch.RunAsync(cancel);
        await controls.RunAsync(cancel);
        await backup.RunAsync(cancel);
    }
}

/// <summary>
/// What the timers do, for a scheduler outside the app: a dead timer subsystem is survivable. One that hangs up does
/// not stop what it set off.
/// </summary>
public sealed class TickFunction(RunSweep sweep, IHostApplicationLifetime app)
{
    [Function("Tick")]
    [AllowedTo(Role.Operator)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tick")] HttpRequest request
    ) =>
        HttpJson.Ok(
            await sweep.RunAsync(SweepReach.Every, $"tick by {HttpJson.User(request)}", app.ApplicationStopping)
        );
}
