using Autopay.Application.Backups;
using Autopay.Application.Evaluating;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Reconciling;
using Autopay.Application.Work;

namespace Autopay.Application.Telemetry;

/// <summary>How the app is, for a person: whether it can work, what runs, what does not move.</summary>
/// <param name="LastSweep">When it last ran to its end; null: never.</param>
/// <param name="LastReconcile">When everything was last compared with the provider.</param>
/// <param name="LastExport">When the last backup became whole.</param>
/// <param name="Queues">Messages by queue; null for one that did not answer.</param>
/// <param name="Stuck">What waits for engineers, the oldest first.</param>
public sealed record Condition(
    Health Health,
    DateTimeOffset? LastSweep,
    DateTimeOffset? LastReconcile,
    DateTimeOffset? LastExport,
    IReadOnlyDictionary<string, long?> Queues,
    WorkPage? Stuck
);

/// <summary>Looks without walking the books. With the storage away it tells only that.</summary>
public sealed class ReadCondition(ReadHealth health, IHeartbeatStore heartbeats, IQueueDepths queues, ReadWork work)
{
    /// <param name="limit">Items of what waits for engineers.</param>
    public async Task<Condition> RunAsync(int limit, CancellationToken cancel)
    {
        var found = await health.RunAsync(cancel);
        if (!found.IsReady)
        {
            return new Condition(found, null, null, null, new Dictionary<string, long?>(), null);
        }

        var beats = await heartbeats.ReadAsync(cancel);
        DateTimeOffset? Beat(string name) => beats.TryGetValue(name, out var at) ? at : null;
        return new Condition(
            found,
            Beat(RunSweep.Heartbeat),
            Beat(Reconcile.Kind),
            Beat(ExportBackup.Kind),
            await queues.ReadAsync(cancel),
            await work.RunAsync(WorkFilter.All(WorkAudience.Engineers), null, limit, cancel)
        );
    }
}
