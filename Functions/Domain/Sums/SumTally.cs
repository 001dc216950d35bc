namespace Autopay.Domain.Sums;

/// <summary>Adds up ledgers, and sums of ledgers, by cycle and due date. The order changes nothing.</summary>
public sealed class SumTally
{
    private readonly Dictionary<CycleNumber, Cell> cycles = [];
    private readonly Dictionary<(CycleNumber Cycle, DateOnly DueDate), Cell> days = [];

    private readonly ScheduledTally scheduled = new();

    /// <summary>The ledgers that were added.</summary>
    public int Ledgers { get; private set; }

    public IReadOnlyList<CycleSum> Cycles
    {
        get
        {
            var byCycle = days.ToLookup(day => day.Key.Cycle, day => day.Value.ToDay(day.Key.DueDate));
            return
            [
                .. cycles
                    .OrderBy(cycle => cycle.Key)
                    .Select(cycle =>
                        cycle.Value.ToCycle(cycle.Key, [.. byCycle[cycle.Key].OrderBy(day => day.DueDate)]) with
                        {
                            Scheduled = scheduled.Of(cycle.Key),
                        }
                    ),
            ];
        }
    }

    public void Add(AccountLedger ledger)
    {
        Ledgers++;
        if (ledger.Enrolment is { } enrolment)
        {
            Of(enrolment.Cycle).Accounts++;
        }

        foreach (var bill in ledger.Bills)
        {
            var bills = bill.Id.IsPart ? 0 : 1;
            Of(bill.Cycle).Add(bills, bill.Open.Cents, bill.Collected.Cents);
            Of(bill.Cycle, bill.DueDate).Add(bills, bill.Open.Cents, bill.Collected.Cents);
            Of(bill.Cycle, bill.DueDate).Flow += BillFlow.Of(ledger, bill);
        }

        foreach (var debit in ledger.Debits)
        {
            Add(debit.State, [.. ledger.BillsOf(debit)]);
            scheduled.Add(ledger, debit);
        }
    }

    public void Add(CycleSum sum)
    {
        var cycle = Of(sum.Cycle);
        cycle.Accounts += sum.Accounts;
        cycle.Add(bills: 0, sum.OpenCents, sum.CollectedCents);
        cycle.Add(sum.States);
        scheduled.Add(sum);
        foreach (var day in sum.DueDates)
        {
            var cell = Of(sum.Cycle, day.DueDate);
            cell.Add(day.Bills, day.OpenCents, day.CollectedCents);
            cell.Add(day.States);
            cell.Flow += day.Flow;
        }
    }

    private void Add(DebitState state, IReadOnlyList<Bill> bills)
    {
        foreach (var cycle in bills.GroupBy(bill => bill.Cycle))
        {
            Of(cycle.Key).Add([new StateCount(state, 1, cycle.Sum(bill => bill.Open).Cents)]);
            foreach (var day in cycle.GroupBy(bill => bill.DueDate))
            {
                Of(cycle.Key, day.Key).Add([new StateCount(state, 1, day.Sum(bill => bill.Open).Cents)]);
            }
        }
    }

    private Cell Of(CycleNumber cycle) => cycles.TryGetValue(cycle, out var cell) ? cell : cycles[cycle] = new Cell();

    private Cell Of(CycleNumber cycle, DateOnly dueDate) =>
        days.TryGetValue((cycle, dueDate), out var cell) ? cell : days[(cycle, dueDate)] = new Cell();

    private sealed class Cell
    {
        private readonly SortedDictionary<DebitState, (int Debits, long OpenCents)> states = [];
        private int bills;
        private long openCents;
        private long collectedCents;

        public int Accounts { get; set; }

        public BillFlow Flow { get; set; } = new();

        public void Add(int bills, long openCents, long collectedCents)
        {
            this.bills += bills;
            this.openCents += openCents;
            this.collectedCents += collectedCents;
        }

        public void Add(IEnumerable<StateCount> counts)
        {
            foreach (var count in counts)
            {
                var (debits, open) = states.GetValueOrDefault(count.State);
                states[count.State] = (debits + count.Debits, open + count.OpenCents);
            }
        }

        public DueDateSum ToDay(DateOnly dueDate) =>
            new(dueDate, bills, openCents, collectedCents, States) { Flow = Flow };

        public CycleSum ToCycle(CycleNumber cycle, IReadOnlyList<DueDateSum> dueDates) =>
            new(cycle, Accounts, openCents, collectedCents, States, dueDates);

        private IReadOnlyList<StateCount> States =>
            [.. states.Select(state => new StateCount(state.Key, state.Value.Debits, state.Value.OpenCents))];
    }
}
