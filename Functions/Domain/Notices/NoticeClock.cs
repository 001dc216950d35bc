namespace Autopay.Domain.Notices;

/// <summary>How strictly the days of notice are kept.</summary>
public enum NoticeClockMode
{
    /// <summary>Not looked at.</summary>
    Off,

    /// <summary>Said with the charge; nothing waits.</summary>
    Warn,

    /// <summary>A debit waits until the customer has been told for long enough.</summary>
    Enforce,
}

/// <summary>
/// R44: a debit of more than the customer was told, or on a later day, needs days of notice. A bill tells its total and
/// its due date on its bill date; a notice to the customer or a public one tells the rest. What is lower than told, a
/// roll to the next banking day and a retry of the same amount need none.
/// </summary>
public static class NoticeClock
{
    /// <summary>How long after the day that it named a notice still tells the truth, days.</summary>
    private const int HoldsForDays = 7;

    /// <summary>Further than any notice can put a debit off: 60 days, and a long weekend.</summary>
    private const int LooksAheadDays = 90;

    /// <summary>Why the debit must not leave on the day, or null when the customer has been told.</summary>
    /// <param name="open">What it would take, cents.</param>
    public static string? WhyNot(AccountLedger ledger, Debit debit, Controls controls, Money open, DateOnly day) =>
        WhatIsNew(ledger, debit, controls.Policies, open, day) is not { } news ? null
        : IsTold(ledger, debit, controls, open, day, news) ? null
        : $"{news.Sentence}: {news.Days} days of notice";

    /// <summary>The first banking day from its own day, or today, on which it may leave; null while nobody has been
    /// told.</summary>
    public static DateOnly? EarliestDay(AccountLedger ledger, Debit debit, Controls controls, DateOnly today) =>
        EarliestDay(ledger, debit, controls, ledger.OpenOn(debit), today);

    /// <param name="open">What it takes, cents.</param>
    internal static DateOnly? EarliestDay(
        AccountLedger ledger,
        Debit debit,
        Controls controls,
        Money open,
        DateOnly today
    )
    {
        var own = DueDebits.DayOf(debit);
        var from = own > today ? own : today;
        return Enumerable
            .Range(0, LooksAheadDays)
            .Select(from.AddDays)
            .Where(day => BankingCalendar.IsBankingDay(day) && WhyNot(ledger, debit, controls, open, day) is null)
            .Select(day => (DateOnly?)day)
            .FirstOrDefault();
    }

    /// <summary>
    /// The first banking day on which the debit may leave if its customer is told on <paramref name="sentOn"/>.
    /// </summary>
    public static DateOnly DayWhenTold(AccountLedger ledger, Debit debit, Policies policies, DateOnly sentOn)
    {
        var (own, open) = (DueDebits.DayOf(debit), ledger.OpenOn(debit));
        var soonest = own > sentOn ? own : sentOn;
        return Enumerable
            .Range(0, LooksAheadDays)
            .Select(soonest.AddDays)
            .First(day =>
                BankingCalendar.IsBankingDay(day)
                && day >= sentOn.AddDays(WhatIsNew(ledger, debit, policies, open, day)?.Days ?? 0)
            );
    }

    private static bool IsTold(
        AccountLedger ledger,
        Debit debit,
        Controls controls,
        Money open,
        DateOnly day,
        News news
    ) =>
        debit.Notices.Any(notice => Tells(notice, open, day, news))
        || TellingOf(ledger, debit, controls, open, day, news).Any();

    private static IEnumerable<PublicNotice> TellingOf(
        AccountLedger ledger,
        Debit debit,
        Controls controls,
        Money open,
        DateOnly day,
        News news
    ) =>
        controls.PublicNotices.Where(notice =>
            (!news.OfAmount || (notice.CoversAmounts && open <= Printed(ledger, debit)))
            && day >= notice.PublishedOn.AddDays(news.Days)
            && (notice.DebitsFrom is not { } from || (day >= from && day <= LastDayOf(from)))
            && ledger.BillsOf(debit).Where(bill => bill.Open.IsPositive).All(notice.IsAbout)
        );

    /// <summary>The public notices by which the customer had been told for long enough on that day.</summary>
    /// <param name="open">What the debit takes, cents.</param>
    public static IReadOnlyList<PublicNotice> ToldPublicly(
        AccountLedger ledger,
        Debit debit,
        Controls controls,
        Money open,
        DateOnly day
    ) =>
        WhatIsNew(ledger, debit, controls.Policies, open, day) is { } news
            ? [.. TellingOf(ledger, debit, controls, open, day, news)]
            : [];

