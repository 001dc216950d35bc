using Autopay.Application.Runs;

namespace Autopay.Application.Ports.Books;

/// <param name="Tag">Changes with every save.</param>
public sealed record RunEntry(LongRun Run, string Tag);

/// <summary>Runs over the whole city, newest first, and what the unfinished ones keep.</summary>
public interface IRunStore
{
    /// <param name="run">By its id; asked for in the same millisecond as another one it gets the next id.</param>
    Task<RunEntry> AddAsync(Func<string, LongRun> run, DateTimeOffset at, CancellationToken cancel);

    Task<RunEntry?> FindAsync(string id, CancellationToken cancel);

    /// <returns>Null when somebody else saved it meanwhile.</returns>
    Task<RunEntry?> TrySaveAsync(RunEntry before, LongRun after, CancellationToken cancel);

    IAsyncEnumerable<LongRun> ReadNewestAsync(CancellationToken cancel);

    /// <summary>Keeps a part of what a run found that is too large for its row; the same number again replaces it.
    /// </summary>
    Task KeepPartAsync(string run, int number, string json, CancellationToken cancel);

    /// <summary>In the order of their numbers.</summary>
    IAsyncEnumerable<string> ReadPartsAsync(string run, CancellationToken cancel);

    Task ForgetPartsAsync(string run, CancellationToken cancel);
}
