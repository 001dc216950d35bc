using Autopay.Application.Finance;
using Autopay.Application.Importing;
using Autopay.Application.Notifying;
using Autopay.Application.Ports.Books;
using Autopay.Application.PublicStatus;
using Autopay.Application.Reconciling;
using Autopay.Application.Releasing;
using Autopay.Application.Stuck;
using Autopay.Application.Telemetry;
using Autopay.Application.Waiting;

namespace Autopay.Application.Evaluating;

/// <summary>
/// What timers and the external tick do: the sweep in a trace of its own, and a heartbeat when it has run to its end.
/// </summary>
public sealed class RunSweep(
    Sweep sweep,
    CollectPoisonMessages poison,
    AssignSuspense assign,
    ClearBacklog clear,
    AgreedOnAccounts agreed,
    AgreeImport imports,
    MakePlan plans,
    RemindNotices notices,
    HoldStaleFeed feed,
    EvaluateBucket evaluate,
    IStuckStore stuck,
    IHeartbeatStore heartbeats,
    NoteStandstill standstill,
    ReadStatus status,
    CityClock clock
)
{
    public const string Heartbeat = "sweep";

    public async Task<SweepResult> RunAsync(SweepReach reach, string cause, CancellationToken cancel)
    {
        using var span = Tracing.Start("sweep");
        await standstill.RunAsync(cancel);

        // Before anything is asked for that could charge what this holds.
        await feed.RunAsync(cancel);
        var result = await sweep.RunAsync(reach, cause, cancel) with { Poison = await poison.CollectAsync(cancel) };
        await poison.CloseWhatIsDoneAsync(cancel);
        await assign.FinishAllAsync(cancel);
        await clear.FinishAsync(cancel);
        await agreed.FinishAsync(cancel);
        await imports.FinishAsync(cancel);
        await plans.RemindAsync(cancel);
        await notices.RunAsync(cancel);
        await status.RefreshAsync(cancel);
        await RetryFailingAsync(cancel);
        await heartbeats.BeatAsync(Heartbeat, clock.Now.Utc, cancel);
        Metering.Swept();
        return result;
    }

    // An account that could not be looked at leaves the list as soon as it can.
    private async Task RetryFailingAsync(CancellationToken cancel)
    {
        await foreach (var item in stuck.ReadAllAsync(cancel))
        {
            if (item.Kind == EvaluateBucket.StuckKind)
            {
                await evaluate.TryAccountAsync(new AccountId(item.Content), "it failed before", cancel);
            }
        }
    }
}
