using System.Globalization;
using Autopay.Application.Ports.Books;
using Autopay.Hosting;

namespace Autopay.Rehearsal;

/// <summary>
/// The report as people read it: a table by cycle and due date, the totals, and the story of one account.
/// </summary>
public static class ReportText
{
    private const string Day = "yyyy-MM-dd";

    public static string Dollars(long cents) =>
        (cents < 0 ? "-$" : "$") + (Math.Abs((decimal)cents) / 100m).ToString("#,0.00", CultureInfo.InvariantCulture);

    public static IEnumerable<string> Table(RehearsalReport report)
    {
        yield return "Bills by cycle and due date: how many were ever ...";
        yield return "cycle  due date    debited  deferred  merged  released  satisfied  collected    collected $";
        foreach (var row in report.Cycles)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Cycle, 5}  {row.DueDate:yyyy-MM-dd}  {row.Debits, 7}  {row.Deferred, 8}  {row.Merged, 6}  "
                    + $"{row.Released, 8}  {row.Satisfied, 9}  {row.Collected, 9}  {Dollars(row.CollectedCents), 13}"
            );
        }
    }

    public static IEnumerable<string> Totals(RehearsalReport report)
    {
        var (totals, counts) = (report.Totals, report.Counts);
        yield return $"Billed               {Dollars(totals.BilledCents), 16}";
        yield return $"  collected by debit {Dollars(totals.CollectedCents), 16}";
        yield return $"  paid elsewhere     {Dollars(totals.PaidElsewhereCents), 16}";
        yield return $"  still open         {Dollars(totals.OpenCents), 16}";
        yield return $"Unapplied credit     {Dollars(totals.CreditCents), 16}";
        if (totals.PaidTwiceCents > 0)
        {
            yield return $"  paid twice         {Dollars(totals.PaidTwiceCents), 16}";
        }

        if (totals.NotCollectedCents > 0)
        {
            yield return $"  not being collected{Dollars(totals.NotCollectedCents), 16}";
        }

        foreach (var row in report.Waiting)
        {
            yield return $"Waiting: {row}";
        }

        yield return $"Debits charged twice: {counts.DoubleCharges}; waiting for review: {counts.NeedsReview}; "
            + $"uncollected: {counts.Uncollected}";
        foreach (var line in Protections(report.Protections))
        {
            yield return line;
        }

        foreach (var payment in report.Suspense)
        {
            yield return $"In suspense: payment {payment.Payment} of {Dollars(payment.Cents)} "
                + $"for unknown account {payment.NamedAccount}";
        }
    }

    // Of a city that has promised nothing there is nothing to say.
    private static IEnumerable<string> Protections(ReportProtections it)
    {
        if (it.BillsWaived > 0 || it.ToReverse > 0 || it.Penalties.Any(bill => bill.Verdict == PenaltyVerdict.Waived))
        {
            yield return $"Penalties: {it.Proof}";
        }

        if (it.ShieldedDates.Count > 0)
        {
            var dates = string.Join(
                ", ",
                it.ShieldedDates.Select(date => date.ToString(Day, CultureInfo.InvariantCulture))
            );
            yield return $"Nobody disconnected on {dates}; may be on the last day: "
                + Plural.Of(it.Disconnects.Count(account => account.Verdict == DisconnectVerdict.May), "account");
        }
    }

    public static string Invariants(RehearsalReport report) =>
        $"Invariants (and how often each was looked at): "
        + string.Join(", ", report.Invariants.Select(it => $"{it.Id} {(it.Holds ? "holds" : "FAILS")} ({it.Looked})"));

    /// <summary>Line by line what happened to an account, and why; then its bills, which add up.</summary>
    public static IEnumerable<string> Story(ReportAccount account, IReadOnlyList<HistoryRow> history, CityCalendar city)
    {
        yield return $"The story of account {account.Account}";
        foreach (var row in history)
        {
            var at = city.At(row.Authority.At);
            foreach (
                var (name, reason) in row
                    .Events.Where(happened => happened.IsForTheCustomer())
                    .Select(happened => (happened.Title(), happened.Reason))
            )
            {
                yield return $"  {at.Today.ToString(Day, CultureInfo.InvariantCulture)} {at.TimeOfDay:HH:mm}  "
                    + $"{name, -26}  {reason}";
            }
        }

        foreach (var line in Bills(account))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Bills(ReportAccount account)
    {
        var width = account.Bills.Select(bill => bill.Bill.Length).Append("bill".Length).Max();
        yield return $"  {"bill".PadRight(width)}  due            charges   paid elsewhere  collected by debit    "
            + "    open";
        foreach (var bill in account.Bills)
        {
            yield return $"  {bill.Bill.PadRight(width)}  "
                + $"{bill.DueDate.ToString(Day, CultureInfo.InvariantCulture)}  {Dollars(bill.ChargesCents), 10}"
                + $"  {Dollars(bill.PaidElsewhereCents), 15}  {Dollars(bill.CollectedCents), 18}  "
                + $"{Dollars(bill.OpenCents), 10}{(bill.PenaltyWaived ? "  penalty waived" : "")}";
        }
    }
}
