using Autopay.Tests.Fixtures.Ledger;

namespace Autopay.Tests.Rules.Domain;

/// <summary>Sums by cycle and due date: each bill in one place, and parts that add up to the whole.</summary>
public sealed class SumTallyTests
{
    private static readonly DateOnly Day = new(2020, 1, 22);

    private static readonly AccountLedger[] City =
    [
        Ledger("A-1", 1, (1, Day, 4120)),
        Ledger("A-2", 1, (1, Day, 6300), (1, Day.AddDays(7), 500)),
        Ledger("A-3", 2, (1, Day, 100), (2, Day, 250)),
        Ledger("A-4", 2),
        AccountLedger.Open(new AccountId("A-5")),
    ];

    [Fact]
    public void A_bill_counts_in_its_own_cycle_and_under_its_own_due_date()
    {
        var cycles = Sum(City);

        Assert.Equal(
            ["1: 2 accounts 11020 open 0 collected", "2: 2 accounts 250 open 0 collected"],
            cycles.Select(it => $"{it.Cycle}: {it.Accounts} accounts {it.OpenCents} open {it.CollectedCents} collected")
        );
        Assert.Equal(
            ["2020-01-22 3 10520", "2020-01-29 1 500"],
            cycles[0].DueDates.Select(it => $"{it.DueDate:yyyy-MM-dd} {it.Bills} {it.OpenCents}")
        );
    }

    [Fact]
    public void A_debit_of_two_due_dates_counts_once_in_its_cycle_and_once_under_each_of_them()
    {
        var ledger = Ledger("A-2", 1, (1, Day, 6300), (1, Day.AddDays(7), 500)).Apply(Debit("A-2", "B-0", "B-1"));

        var cycle = Assert.Single(Sum([ledger]));

        Assert.Equal([new StateCount(DebitState.Scheduled, 1, 6800)], cycle.States);
        Assert.Equal(
            [new StateCount(DebitState.Scheduled, 1, 6300), new StateCount(DebitState.Scheduled, 1, 500)],
            cycle.DueDates.SelectMany(day => day.States)
        );
    }

    [Fact]
    public void Sums_of_parts_add_up_to_the_sum_of_the_whole_wherever_the_city_is_cut()
    {
        for (var cut = 0; cut <= City.Length; cut++)
        {
            var tally = new SumTally();
            foreach (var part in Sum(City[..cut]).Concat(Sum(City[cut..])))
            {
                tally.Add(part);
            }

            Assert.Equivalent(Sum(City), tally.Cycles, strict: true);
        }
    }

    private static IReadOnlyList<CycleSum> Sum(IEnumerable<AccountLedger> ledgers)
    {
        var tally = new SumTally();
        foreach (var ledger in ledgers)
        {
            tally.Add(ledger);
        }

        return tally.Cycles;
    }

    private static AccountLedger Ledger(
        string account,
        int cycle,
        params (int Cycle, DateOnly Due, long Cents)[] bills
    ) =>
        bills
            .Select((bill, index) => Bill($"B-{index}", bill.Cycle, bill.Due, bill.Cents))
            .Aggregate(
                AccountLedger.Open(new AccountId(account)).Apply(Enrolled(cycle)),
                (ledger, bill) => ledger.Apply(bill)
            );

    private static AccountEnrolled Enrolled(int cycle) =>
        FirstEvents.Enrolled() with
        {
            Enrolment = FirstEvents.Enrolled().Enrolment with { Cycle = new CycleNumber(cycle) },
        };

    private static BillOpened Bill(string id, int cycle, DateOnly due, long cents)
    {
        var opened = FirstEvents.Opened(id, cents);
        return opened with { Bill = opened.Bill with { Cycle = new CycleNumber(cycle), DueDate = due } };
    }

    private static DebitScheduled Debit(string account, params string[] bills) =>
        new(
            new Debit
            {
                Id = new DebitId(new AccountId(account), 1, 1),
                DueDate = Day,
                Lines = [.. bills.Select(bill => new DebitLine { Bill = new BillId(bill) })],
                Reason = "Bill imported",
                ScheduledOn = Day,
            },
            "Bill imported"
        );
}
