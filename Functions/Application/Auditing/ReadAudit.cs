using Autopay.Application.Ports.Books;

namespace Autopay.Application.Auditing;

/// <summary>Which acts are wanted; what is null leaves everything in.</summary>
/// <param name="From">Civil days of the city, both included.</param>
/// <param name="Who">Exactly so.</param>
/// <param name="What">The kind of change.</param>
public sealed record AuditFilter(DateOnly? From, DateOnly? To, string? Who, string? What);

/// <param name="Total">Of all acts that the filter leaves in.</param>
/// <param name="Next">The number after which the next page begins; null on the last one.</param>
public sealed record AuditPage(IReadOnlyList<AuditedAct> Acts, int Total, long? Next);

/// <summary>Who did what, when and why; oldest first, where the newest are not asked for.</summary>
public sealed class ReadAudit(IAuditTrail trail, CityClock clock)
{
    /// <param name="limit">Null: all of them.</param>
    public Task<AuditPage> RunAsync(AuditFilter filter, long after, int? limit, CancellationToken cancel) =>
        RunAsync(filter, after, limit, isNewestFirst: false, cancel);

    /// <inheritdoc cref="RunAsync(AuditFilter, long, int?, CancellationToken)"/>
    /// <param name="after">0: from the first one on.</param>
    public async Task<AuditPage> RunAsync(
        AuditFilter filter,
        long after,
        int? limit,
        bool isNewestFirst,
        CancellationToken cancel
    )
    {
        var acts = await trail
            .ReadAsync(cancel)
            .Select(AuditedAct.Of)
            .Where(act => Fits(act, filter))
            .ToListAsync(cancel);
        var rest = isNewestFirst
            ? acts.Where(act => after == 0 || act.Number < after).OrderByDescending(act => act.Number).ToList()
            : acts.Where(act => act.Number > after).ToList();
        var page = limit is { } most ? rest.Take(most).ToList() : rest;
        return new AuditPage(page, acts.Count, page.Count < rest.Count ? page[^1].Number : null);
    }

    private bool Fits(AuditedAct act, AuditFilter filter) =>
        (filter.Who ?? act.By) == act.By
        && (filter.What ?? act.What) == act.What
        && clock.City.At(act.At).Today is var day
        && day >= (filter.From ?? day)
        && day <= (filter.To ?? day);
}
