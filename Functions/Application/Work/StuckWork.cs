using Autopay.Application.Evaluating;
using Autopay.Application.Reconciling;
using Autopay.Application.Stuck;

namespace Autopay.Application.Work;

/// <summary>What engineers look after: the stuck list without what finance decides.</summary>
public sealed class StuckWork(ReadStuck stuck) : IWorkSource
{
    public WorkAudience Audience => WorkAudience.Engineers;

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(CancellationToken cancel)
    {
        var entries = await stuck.ReadEngineersAsync(cancel);
        return [.. entries.Where(entry => RefundWork.KindOf(entry.Kind) is null).Select(ToItem)];
    }

    private static WorkItem ToItem(StuckEntry entry) =>
        new(
            KindOf(entry.Kind),
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

    private static WorkKind KindOf(string stuck) =>
        stuck switch
        {
            "unknown" => WorkKind.Unknown,
            "flagged" => WorkKind.Flagged,
            "charging" => WorkKind.Charging,
            "overdue" => WorkKind.Overdue,
            "refund" => WorkKind.LateRefund,
            OverdueWork.Kind => WorkKind.OverdueWork,
            CollectPoisonMessages.Kind => WorkKind.Poison,
            EvaluateBucket.StuckKind => WorkKind.Unreadable,
            "event parked" => WorkKind.ParkedEvent,
            "event foreign" => WorkKind.ForeignEvent,
            _ => WorkKind.Finding,
        };
}
