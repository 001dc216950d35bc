using System.Globalization;

namespace Autopay.Domain.Certificates;

/// <summary>What of a channel nobody has counted although the city wants it counted before a clear.</summary>
/// <param name="Channel">Empty: the clear names no channel, so nothing says what is in.</param>
/// <param name="Days">Civil days, in order.</param>
public sealed record UncountedDays(string Channel, IReadOnlyList<DateOnly> Days)
{
    private const int MostNamed = 3;

    /// <summary>A sentence.</summary>
    public override string ToString()
    {
        if (Channel.Length == 0)
        {
            return "Nothing was counted, and receivedThrough names no channel.";
        }

        var named = string.Join(
            ", ",
            Days.Take(MostNamed).Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        );
        var more = Days.Count - MostNamed;
        return more > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Channel} was not counted on {named} and {more} more days.")
            : $"{Channel} was not counted on {named}.";
    }
}

/// <summary>Days of a cycle's holds without a count: banking days, and others on which something was posted.</summary>
public static class Uncounted
{
    /// <param name="from">The first due date that a hold of the cycle holds; a debit of that day may have been
    /// paid elsewhere from then on.</param>
    /// <param name="totals">All there are; one over all cycles counts for each of them.</param>
    /// <param name="posted">From that day on; those of an unknown cycle count for each.</param>
    public static IReadOnlyList<UncountedDays> Of(
        CycleNumber cycle,
        DateOnly from,
        IReadOnlyDictionary<string, DateOnly> receivedThrough,
        IReadOnlyList<ControlTotal> totals,
        IReadOnlyList<PostedPayment> posted
    )
    {
        var counted = totals
            .Where(total => (total.Key.Cycle ?? cycle) == cycle)
            .Select(total => (total.Key.Channel, total.Key.ReceivedOn))
            .ToHashSet();
        var entered = posted
            .Where(payment => payment.Net.IsPositive && (payment.Cycle ?? cycle) == cycle)
            .Select(payment => (payment.Channel, payment.ReceivedOn))
            .ToHashSet();
        return receivedThrough.Count == 0 && counted.Count == 0
            ? [new UncountedDays("", [])]
            :
            [
                .. receivedThrough
                    .OrderBy(channel => channel.Key, StringComparer.Ordinal)
                    .Select(channel => new UncountedDays(
                        channel.Key,
                        [.. DaysOf(channel.Value).Where(day => IsMissing(channel.Key, day))]
                    ))
                    .Where(channel => channel.Days.Count > 0),
            ];

        IEnumerable<DateOnly> DaysOf(DateOnly through) =>
            Enumerable.Range(0, Math.Max(0, through.DayNumber - from.DayNumber + 1)).Select(from.AddDays);

        bool IsMissing(string channel, DateOnly day) =>
            !counted.Contains((channel, day))
            && (BankingCalendar.IsBankingDay(day) || entered.Contains((channel, day)));
    }

    /// <summary>The first due date that a hold in force holds for the cycle; null when nothing is held.</summary>
    public static DateOnly? HeldFrom(this Controls controls, CycleNumber cycle) =>
        controls
            .Deferrals.Where(hold =>
                hold is { IsInForce: true, Action: DeferralAction.Hold }
                && hold.Cycles.Contains(cycle)
                && !hold.ClearedCycles.Contains(cycle)
            )
            .Min(hold => (DateOnly?)hold.DueFrom);
}
