using System.Text.Json;
using Autopay.Application.Backups;
using Autopay.Application.Receipts;
using Autopay.Application.Reconciling;
using Autopay.Application.Runs;
using Autopay.Application.Telemetry;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers.Operating;

/// <summary>What a run is answered with, at once or later.</summary>
internal static class RunAnswers
{
    public static RunAnswer Of(object answer, int status = StatusCodes.Status200OK) =>
        new(status, JsonSerializer.Serialize(answer, HttpJson.Options));
}

public sealed class ReconcileRun(Reconcile reconcile, ILogger<ReconcileRun> logger) : IRunWork
{
    public RunKind Kind => RunKind.Reconcile;

    public async Task<RunAnswer> RunAsync(LongRun run, RunTurn turn, CancellationToken cancel)
    {
        var report = await reconcile.RunAsync(run.From, run.By, turn, cancel);
        logger.Reconciled(report);
        return RunAnswers.Of(
            report,
            report.State == RunState.Failed ? StatusCodes.Status502BadGateway : StatusCodes.Status200OK
        );
    }
}

public sealed class InvariantsRun(CheckInvariants check, ILogger<InvariantsRun> logger) : IRunWork
{
    public RunKind Kind => RunKind.Invariants;

    public async Task<RunAnswer> RunAsync(LongRun run, RunTurn turn, CancellationToken cancel)
    {
        var report = await check.RunAsync(run.By, turn, cancel);
        logger.InvariantsChecked(report);
        return RunAnswers.Of(report);
    }
}

public sealed class ExportRun(ExportBackup export, CopyBackup copy, ILogger<ExportRun> logger) : IRunWork
{
    public RunKind Kind => RunKind.Export;

    public async Task<RunAnswer> RunAsync(LongRun run, RunTurn turn, CancellationToken cancel)
    {
        var manifest = await export.RunAsync(run.By, null, turn, cancel);
        logger.Exported(manifest);
        await copy.RunAsync(cancel);
        return RunAnswers.Of(BackupsFunctions.View(manifest), StatusCodes.Status201Created);
    }
}

/// <summary>Two at once do no harm: a batch is written once, and what is cut is finished by the next.</summary>
public sealed class ReceiptsRun(IssueReceipts issue) : IRunWork
{
    public RunKind Kind => RunKind.Receipts;

    public async Task<RunAnswer> RunAsync(LongRun run, RunTurn turn, CancellationToken cancel)
    {
        var batch = await issue.RunAsync(run.By, cancel);
        return RunAnswers.Of(new { issued = batch is not null, batch });
    }
}

public sealed class MeasureRun(MeasureBooks measure) : IRunWork
{
    public RunKind Kind => RunKind.Measure;

    public async Task<RunAnswer> RunAsync(LongRun run, RunTurn turn, CancellationToken cancel) =>
        RunAnswers.Of(await measure.RunAsync(turn, cancel));
}