    /// <summary>When the customer was first told of what leaves on that day, by a notice of either kind; null where
    /// nothing had to be told, or nobody was.</summary>
    /// <param name="open">What the debit takes, cents.</param>
    public static DateOnly? ToldOn(AccountLedger ledger, Debit debit, Controls controls, Money open, DateOnly day) =>
        WhatIsNew(ledger, debit, controls.Policies, open, day) is not { } news
            ? null
            : debit
                .Notices.Where(notice => Tells(notice, open, day, news))
                .Select(notice => notice.SentOn)
                .Concat(TellingOf(ledger, debit, controls, open, day, news).Select(it => (DateOnly?)it.PublishedOn))
                .Min();

    private static bool Tells(Notice notice, Money open, DateOnly day, News news) =>
        notice
            is { Kind: NoticeKind.Change, State: NoticeState.Sent, Amount: { } told, Day: { } from, SentOn: { } sent }
        && open <= told
        && day >= from
        && day >= sent.AddDays(news.Days)
        && day <= LastDayOf(from);

    /// <summary>The last day of which a notice that named this one still tells the truth.</summary>
    internal static DateOnly LastDayOf(DateOnly from) => BankingCalendar.RollForward(from.AddDays(HoldsForDays));

    // A public notice cannot tell of what was adjusted or corrected after its bills were printed.
    private static Money Printed(AccountLedger ledger, Debit debit) => BillsOf(ledger, debit).Sum(ChargesOf);

    // What came from another account was printed for somebody else (R29).
    private static Money ChargesOf(Bill bill) =>
        bill.MovedFrom is not null ? Money.Zero : bill.Told?.Charges ?? bill.CurrentCharges;

    private static Money PreviousOf(Bill bill) =>
        bill.MovedFrom is not null ? Money.Zero : Money.Max(Money.Zero, bill.PreviousBalance);

    private static List<Bill> BillsOf(AccountLedger ledger, Debit debit) =>
        [.. ledger.BillsOf(debit).Select(bill => ledger.FindBill(bill.Id.Whole) ?? bill).DistinctBy(bill => bill.Id)];

    private static News? WhatIsNew(AccountLedger ledger, Debit debit, Policies policies, Money open, DateOnly day)
    {
        if (debit.RetryOn is not null)
        {
            return null;
        }

        var told = ToldByBills(ledger, debit);
        return open > told.Amount
                ? new News($"{open} is more than the {told.Amount} that the bill told", policies.AmountNoticeDays, true)
            : open > LastAmount(ledger, debit) && day < told.On.AddDays(policies.AmountNoticeDays)
                ? new News(
                    $"{open} is another amount than before, told by the bill of {told.On:yyyy-MM-dd}",
                    policies.AmountNoticeDays,
                    true
                )
            : day > told.Day ? new News($"it was told for {told.Day:yyyy-MM-dd}", policies.DateNoticeDays, false)
            : null;
    }

    // The newest bill prints what is still open of the earlier ones; an accepted previous balance is on it already.
    // What it prints of bills that the debit does not take told nothing of this debit.
    private static (Money Amount, DateOnly Day, DateOnly On) ToldByBills(AccountLedger ledger, Debit debit)
    {
        var bills = BillsOf(ledger, debit);
        var printed = bills.Exists(bill => !bill.Id.IsPrevious) ? bills.FindAll(bill => !bill.Id.IsPrevious) : bills;
        var newest = printed.FindAll(bill => bill.DueDate == printed.Max(it => it.DueDate));
        var others = bills.Except(newest).Sum(bill => Money.Max(bill.CurrentCharges, bill.Charges));
        return (
            newest.Sum(ChargesOf) + Money.Min(newest.Max(PreviousOf), others),
            BankingCalendar.RollForward(newest.Min(bill => bill.Told?.DueDate ?? bill.DueDate)),
            newest.Max(bill => bill.BillDate)
        );
    }

    private static Money LastAmount(AccountLedger ledger, Debit debit) =>
        ledger
            .Debits.Where(other => other.Id != debit.Id && other.LastSubmitted is not null)
            .OrderBy(other => other.FirstSubmittedOn)
            .LastOrDefault()
            ?.LastSubmitted?.Amount
        ?? Money.Zero;

    private sealed record News(string Sentence, int Days, bool OfAmount);
}
