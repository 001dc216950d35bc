using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Reconciling;

/// <summary>
/// What follows from a run: differences are work items that keep their age, a debit charged twice halts everything, and
/// a clean run ends the mode after a restore.
/// </summary>
public sealed class ReconcileAftermath(
    IStuckStore stuck,
    ChangeControls change,
    IControlsStore controls,
    IHeartbeatStore heartbeats,
    CityClock clock
)
{
    public const string Failed = "reconcile-failed";
    private const string Prefix = "reconcile:";

    /// <summary>Since when each difference is known: its work item keeps that from run to run.</summary>
    internal async Task<ReconcileReport> DateAsync(ReconcileReport report, CancellationToken cancel)
    {
        List<Difference> dated = [];
        foreach (var difference in report.Differences)
        {
            dated.Add(
                difference with
                {
                    Since = (await stuck.FindAsync(IdOf(difference.IntentId), cancel))?.Since ?? clock.Now.Utc,
                }
            );
        }

        return report with
        {
            Differences = dated,
        };
    }

    internal async Task RunAsync(ReconcileReport report, ReconcileTally tally, CancellationToken cancel)
    {
        await ListAsync(report, tally, cancel);
        if (tally.Differences.FirstOrDefault(difference => difference.Kind == DifferenceKind.ChargedTwice) is { } twice)
        {
            await change.RunAsync(
                new ChargingHalted(),
                clock.Authority("autopay", $"Reconcile: {twice.Detail}"),
                cancel
            );
        }

        if (report.State != RunState.Failed && report.IsWhole)
        {
            await heartbeats.BeatAsync(Reconcile.Kind, clock.Now.Utc, cancel);
        }

        if (
            report.State != RunState.Failed
            && (await controls.LoadAsync(cancel)).Controls.ReconcileSince >= report.From
            && await IsExplainedAsync(tally, cancel)
        )
        {
            await change.RunAsync(
                new Reconciled(),
                clock.Authority(
                    "autopay",
                    $"Reconcile {report.Id} matched every intent or a person explained it: {report.Theirs} of "
                        + $"theirs, {report.Ours} of ours"
                ),
                cancel
            );
        }
    }

    // A difference that a person looked at and discarded, for that very reason, keeps nobody waiting.
    private async Task<bool> IsExplainedAsync(ReconcileTally tally, CancellationToken cancel)
    {
        foreach (var intent in tally.Differences.Select(difference => difference.IntentId).Distinct())
        {
            if (await stuck.FindAsync(IdOf(intent), cancel) is not { Closing: StuckClosing.Discarded })
            {
                return false;
            }
        }

        return true;
    }

    // Of what was looked at: what is found is put (its age stays), what is found no more is taken off.
    private async Task ListAsync(ReconcileReport report, ReconcileTally tally, CancellationToken cancel)
    {
        if (report.State == RunState.Failed)
        {
            await stuck.PutAsync(new StuckItem(Failed, Failed, report.Failure!, report.Id, clock.Now.Utc), cancel);
            return;
        }

        await stuck.RemoveAsync(Failed, cancel);
        var found = tally.Differences.ToLookup(difference => IdOf(difference.IntentId));
        await foreach (var item in stuck.ReadAllAsync(cancel))
        {
            if (
                item.Kind == Reconcile.Kind
                && !found.Contains(item.Id)
                && (report.IsWhole || tally.Seen.Contains(IntentOf(item)))
            )
            {
                await stuck.RemoveAsync(item.Id, cancel);
            }
        }

        foreach (var intent in found)
        {
            await stuck.PutAsync(ItemOf([.. intent], clock.Now.Utc), cancel);
        }
    }

    /// <summary>The differences of one intent as they wait for a person.</summary>
    internal static StuckItem ItemOf(IReadOnlyList<Difference> ofIntent, DateTimeOffset since) =>
        new(
            IdOf(ofIntent[0].IntentId),
            Reconcile.Kind,
            string.Join("; ", ofIntent.Select(it => $"{it.Kind}: {it.Detail}")),
            ofIntent[0].Debit ?? "",
            since
        );

    internal static string IntentOf(StuckItem item) => item.Id[Prefix.Length..];

    private static string IdOf(string intent) => Prefix + intent;
}
