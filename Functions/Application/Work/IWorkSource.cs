using Autopay.Application.Finance;

namespace Autopay.Application.Work;

/// <summary>One place where things wait for a person. <see cref="ReadWork"/> unites all that are registered.</summary>
public interface IWorkSource
{
    WorkAudience Audience { get; }

    /// <summary>Everything that waits there now, in any order.</summary>
    Task<IReadOnlyList<WorkItem>> ReadAsync(CancellationToken cancel);

    /// <summary>What it comes to. What the city's sums tell is not read again.</summary>
    async Task<WorkSums> SumAsync(CitySums sums, CancellationToken cancel) => WorkSums.Of(await ReadAsync(cancel));

    /// <summary>The same, after a pass over the city: what it has seen is not read again.</summary>
    Task<IReadOnlyList<WorkItem>> ReadAsync(SeenCity city, CancellationToken cancel) => ReadAsync(cancel);
}
