namespace Autopay.Payments.Rates;

/// <summary>What an instance writes next, and holds when it is written.</summary>
/// <param name="IsNews">Others have to know it.</param>
/// <param name="IsStarved">Its fair share is more than it gets: another one has to give back first.</param>
internal sealed record RatePlan(RateRow Row, IReadOnlyDictionary<string, RateClaim> Mine, bool IsNews, bool IsStarved)
{
    public bool HoldsNothing => Mine.Values.All(claim => claim is { Held: 0, Wanted: 0 });
}

/// <summary>
/// How instances share the pools. Each takes what is free up to its fair share, and gives back what others lack. No
/// clock is compared with another one: who is silent is told by an entry that does not change while it is watched.
/// </summary>
internal sealed class RateNegotiation(string instance, RateLimits limits)
{
    private readonly Dictionary<string, (long Renewal, TimeSpan Since)> seen = new(StringComparer.Ordinal);
    private long renewals;

    /// <param name="row">As it is read.</param>
    /// <param name="readAt">When its answer was here.</param>
    public void Watch(RateRow row, TimeSpan readAt)
    {
        foreach (var entry in Others(row))
        {
            if (!seen.TryGetValue(entry.Instance, out var before) || before.Renewal != entry.Renewal)
            {
                seen[entry.Instance] = (entry.Renewal, readAt);
            }
        }
    }

    /// <param name="mine">What is held now, which the row may not know, and what is wanted.</param>
    public RatePlan Plan(RateRow row, IReadOnlyDictionary<string, RateClaim> mine, TimeSpan now)
    {
        var others = Others(row).Where(entry => Silence(entry, now) < RateTerms.Gone).Select(entry => Cut(entry, now));
        List<RateEntry> left = [.. others];
        var deals = mine.ToDictionary(
            pool => pool.Key,
            pool => Deal(pool.Key, pool.Value, left, now),
            StringComparer.Ordinal
        );
        var claims = deals.ToDictionary(deal => deal.Key, deal => deal.Value.Claim, StringComparer.Ordinal);
        var before = row.Entries.FirstOrDefault(entry => entry.Instance == instance);
        var plan = new RatePlan(
            new RateRow(left),
            claims,
            left.Count < Others(row).Count()
                || claims.Any(claim => IsOther(claim.Value, before?.Of(claim.Key) ?? new RateClaim(0, 0))),
            deals.Values.Any(deal => deal.IsStarved)
        );
        return plan.HoldsNothing
            ? plan
            : plan with
            {
                Row = new RateRow([.. left, new RateEntry(instance, ++renewals, Kept(claims))]),
            };
    }

    private (RateClaim Claim, bool IsStarved) Deal(
        string pool,
        RateClaim mine,
        IReadOnlyList<RateEntry> others,
        TimeSpan now
    )
    {
        var tokens = limits.Tokens(pool);
        var free = Math.Max(0, tokens - mine.Held - others.Sum(entry => entry.Of(pool).Held));
        var asking = others.Where(entry => !IsSilent(entry, now)).ToList();
        var silent = others.Where(entry => IsSilent(entry, now)).Sum(entry => entry.Of(pool).Held);
        var wants = asking.ToDictionary(
            entry => entry.Instance,
            entry => entry.Of(pool).Wanted,
            StringComparer.Ordinal
        );
        wants[instance] = mine.Wanted;
        var fair = FairShares.Of(Math.Max(0, tokens - silent), wants);
        var lacking = asking.Sum(entry => Math.Max(0, fair[entry.Instance] - entry.Of(pool).Held)) - free;
        var held =
            mine.Wanted == 0 ? 0
            : mine.Held < fair[instance] ? mine.Held + Math.Min(free, fair[instance] - mine.Held)
            : mine.Held - Math.Clamp(lacking, 0, mine.Held - fair[instance]);
        return (new RateClaim(held, mine.Wanted), held < fair[instance]);
    }

    // Written down by whoever notices, so that all see the same.
    private RateEntry Cut(RateEntry entry, TimeSpan now) =>
        IsSilent(entry, now) && !entry.IsOfEverything
            ? entry with
            {
                Claims = entry.Claims.ToDictionary(
                    claim => claim.Key,
                    claim => new RateClaim(Math.Min(claim.Value.Held, limits.StaticShare(claim.Key)), 0),
                    StringComparer.Ordinal
                ),
            }
            : entry;

    private static bool IsOther(RateClaim now, RateClaim before) =>
        now.Held != before.Held || now.Wanted > now.Held != before.Wanted > before.Held;

    private static Dictionary<string, RateClaim> Kept(IReadOnlyDictionary<string, RateClaim> claims) =>
        claims
            .Where(claim => claim.Value is not { Held: 0, Wanted: 0 })
            .ToDictionary(claim => claim.Key, claim => claim.Value, StringComparer.Ordinal);

    private bool IsSilent(RateEntry entry, TimeSpan now) => Silence(entry, now) >= RateTerms.Silent;

    private TimeSpan Silence(RateEntry entry, TimeSpan now) => now - seen[entry.Instance].Since;

    private IEnumerable<RateEntry> Others(RateRow row) => row.Entries.Where(entry => entry.Instance != instance);
}
