using Autopay.Application.Ports.Books;
using Autopay.Application.Runs;

namespace Autopay.Tests.Fixtures;

/// <summary>Runs in memory, with the store's rule that only who saw the newest version saves.</summary>
internal sealed class ScratchRunStore : IRunStore
{
    private readonly Dictionary<string, RunEntry> runs = [];
    private readonly Dictionary<string, SortedDictionary<int, string>> parts = [];
    private int saves;

    /// <summary>How often something was kept of a run that goes on.</summary>
    public int Keeps { get; private set; }

    public int PartsOf(string run) => parts.GetValueOrDefault(run)?.Count ?? 0;

    public Task<RunEntry> AddAsync(Func<string, LongRun> run, DateTimeOffset at, CancellationToken cancel)
    {
        while (runs.ContainsKey(GoOnWithRuns.IdOf(at)))
        {
            at = at.AddMilliseconds(1);
        }

        return Task.FromResult(Save(run(GoOnWithRuns.IdOf(at))));
    }

    public Task<RunEntry?> FindAsync(string id, CancellationToken cancel) =>
        Task.FromResult(runs.GetValueOrDefault(id));

    public Task<RunEntry?> TrySaveAsync(RunEntry before, LongRun after, CancellationToken cancel)
    {
        if (runs[after.Id].Tag != before.Tag)
        {
            return Task.FromResult<RunEntry?>(null);
        }

        Keeps += after.Kept is not null && after.Kept != before.Run.Kept ? 1 : 0;
        return Task.FromResult<RunEntry?>(Save(after));
    }

    public IAsyncEnumerable<LongRun> ReadNewestAsync(CancellationToken cancel) =>
        runs.Values.Select(entry => entry.Run).OrderByDescending(run => run.Id).ToAsyncEnumerable();

    public Task KeepPartAsync(string run, int number, string json, CancellationToken cancel)
    {
        parts.TryAdd(run, []);
        parts[run][number] = json;
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<string> ReadPartsAsync(string run, CancellationToken cancel) =>
        (parts.GetValueOrDefault(run)?.Values.ToList() ?? []).ToAsyncEnumerable();

    public Task ForgetPartsAsync(string run, CancellationToken cancel)
    {
        parts.Remove(run);
        return Task.CompletedTask;
    }

    private RunEntry Save(LongRun run) => runs[run.Id] = new RunEntry(run, $"{++saves}");
}
