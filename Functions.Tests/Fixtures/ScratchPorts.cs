using Autopay.Application.Ports;

namespace Autopay.Tests.Fixtures;

/// <summary>Provider events in memory, by id.</summary>
internal sealed class ScratchEventStore : IProviderEventStore
{
    private readonly Dictionary<string, ProviderEvent> events = [];

    public Task<bool> TryAddAsync(ProviderEvent happened, CancellationToken cancel) => Task.FromResult(events.TryAdd(happened.Id, happened));

    public Task<ProviderEvent?> FindAsync(string eventId, CancellationToken cancel) => Task.FromResult(events.GetValueOrDefault(eventId));

    public Task MarkAsync(string eventId, ProviderEventState state, string note, CancellationToken cancel)
    {
        events[eventId] = events[eventId] with { State = state, Note = note };
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<ProviderEvent> ReadOpenAsync(CancellationToken cancel) =>
        events.Values.Where(happened => happened.State == ProviderEventState.Stored).ToAsyncEnumerable();

    public IAsyncEnumerable<ProviderEvent> ReadListedAsync(CancellationToken cancel) =>
        events.Values.Where(happened => happened.State is ProviderEventState.Parked or ProviderEventState.Foreign).ToAsyncEnumerable();
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

    public Task<StoredReport?> FindAsync(string kind, string id, CancellationToken cancel) => Task.FromResult(reports.Find(report => report.Kind == kind && report.Id == id));

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

    public Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyDictionary<string, DateTimeOffset>>(beats);
}
