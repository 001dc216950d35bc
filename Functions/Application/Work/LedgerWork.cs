using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Work;

/// <summary>What waits in the accounts, out of the rows beside their ledgers: no ledger is read.</summary>
public sealed class LedgerWork(ILedgerStore ledgers) : IWorkSource
{
    private const int BucketsAtOnce = 16;

    public WorkAudience Audience => WorkAudience.Finance;

    public async Task<WorkSums> SumAsync(CitySums sums, CancellationToken cancel) =>
        sums.Work ?? WorkSums.Of(await ReadAsync(cancel));

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(CancellationToken cancel)
    {
        List<WorkItem> found = [];
        foreach (var some in Bucket.All.Chunk(BucketsAtOnce))
        {
            var read = await Task.WhenAll(some.Select(bucket => ledgers.ReadWorkAsync(bucket, cancel)));
            found.AddRange(read.SelectMany(items => items));
        }

        return found;
    }

    public Task<IReadOnlyList<WorkItem>> ReadAsync(SeenCity city, CancellationToken cancel) =>
        Task.FromResult(city.Accounts);
}
