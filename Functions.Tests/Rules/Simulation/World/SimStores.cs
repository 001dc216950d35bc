using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Domain.PublicStatus;

namespace Autopay.Tests.Rules.Simulation.World;

/// <summary>
/// The city's controls as one instance reads them: at once, or as they were at most a few seconds ago.
/// </summary>
internal sealed class SimControlsStore(SimWorld world, Worker worker, TimeProvider time) : IControlsStore
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(5);
    private readonly IControlsStore stepped = SteppedPort<IControlsStore>.Over(new WatchedControls(world), worker);
    private (ControlsEntry Entry, DateTimeOffset At)? last;

    public async Task<ControlsEntry> LoadAsync(CancellationToken cancel)
    {
        if (world.Mutant == Mutant.RemembersControls && last is { } remembered)
        {
            return remembered.Entry;
        }

        var entry = await stepped.LoadAsync(cancel);
        last = (entry, time.GetUtcNow());
        world.Checks.ControlsRead(entry.Controls);
        return entry;
    }

    public async Task<ControlsEntry> LoadRecentAsync(CancellationToken cancel) =>
        last is { } known && time.GetUtcNow() - known.At < Recent ? known.Entry : await LoadAsync(cancel);

    public async Task<bool> TrySaveAsync(ControlsEntry before, Controls after, ControlAct act, CancellationToken cancel)
    {
        last = null;
        return await stepped.TrySaveAsync(before, after, act, cancel);
    }

    public IAsyncEnumerable<ControlsHistoryRow> ReadHistoryAsync(CancellationToken cancel) =>
        stepped.ReadHistoryAsync(cancel);

    public Task<RecordedOperation?> FindOperationAsync(string id, CancellationToken cancel) =>
        stepped.FindOperationAsync(id, cancel);
}

/// <summary>Lowering is a read and a guarded write, as in the real store.</summary>
internal sealed class SimBucketScheduleStore(IBucketScheduleStore stepped) : IBucketScheduleStore
{
    private const int Tries = 20;

    public Task<IReadOnlyList<BucketSchedule>> ReadAllAsync(CancellationToken cancel) => stepped.ReadAllAsync(cancel);

    public Task<BucketSchedule> ReadAsync(Bucket bucket, CancellationToken cancel) => stepped.ReadAsync(bucket, cancel);

    public BucketSchedule? Recall(Bucket bucket) => null;

    public async Task BringForwardAsync(Bucket bucket, DateTimeOffset look, CancellationToken cancel)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var schedule = await ReadAsync(bucket, cancel);
            if (schedule.IsDueBy(look) || await TryWriteAsync(schedule.BringForwardTo(look), cancel) is not null)
            {
                return;
            }
        }
    }

    public Task<BucketSchedule?> TryWriteAsync(BucketSchedule schedule, CancellationToken cancel) =>
        stepped.TryWriteAsync(schedule, cancel);
}

/// <summary>
/// What the tests of this folder do to the production code's surroundings, to see that somebody notices.
/// </summary>
internal enum Mutant
{
    None,
    IgnoresTheTag,
    SwallowsConflicts,
    TakesATimeoutForANo,
    NewKeyForEachTry,
    StopsAtAnEmptyPage,
    SkipsTheSecondPage,
    DeletesTheMessageFirst,
    RemembersControls,
}

/// <summary>The public status that stands when tables are away; nothing here reads it.</summary>
internal sealed class ScratchStatusStore : IStatusStore
{
    private CityStatus? kept;

    public Task SaveAsync(CityStatus status, CancellationToken cancel)
    {
        kept = status;
        return Task.CompletedTask;
    }

    public Task<CityStatus?> FindAsync(CancellationToken cancel) => Task.FromResult(kept);
}
