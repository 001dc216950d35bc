using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;

namespace Autopay.Tests.Fixtures;

/// <summary>Provider events in memory, by id.</summary>
internal sealed class ScratchEventStore : IProviderEventStore
{
    private readonly Dictionary<string, ProviderEvent> events = [];

    public IEnumerable<ProviderEvent> All => events.Values;

    public IEnumerable<ProviderEvent> Open =>
        events.Values.Where(happened => happened.State == ProviderEventState.Stored);

    /// <summary>Pages that were compared, and events that were written.</summary>
    public (int Pages, int Written) Backfilled { get; private set; }

    public EventProgress Progress { get; private set; } = new(null, null);

    public Task<bool> TryAddAsync(ProviderEvent happened, CancellationToken cancel) =>
        Task.FromResult(events.TryAdd(happened.Id, happened));

    public Task<IReadOnlyList<ProviderEvent>> AddMissingAsync(
        IReadOnlyList<ProviderEvent> events,
        CancellationToken cancel
    )
    {
        List<ProviderEvent> added = [.. events.Where(happened => this.events.TryAdd(happened.Id, happened))];
        Backfilled = (Backfilled.Pages + 1, Backfilled.Written + added.Count);
        return Task.FromResult<IReadOnlyList<ProviderEvent>>(added);
    }

    public Task<ProviderEvent?> FindAsync(string eventId, CancellationToken cancel) =>
        Task.FromResult(events.GetValueOrDefault(eventId));

    public Task MarkAsync(IReadOnlyList<EventMark> marks, CancellationToken cancel)
    {
        foreach (var mark in marks)
        {
            events[mark.Event.Id] = events[mark.Event.Id] with { State = mark.State, Note = mark.Note };
        }

        return Task.CompletedTask;
    }

    public IAsyncEnumerable<OpenEvent> ReadOpenAsync(Bucket bucket, CancellationToken cancel) =>
        Open.Select(happened => happened.ToOpen()).Where(open => open.Bucket == bucket).ToList().ToAsyncEnumerable();

    public Task<IReadOnlyList<OpenEvent>> TakeAsync(
        IReadOnlyList<OpenEvent> events,
        DateTimeOffset until,
        CancellationToken cancel
    )
    {
        List<OpenEvent> taken =
        [
            .. events.Where(open =>
                this.events[open.Id] is { State: ProviderEventState.Stored } stored
                && stored.TakenUntil == open.TakenUntil
            ),
        ];
        taken.ForEach(open => this.events[open.Id] = this.events[open.Id] with { TakenUntil = until });
        return Task.FromResult<IReadOnlyList<OpenEvent>>(taken);
    }

    public Task<IReadOnlyDictionary<Bucket, int>> CountOpenAsync(DateTimeOffset receivedBy, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<Bucket, int>>(
            Open.Where(happened => happened.ReceivedAt <= receivedBy)
                .CountBy(happened => happened.ToOpen().Bucket)
                .ToDictionary()
        );

    public IAsyncEnumerable<ProviderEvent> ReadListedAsync(CancellationToken cancel) =>
        events
            .Values.Where(happened => happened.State is ProviderEventState.Parked or ProviderEventState.Foreign)
            .ToAsyncEnumerable();

    public Task<EventProgress> ReadProgressAsync(CancellationToken cancel) => Task.FromResult(Progress);

    public Task SaveProgressAsync(EventProgress progress, CancellationToken cancel)
    {
        Progress = progress;
        return Task.CompletedTask;
    }
}

internal sealed class ScratchReportStore : IReportStore
{
    private readonly List<StoredReport> reports = [];

    public Task SaveAsync(StoredReport report, CancellationToken cancel)
    {
        reports.RemoveAll(known => known.Kind == report.Kind && known.Id == report.Id);
        reports.Add(report);
        return Task.CompletedTask;
    }

    public Task<StoredReport?> FindAsync(string kind, string id, CancellationToken cancel) =>
        Task.FromResult(reports.Find(report => report.Kind == kind && report.Id == id));

    public IAsyncEnumerable<StoredReport> ReadNewestAsync(string kind, CancellationToken cancel) =>
        reports.Where(report => report.Kind == kind).Reverse().ToAsyncEnumerable();
}

internal sealed class ScratchHeartbeats : IHeartbeatStore
{
    private readonly Dictionary<string, DateTimeOffset> beats = [];

    public Task BeatAsync(string name, DateTimeOffset at, CancellationToken cancel)
    {
        beats[name] = at;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, DateTimeOffset>>(beats);
}
