using System.Globalization;

namespace Autopay.Domain.Sums;

/// <summary>
/// Adds up scheduled debits by the due dates of their bills and by the release that has let them go. What was let go
/// before, or is too little for a release, is left out (R11, R18).
/// </summary>
internal sealed class ScheduledTally
{
    private readonly Dictionary<(CycleNumber Cycle, string Days, string? Release), ScheduledSum> sums = [];

    public IReadOnlyList<ScheduledSum> Of(CycleNumber cycle) =>
        [
            .. sums.Where(sum => sum.Key.Cycle == cycle)
                .OrderBy(sum => sum.Key.Days, StringComparer.Ordinal)
                .ThenBy(sum => sum.Key.Release, StringComparer.Ordinal)
                .Select(sum => sum.Value),
        ];

    public void Add(CycleSum sum) => sum.Scheduled.ToList().ForEach(some => Add(sum.Cycle, some));

    public void Add(AccountLedger ledger, Debit debit)
    {
        if (
            debit.State != DebitState.Scheduled
            || (debit.BornOfRetry && ledger.BillsOf(debit).All(bill => Releasing.WasSent(ledger, bill)))
        )
        {
            return;
        }

        List<Bill> bills =
        [
            .. SplitBills.Of(ledger, debit).Where(bill => !WasCarried(debit, bill)).OrderBy(bill => bill.DueDate),
        ];
        if (bills.Count > 0)
        {
            DateOnly[] days = [.. bills.Select(bill => bill.DueDate).Distinct()];
            Add(bills[0].Cycle, new ScheduledSum(days, debit.Grant?.Release, 1, ledger.OpenOn(debit).Cents));
        }
    }

    private static bool WasCarried(Debit debit, Bill bill) =>
        debit.Lines.Any(line => line.Bill == bill.Id && line.WasCarried);

    private void Add(CycleNumber cycle, ScheduledSum some)
    {
        var days = string.Join(
            ',',
            some.DueDates.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        );
        var key = (cycle, days, some.Release);
        sums[key] = sums.TryGetValue(key, out var sum)
            ? sum with
            {
                Debits = checked(sum.Debits + some.Debits),
                OpenCents = checked(sum.OpenCents + some.OpenCents),
            }
            : some;
    }
}
