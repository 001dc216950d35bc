using Autopay.Application.Ports.Files;
using Autopay.Rehearsal.Input;

namespace Autopay.Rehearsal;

/// <summary>Adds up what the ledgers say at the end.</summary>
internal static class ReportBuilder
{
    public static RehearsalReport Build(
        Timeline timeline,
        RehearsalWorld world,
        IReadOnlyList<InvariantResult> invariants
    )
    {
        var ledgers = world.Ledgers.Ledgers.OrderBy(ledger => ledger.Id).ToList();
        var bills = ledgers.SelectMany(ledger => ledger.Bills).ToList();
        var suspended = world
            .Suspense.ReadAllAsync(CancellationToken.None)
            .ToBlockingEnumerable()
            .Where(payment => payment.IsOpen)
            .ToList();
        var suspense = suspended.Select(payment => new ReportSuspense(
            payment.Payment.Id.Value,
            payment.NamedAccount,
            payment.Payment.Amount.Cents
        ));
        return new RehearsalReport(
            timeline.Name,
            invariants,
            Totals(ledgers, bills) with
            {
                WaitingRows = suspended.Count + world.Waiting.Open.Count(row => row.For != WaitingFor.Person),
            },
            Counts(world, ledgers),
            Cycles(bills),
            [.. ledgers.Select(ledger => Account(ledger, world))],
            [.. suspense]
        )
        {
            Protections = ReportedProtections.Of(ledgers, world, timeline.End),
            Waiting =
            [
                .. world.Waiting.Open.Select(row =>
                    $"line {row.Line} of {row.ImportId}, account {row.Account}, {row.Content.ToText()}: {row.Reason}"
                ),
            ],
        };
    }

    private static ReportTotals Totals(List<AccountLedger> ledgers, List<Bill> bills) =>
        new(
            bills.Sum(bill => bill.Charges).Cents,
            bills.Sum(bill => bill.Collected).Cents,
            bills.Sum(bill => bill.PaidElsewhere).Cents,
            ledgers.Sum(ledger => ledger.Credit).Cents,
            bills.Sum(bill => bill.Open).Cents
        )
        {
            PaidTwiceCents = ledgers.SelectMany(ledger => ledger.PaidTwice()).Sum(twice => twice.Cents).Cents,
            NotCollectedCents = ledgers
                .SelectMany(ledger => ledger.Worklist())
                .Where(listed => listed.Kind == WorkKind.NotCollected)
                .Sum(listed => listed.Bill.Open)
                .Cents,
        };

    private static ReportCounts Counts(RehearsalWorld world, List<AccountLedger> ledgers)
    {
        var debits = ledgers.SelectMany(ledger => DebitsOf(ledger, world)).ToList();
        var charged = world.Bank.Intents.Where(intent =>
            intent.Status is IntentStatus.Processing or IntentStatus.Succeeded
        );
        return new ReportCounts(
            charged.GroupBy(intent => intent.DebitId).Count(debit => debit.Count() > 1),
            debits.Count(debit => debit.State == DebitState.NeedsReview),
            debits.Count(debit => debit.State == DebitState.Uncollected)
        );
    }

    private static List<ReportCycle> Cycles(List<Bill> bills) =>
        [
            .. bills
                .GroupBy(bill => (bill.Cycle, bill.DueDate))
                .OrderBy(group => group.Key.Cycle)
                .ThenBy(group => group.Key.DueDate)
                .Select(group => new ReportCycle(
                    group.Key.Cycle.Value,
                    group.Key.DueDate,
                    Count(group, BillMarks.Scheduled),
                    Count(group, BillMarks.Deferred),
                    Count(group, BillMarks.Merged),
                    Count(group, BillMarks.Released),
                    Count(group, BillMarks.Satisfied),
                    Count(group, BillMarks.Collected),
                    group.Sum(bill => bill.Collected).Cents
                )
                {
                    NeedsReview = Count(group, BillMarks.Reviewed),
                }),
        ];

    // Of a bill in parts the bill itself counts (R45).
    private static int Count(IEnumerable<Bill> bills, BillMarks mark) =>
        bills.Count(bill => !bill.Id.IsPart && bill.Marks.HasFlag(mark));

    private static ReportAccount Account(AccountLedger ledger, RehearsalWorld world) =>
        new(
            ledger.Id.Value,
            ledger.Enrolled.Cycle.Value,
            ledger.Credit.Cents,
            [
                .. ledger
                    .BillsOldestFirst()
                    .Select(bill => new ReportBill(
                        bill.Id.Value,
                        bill.DueDate,
                        bill.Charges.Cents,
                        bill.PaidElsewhere.Cents,
                        bill.Collected.Cents,
                        bill.Open.Cents,
                        world.Controls.Current.IsPenaltyWaived(bill)
                    )),
            ],
            [.. DebitsOf(ledger, world).OrderBy(debit => debit.Id).Select(debit => DebitOf(debit, ledger))]
        );

    private static IEnumerable<Debit> DebitsOf(AccountLedger ledger, RehearsalWorld world) =>
        ledger.Debits.Concat(world.Ledgers.ArchivedOf(ledger.Id));

    // What was charged, for a debit that was ever submitted; what is open now, for an unsent one; empty for the rest.
    private static ReportDebit DebitOf(Debit debit, AccountLedger ledger)
    {
        IReadOnlyList<ReportLine> lines =
            debit.LastSubmitted is { } submitted
                ? [.. submitted.Lines.Select(line => new ReportLine(line.Bill.Value, line.Cents.Cents))]
            : debit.IsUnsent
                ?
                [
                    .. ledger
                        .BillsOf(debit)
                        .Where(bill => bill.Open.IsPositive)
                        .Select(bill => new ReportLine(bill.Id.Value, bill.Open.Cents)),
                ]
            : [];
        return new ReportDebit(
            debit.Id.Value,
            debit.DueDate,
            debit.State,
            debit.LastSubmitted?.SubmittedOn,
            lines.Sum(line => line.Cents),
            lines,
            debit.Attempts.Count(attempt => attempt.SubmittedOn is not null),
            debit.State == DebitState.Merged ? debit.MergedInto?.Value : null,
            debit.Reason
        );
    }
}
