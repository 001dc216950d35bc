namespace Autopay.Domain.Certificates;

/// <summary>
/// Counted totals against what is posted. Within its cycle, and over all cycles, each payment is compared with one
/// total at most: that of its drawer, else that of its channel and day without a drawer.
/// </summary>
public static class Comparison
{
    /// <param name="totals">All there are: a payment that another cycle's total counts is counted.</param>
    /// <param name="payments">All that are posted for the days of the totals.</param>
    /// <returns>The cycle's totals, those of all cycles, and what was entered and nobody counted; in order.</returns>
    public static IReadOnlyList<CertificateLine> Of(
        CycleNumber cycle,
        IReadOnlyList<ControlTotal> totals,
        IEnumerable<PostedPayment> payments
    )
    {
        var byKey = totals.ToDictionary(total => total.Key);
        var counted = totals.Select(total => (total.Key.ReceivedOn, total.Key.Channel, total.Key.Cycle)).ToHashSet();
        var entered = payments
            .Where(payment => payment.Net.IsPositive)
            .SelectMany(payment => KeysOf(payment).Select(key => (Key: key, payment.Net)))
            .GroupBy(item => item.Key)
            .ToDictionary(group => group.Key, group => (Count: group.Count(), Cents: group.Sum(item => item.Net)));
        return
        [
            .. byKey
                .Keys.Where(key => key.Cycle is not { } of || of == cycle)
                .Union(entered.Keys.Where(key => !byKey.ContainsKey(key)))
                .Order()
                .Select(key => ToLine(key, byKey.GetValueOrDefault(key), entered.GetValueOrDefault(key))),
        ];

        IEnumerable<TotalKey> KeysOf(PostedPayment payment)
        {
            var (all, own) = (Find(payment, null), payment.Cycle is { } of ? Find(payment, of) : null);
            return all is null && own is null
                ? Uncounted(payment)
                : new[] { all, own }.OfType<TotalKey>().Where(key => key.Cycle is not { } of || of == cycle);
        }

        TotalKey? Find(PostedPayment payment, CycleNumber? of)
        {
            var key = new TotalKey(payment.ReceivedOn, payment.Channel, payment.Drawer, of);
            return byKey.ContainsKey(key) ? key
                : key with { Drawer = "" } is var rest && byKey.ContainsKey(rest) ? rest
                : null;
        }

        // The office counted that channel on that day, and not this drawer.
        IEnumerable<TotalKey> Uncounted(PostedPayment payment)
        {
            var (day, channel) = (payment.ReceivedOn, payment.Channel);
            CycleNumber?[] scopes = payment.Cycle == cycle ? [null, cycle] : [null];
            return scopes
                .Where(scope => counted.Contains((day, channel, scope)))
                .Take(1)
                .Select(scope => new TotalKey(day, channel, payment.Drawer, scope));
        }
    }

    private static CertificateLine ToLine(TotalKey key, ControlTotal? total, (int Count, Money Cents) entered) =>
        new(key, total?.Count ?? 0, total?.Amount ?? Money.Zero, entered.Count, entered.Cents)
        {
            CountedBy = total?.Counted,
            Import = total?.Import,
            Replaced = total?.Replaced,
        };
}
