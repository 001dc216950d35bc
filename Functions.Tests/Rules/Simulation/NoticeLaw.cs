using Autopay.Application.Ports.Books;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>
/// R44 from outside: for each debit that is locked, who told its customer of this amount by this day, and since when?
/// It reads the bills, what was mailed (by the days on which it was mailed, not by those that it named) and what was
/// published. A part of a split bill was told with the whole (R45).
/// </summary>
internal static class NoticeLaw
{
    private const int AmountDays = 10;
    private const int DateDays = 7;

    /// <returns>Who left without notice; null when nobody did.</returns>
    public static string? WhoWasNotTold(LedgerSave save, Func<long, Controls> controlsAt)
    {
        foreach (var locked in save.Events.OfType<AttemptLocked>())
        {
            var day = ChargingWorld.City.At(save.Authority.At).Today;
            var controls = controlsAt(locked.ControlsVersion);
            var debit = save.Before.Ledger.DebitOf(locked.Debit);
            if (
                controls.Policies.NoticeClock == NoticeClockMode.Enforce
                && debit.Attempts.Count == 1
                && !IsTold(save.Before.Ledger, debit, controls, day)
            )
            {
                return $"{debit.Id} of {debit.Attempts[0].Amount} is locked on {day:yyyy-MM-dd}, and nobody told its "
                    + "customer in time";
            }
        }

        return null;
    }

    private static bool IsTold(AccountLedger ledger, Debit debit, Controls controls, DateOnly day)
    {
        var amount = debit.Attempts[0].Amount;
        var bills = debit.Lines.Select(line => ledger.BillOf(line.Bill)).ToList();
        var told = bills.Select(bill => ledger.FindBill(bill.Id.Whole) ?? bill).DistinctBy(bill => bill.Id).ToList();
        var newest = told.FindAll(bill => bill.DueDate == told.Max(it => it.DueDate));
        var printed = newest.Sum(bill => bill.CurrentCharges);
        var before = newest.Max(bill => bill.PreviousBalance);
        var isMore = amount > (before.IsPositive ? printed + before : printed);
        var isOnTime = day <= RollForward(newest[0].DueDate);
        var isNews = !isMore && amount > Highest(ledger, debit) && day < newest.Max(bill => bill.BillDate).AddDays(10);
        var days = isMore || isNews ? AmountDays : DateDays;
        return (!isMore && !isNews && isOnTime)
            || debit.Notices.Any(notice => IsOfThis(notice, amount) && notice.SentOn!.Value.AddDays(days) <= day)
            || controls.PublicNotices.Any(notice => IsOfThese(notice, bills, isMore || isNews, day, days));
    }

    private static bool IsOfThis(Notice notice, Money amount) =>
        notice is { Kind: NoticeKind.Change, State: NoticeState.Sent } && notice.Amount >= amount;

    private static bool IsOfThese(
        PublicNotice notice,
        IReadOnlyList<Bill> bills,
        bool isOfAmount,
        DateOnly day,
        int days
    ) =>
        notice.WithdrawnAt is null
        && (notice.CoversAmounts || !isOfAmount)
        && notice.PublishedOn.AddDays(days) <= day
        && (notice.DebitsFrom is null || notice.DebitsFrom <= day)
        && bills
            .Where(bill => bill.Open.IsPositive)
            .All(bill =>
                notice.Cycles.Contains(bill.Cycle) && bill.DueDate >= notice.DueFrom && bill.DueDate <= notice.DueTo
            );

    // Whatever was debited before; the rule looks at the last one.
    private static Money Highest(AccountLedger ledger, Debit debit) =>
        ledger
            .Debits.Where(other => other.Id != debit.Id)
            .SelectMany(other => other.Attempts)
            .Where(attempt => attempt.SubmittedOn is not null)
            .Select(attempt => attempt.Amount)
            .DefaultIfEmpty(Money.Zero)
            .Max();

    private static DateOnly RollForward(DateOnly day) => BankingCalendar.RollForward(day);
}
