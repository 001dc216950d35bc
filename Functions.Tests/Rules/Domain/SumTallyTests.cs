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

    [Fact]
    public void Ledgers_are_counted_and_a_part_is_no_bill_of_its_own()
    {
        var part = Bill($"{new BillId("B-0").ToPart(1)}", 1, Day, 500);
        var tally = new SumTally();
        tally.Add(Ledger("A-1", 1, (1, Day, 1_000)).Apply(part));
        tally.Add(Ledger("A-2", 1));

        Assert.Equal(2, tally.Ledgers);
        var day = Assert.Single(Assert.Single(tally.Cycles).DueDates);
        Assert.Equal((1, 1_500L), (day.Bills, day.OpenCents));
        Assert.Equal(new BillCount(1, 1_500), day.Flow.Billed);
        Assert.Equal(new BillCount(2, 1_500), day.Flow.NotOnAutopay);
    }

    [Fact]
    public void Bills_of_one_day_in_one_debit_count_all_their_cents()
    {
        var ledger = Ledger("A-2", 1, (1, Day, 6300), (1, Day, 500)).Apply(Debit("A-2", "B-0", "B-1"));

        Assert.Equal(
            [new StateCount(DebitState.Scheduled, 1, 6800)],
            Assert.Single(Assert.Single(Sum([ledger])).DueDates).States
        );
    }

    [Fact]
    public void Sums_keep_what_was_collected_and_add_up_what_waits_alike()
    {
        var kept = new CycleSum(
            new CycleNumber(1),
            3,
            900,
            400,
            [new StateCount(DebitState.Submitted, 2, 90)],
            [new DueDateSum(Day, 3, 900, 400, [new StateCount(DebitState.Submitted, 2, 90)])]
        )
        {
            Scheduled = [new ScheduledSum([Day], "R-1", 2, 70), new ScheduledSum([Day], null, 1, 5)],
        };
        var tally = new SumTally();
        tally.Add(kept);
        tally.Add(kept);

        var cycle = Assert.Single(tally.Cycles);
        Assert.Equal((6, 1_800L, 800L), (cycle.Accounts, cycle.OpenCents, cycle.CollectedCents));
        Assert.Equal([new StateCount(DebitState.Submitted, 4, 180)], cycle.States);
        Assert.Equal([new StateCount(DebitState.Submitted, 4, 180)], Assert.Single(cycle.DueDates).States);
        Assert.Equal(
            [(null, 2, 10L), ("R-1", 4, 140)],
            cycle.Scheduled.Select(it => (it.Release, it.Debits, it.OpenCents))
        );
        Assert.Throws<OverflowException>(() =>
            tally.Add(kept with { Scheduled = [new ScheduledSum([Day], "R-1", 1, long.MaxValue)] })
        );
    }

    [Fact]
    public void What_waits_alike_is_in_the_order_of_its_days()
    {
        var ledger = Ledger("A-2", 1, (1, Day.AddDays(7), 500), (1, Day, 300))
            .Apply(Debit("A-2", "B-0"))
            .Apply(Debit("A-2", "B-1", 2));

        Assert.Equal(
            [Day, Day.AddDays(7)],
            Assert.Single(Sum([ledger])).Scheduled.Select(it => Assert.Single(it.DueDates))
        );
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

    private static DebitScheduled Debit(string account, string bill, int number) =>
        Debit(account, bill) is var scheduled
            ? scheduled with
            {
                Debit = scheduled.Debit with { Id = new DebitId(new AccountId(account), 1, number) },
            }
            : scheduled;

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
