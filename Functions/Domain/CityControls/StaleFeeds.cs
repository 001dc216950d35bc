using System.Globalization;

namespace Autopay.Domain.CityControls;

/// <summary>A kind of file that the city sends again and again, and how long the last one counts.</summary>
/// <param name="Name">As people read it: <c>bills</c>, <c>payments</c>.</param>
/// <param name="LastOn">The civil day on which the last one came; of a kind that never came, the first file of
/// all.</param>
/// <param name="Days">Banking days.</param>
public sealed record Feed(string Name, DateOnly LastOn, int Days)
{
    /// <summary>The last civil day on which it is fresh.</summary>
    public DateOnly FreshThrough => BankingCalendar.AddBankingDays(LastOn, Days);

    public bool IsStaleOn(DateOnly day) => day > FreshThrough;
}

/// <summary>
/// The hold that stands for an outage which nobody could declare: of one kind of file none came for some banking days,
/// whatever came of the other. It is an ordinary hold, one a day, that only a person clears or withdraws.
/// </summary>
public static class StaleFeeds
{
    private const string Prefix = "stale-feed-";
    private const string Day = "yyyy-MM-dd";

    extension(Deferral deferral)
    {
        /// <summary>Whether the hold was declared because no file came.</summary>
        public bool IsOfStaleFeed => deferral.Id.Value.StartsWith(Prefix, StringComparison.Ordinal);
    }

    public static DeferralId IdOf(DateOnly day) => new($"{Prefix}{day.ToString(Day, CultureInfo.InvariantCulture)}");

    /// <summary>
    /// The hold over what would leave on the banking day: unsent, due by then, and not released by a person from an
    /// earlier day's hold of the same outage.
    /// </summary>
    /// <param name="stale">The kinds of file that stay out. The outage of each is a matter of its own.</param>
    /// <returns>Null when nothing would leave.</returns>
    public static DeferralDeclared? HoldOver(
        DateOnly day,
        IEnumerable<AccountLedger> ledgers,
        IReadOnlyList<Deferral> deferrals,
        IReadOnlyList<Feed> stale
    )
    {
        var earlier = deferrals.Where(deferral => deferral.IsOfStaleFeed).ToList();
        var bills = ledgers
            .SelectMany(ledger =>
                ledger
                    .Debits.Where(debit => WouldLeave(debit, day))
                    .SelectMany(ledger.BillsOf)
                    .Where(bill => stale.Any(feed => !earlier.Exists(hold => WasOver(hold, bill, feed))))
            )
            .ToList();
        return bills.Count == 0
            ? null
            : new DeferralDeclared(
                IdOf(day),
                [.. bills.Select(bill => bill.Cycle).Distinct().Order()],
                bills.Min(bill => bill.DueDate),
                bills.Max(bill => bill.DueDate),
                DeferralAction.Hold,
                ExpectedClearBy: null
            );
    }

    /// <summary>Why it is held: which kinds of file stay out, and since when.</summary>
    public static string Why(IReadOnlyList<Feed> stale) =>
        string.Join(
            "; ",
            stale.Select(
                (feed, index) =>
                    $"{(index == 0 ? "No" : "no")} {feed.Name} file for more than {feed.Days} banking days, the last "
                    + $"one on {feed.LastOn.ToString(Day, CultureInfo.InvariantCulture)}"
            )
        );

    private static bool WouldLeave(Debit debit, DateOnly day) =>
        debit is { State: DebitState.Scheduled or DebitState.RetryScheduled }
        && (debit.RetryOn ?? debit.DueDate) <= day;

    // Of another day's hold the feed was stale already: it is the same outage.
    private static bool WasOver(Deferral hold, Bill bill, Feed feed) =>
        feed.IsStaleOn(DayOf(hold))
        && hold.Cycles.Contains(bill.Cycle)
        && bill.DueDate >= hold.DueFrom
        && bill.DueDate <= hold.DueTo;

    private static DateOnly DayOf(Deferral hold) =>
        DateOnly.ParseExact(hold.Id.Value[Prefix.Length..], Day, CultureInfo.InvariantCulture);
}
