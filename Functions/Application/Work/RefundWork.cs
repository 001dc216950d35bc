using Autopay.Application.Ports.Books;

namespace Autopay.Application.Work;

/// <summary>Refunds that went wrong: a person at the utility has to pay or to claim the money.</summary>
public sealed class RefundWork(IStuckStore stuck, CityClock clock) : IWorkSource
{
    public WorkAudience Audience => WorkAudience.Finance;

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(CancellationToken cancel) =>
        Of(await stuck.ReadAllAsync(cancel).ToListAsync(cancel));

    public Task<IReadOnlyList<WorkItem>> ReadAsync(SeenCity city, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<WorkItem>>(Of(city.Items));

    private List<WorkItem> Of(IReadOnlyList<StuckItem> items)
    {
        List<WorkItem> found = [];
        foreach (var item in items)
        {
            if (KindOf(item.Kind) is { } kind)
            {
                var since = clock.City.At(item.Since).Today;
                found.Add(
                    new WorkItem(kind, item.Id, null, item.Reason, since) { Account = new AccountId(item.Content) }
                );
            }
        }

        return found;
    }

    /// <summary>Null of what is no trouble with a refund: engineers look after that.</summary>
    public static WorkKind? KindOf(string stuck) =>
        KindOfWork.OfStuck(stuck)?.Kind is { } kind and (WorkKind.RefundFailed or WorkKind.ReturnedAfterRefund)
            ? kind
            : null;
}
