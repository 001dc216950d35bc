using Autopay.Application.Ports.Books;

namespace Autopay.Application.Runs;

/// <summary>
/// One turn at a run: what the turns before kept, and where this one keeps what it found. It keeps now and then, so
/// that a small city is read as if there were no turns.
/// </summary>
public sealed class RunTurn
{
    /// <summary>So much is done again at most, where an instance dies.</summary>
    public static readonly TimeSpan KeepEvery = TimeSpan.FromSeconds(10);

    /// <summary>Longer than anything takes between two keeps; a dead worker's run waits so long.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    /// <summary>All in one turn, and nothing is kept.</summary>
    public static readonly RunTurn Whole = new(null, null, null, DateTimeOffset.MaxValue);

    private readonly IRunStore? store;
    private readonly CityClock? clock;
    private readonly DateTimeOffset until;
    private RunEntry? entry;
    private DateTimeOffset keepAt;

    private RunTurn(IRunStore? store, RunEntry? entry, CityClock? clock, DateTimeOffset until)
    {
        (this.store, this.entry, this.clock, this.until) = (store, entry, clock, until);
        keepAt = clock is null ? DateTimeOffset.MaxValue : Earlier(clock.Now.Utc + KeepEvery, until);
    }

    /// <param name="until">When the next keep hands the run over, UTC.</param>
    internal static RunTurn Of(IRunStore store, RunEntry entry, CityClock clock, DateTimeOffset until) =>
        new(store, entry, clock, until);

    /// <summary>What the last turn kept; null in the first one.</summary>
    public string? Kept => entry?.Run.Kept;

    /// <summary>False where all is done in one turn.</summary>
    public bool Keeps => store is not null;

    /// <summary>Whether it is time to keep what was found.</summary>
    public bool IsDue => clock is not null && clock.Now.Utc >= keepAt;

    internal RunEntry Entry => entry ?? throw new InvalidOperationException("A whole turn has no run.");

    /// <summary>Parts that are too large for the run's row, as they were kept.</summary>
    public IAsyncEnumerable<string> ReadPartsAsync(CancellationToken cancel) =>
        store is null ? AsyncEnumerable.Empty<string>() : store.ReadPartsAsync(Entry.Run.Id, cancel);

    public Task KeepPartAsync(int number, string json, CancellationToken cancel) =>
        store is null ? Task.CompletedTask : store.KeepPartAsync(Entry.Run.Id, number, json, cancel);

    /// <exception cref="TurnOverException">The turn is over, or somebody else has the run: another turn goes on from
    /// here.</exception>
    public async Task KeepAsync(RunProgress progress, string kept, CancellationToken cancel)
    {
        if (store is null || clock is null)
        {
            return;
        }

        var now = clock.Now.Utc;
        var run = Entry.Run with { Progress = progress, Kept = kept, TakenUntil = now + Lease, Tries = 0 };
        entry = await store.TrySaveAsync(Entry, run, cancel) ?? throw new TurnOverException(isOurs: false);
        keepAt = Earlier(now + KeepEvery, until);
        if (now >= until)
        {
            throw new TurnOverException(isOurs: true);
        }
    }

    /// <summary>Keeps others away from what cannot go on in another turn.</summary>
    /// <exception cref="TurnOverException">Somebody else has the run.</exception>
    public async Task RenewAsync(RunProgress progress, CancellationToken cancel)
    {
        if (!IsDue)
        {
            return;
        }

        var now = clock!.Now.Utc;
        var run = Entry.Run with { Progress = progress, TakenUntil = now + Lease };
        entry = await store!.TrySaveAsync(Entry, run, cancel) ?? throw new TurnOverException(isOurs: false);
        keepAt = now + KeepEvery;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

/// <summary>This turn at a run is over before the run is; what was found is kept.</summary>
/// <param name="isOurs">Nobody else has it: it is to be handed over.</param>
public sealed class TurnOverException(bool isOurs) : Exception("The run goes on in another turn.")
{
    public bool IsOurs => isOurs;
}
