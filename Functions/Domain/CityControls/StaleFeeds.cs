namespace Autopay.Domain.CityControls;

/// <summary>
/// The hold that stands for an outage which nobody could declare: no bills and no payments file for some banking days.
/// It is an ordinary hold, one a day, that only a person clears or withdraws.
/// </summary>
public static class StaleFeeds
{
    private const string Prefix = "stale-feed-";

    extension(Deferral deferral)
    {
        /// <summary>Whether the hold was declared because no file came.</summary>
        public bool IsOfStaleFeed => deferral.Id.Value.StartsWith(Prefix, StringComparison.Ordinal);
    }

    public static DeferralId IdOf(DateOnly day) => new($"{Prefix}{day:yyyy-MM-dd}");

    /// <summary>The last civil day on which the feed is fresh; a file keeps it so for that many banking days.</summary>
    public static DateOnly FreshThrough(DateOnly arrived, int bankingDays) =>
        BankingCalendar.AddBankingDays(arrived, bankingDays);

    /// <summary>
    /// The hold over what would leave on the banking day: unsent, due by then, and not released by a person from an
    /// earlier day's hold of the same outage.
    /// </summary>
    /// <param name="lastFile">When the last file came (UTC): the outage began after it.</param>
    /// <returns>Null when nothing would leave.</returns>
    public static DeferralDeclared? HoldOver(
        DateOnly day,
        IEnumerable<AccountLedger> ledgers,
        IReadOnlyList<Deferral> deferrals,
        DateTimeOffset lastFile
    )
    {
        var earlier = deferrals.Where(deferral => deferral.IsOfStaleFeed && deferral.DeclaredAt > lastFile).ToList();
        var bills = ledgers
            .SelectMany(ledger =>
                ledger
                    .Debits.Where(debit => WouldLeave(debit, day))
                    .SelectMany(ledger.BillsOf)
                    .Where(bill => !earlier.Exists(hold => WasOver(hold, bill)))
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

    private static bool WouldLeave(Debit debit, DateOnly day) =>
        debit is { State: DebitState.Scheduled or DebitState.RetryScheduled }
        && (debit.RetryOn ?? debit.DueDate) <= day;

    private static bool WasOver(Deferral hold, Bill bill) =>
        hold.Cycles.Contains(bill.Cycle) && bill.DueDate >= hold.DueFrom && bill.DueDate <= hold.DueTo;
}
