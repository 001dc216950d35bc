using System.Globalization;
using Autopay.Application.Ports;

namespace Autopay.Rehearsal;

/// <summary>The report as people read it: a table by cycle and due date, the totals, and the story of one account.</summary>
public static class ReportText
{
    public static IEnumerable<string> Table(RehearsalReport report)
    {
        yield return "cycle  due date    debits  deferred  merged  released  satisfied  collected      dollars";
        foreach (var row in report.Cycles)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{row.Cycle,5}  {row.DueDate:yyyy-MM-dd}  {row.Debits,6}  {row.Deferred,8}  {row.Merged,6}  {row.Released,8}  {row.Satisfied,9}  {row.Collected,9}  {new Money(row.CollectedCents),11}");
        }
    }

    public static IEnumerable<string> Totals(RehearsalReport report)
    {
        yield return $"billed {Dollars(report.Totals.BilledCents)} = collected {Dollars(report.Totals.CollectedCents)}"
            + $" + paid elsewhere {Dollars(report.Totals.PaidElsewhereCents)} + open {Dollars(report.Totals.OpenCents)}; credit {Dollars(report.Totals.CreditCents)}";
        yield return $"debits charged twice {report.Counts.DoubleCharges}, in review {report.Counts.NeedsReview}, uncollected {report.Counts.Uncollected}";
        foreach (var payment in report.Suspense)
        {
            yield return $"in suspense: payment {payment.Payment} of {Dollars(payment.Cents)} for unknown account {payment.NamedAccount}";
        }
    }

    /// <summary>Line by line what happened to an account, and why.</summary>
    public static IEnumerable<string> Story(ReportAccount account, IReadOnlyList<HistoryRow> history, CityCalendar city)
    {
        yield return $"The story of account {account.Account}";
        foreach (var row in history)
        {
            var at = city.At(row.Authority.At);
            foreach (var happened in row.Events)
            {
                yield return $"  {at.Today:yyyy-MM-dd} {at.TimeOfDay:HH:mm}  {NameOf(happened),-18} {happened.Reason}";
            }
        }

        foreach (var bill in account.Bills)
        {
            yield return $"  bill {bill.Bill} due {bill.DueDate:yyyy-MM-dd}: {Dollars(bill.ChargesCents)} = collected {Dollars(bill.CollectedCents)}"
                + $" + paid elsewhere {Dollars(bill.PaidElsewhereCents)} + open {Dollars(bill.OpenCents)}{(bill.PenaltyWaived ? ", penalty waived" : "")}";
        }
    }

    private static string NameOf(LedgerEvent happened) => happened switch
    {
        DebitScheduled e => $"scheduled {Short(e.Debit.Id)}",
        DebitDeferred e => $"deferred {Short(e.Debit)}",
        DebitReleased e => $"released {Short(e.Debit)}",
        DebitMerged e => $"merged {Short(e.Debit)} > {Short(e.Into)}",
        AttemptPlanned e => $"charging {Short(e.Attempt.Debit)}",
        AttemptFrozen e => $"frozen {Short(e.Debit)}",
        AttemptSubmitted e => $"submitted {Short(e.Debit)}",
        AttemptCollected e => $"collected {Short(e.Debit)}",
        FundsReceived => "payment",
        FundsApplied => "applied",
        BillOpened => "bill",
        AccountEnrolled => "account",
        _ => happened.GetType().Name,
    };

    private static string Short(DebitId debit) => $"#{debit.Sequence}";

    private static string Dollars(long cents) => $"${new Money(cents)}";
}
