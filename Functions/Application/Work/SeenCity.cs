using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Stuck;

namespace Autopay.Application.Work;

/// <summary>
/// What one pass over the city has seen of what waits for people: who has it asks no store for the same again.
/// </summary>
/// <param name="Accounts">What of accounts waits for finance, as the rows beside their ledgers say.</param>
/// <param name="Watched">Debits and refunds that engineers look after.</param>
/// <param name="Looks">The earliest look that any account of a bucket asks for, UTC; null when none does.</param>
/// <param name="Items">The open items of the stuck list.</param>
/// <param name="Cycles">The whole city by cycle and due date.</param>
public sealed record SeenCity(
    Controls Controls,
    IReadOnlyList<WorkItem> Accounts,
    IReadOnlyList<StuckEntry> Watched,
    IReadOnlyDictionary<Bucket, DateTimeOffset?> Looks,
    IReadOnlyList<StuckItem> Items,
    IReadOnlyList<CycleSum> Cycles
)
{
    /// <summary>What customers have to be told and were not yet; null where nobody has looked.</summary>
    public IReadOnlyList<PendingNotice>? Notices { get; init; }

    /// <summary>What engineers look after in accounts that were not seen, as it was counted last.</summary>
    public int WatchedElsewhere { get; init; }
}
