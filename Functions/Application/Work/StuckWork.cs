using Autopay.Application.Stuck;

namespace Autopay.Application.Work;

/// <summary>What engineers look after: the stuck list without what finance decides.</summary>
public sealed class StuckWork(ReadStuck stuck) : IWorkSource
{
    public WorkAudience Audience => WorkAudience.Engineers;

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(CancellationToken cancel) =>
        Of(await stuck.ReadEngineersAsync(cancel));

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(SeenCity city, CancellationToken cancel) =>
        Of(await stuck.ReadEngineersAsync(city, cancel));

    private static IReadOnlyList<WorkItem> Of(IEnumerable<StuckEntry> entries) =>
        [.. entries.Where(entry => RefundWork.KindOf(entry.Kind) is null).Select(ToItem)];

    private static WorkItem ToItem(StuckEntry entry) =>
        new(
            KindOfWork.OfStuck(entry.Kind)?.Kind ?? WorkKind.Finding,
            entry.Id,
            entry.AmountCents is { } cents ? new Money(cents) : null,
            entry.Reason,
            entry.Since
        )
        {
            Account = entry.Account is { } account ? new AccountId(account) : null,
            Debit = DebitOf(entry),
        };

    private static DebitId? DebitOf(StuckEntry entry) =>
        DebitId.TryParse(entry.Debit ?? entry.Id, out var debit) && debit.Account.Value == entry.Account ? debit : null;
}
