using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Finance;

/// <summary>Name and area of a cycle, as people recognise it.</summary>
public sealed record CycleName(int Cycle, string Name, string Area);

/// <summary>Debits of one cycle in one state: how many, and the open cents on their lines.</summary>
public sealed record StateCount(DebitState State, int Debits, long OpenCents);

public sealed record CycleView(
    int Cycle,
    string Name,
    string Area,
    BacklogView Backlog,
    IReadOnlyList<Deferral> Deferrals,
    int Accounts,
    long OpenCents,
    long CollectedCents,
    IReadOnlyList<StateCount> States
);

/// <summary>
/// Controls, deferrals, watermarks, counts and cents by state, per cycle. A debit counts under the cycles of its bills.
/// </summary>
public sealed class ReadCycles(
    ILedgerStore ledgers,
    IControlsStore controlsStore,
    ClearBacklog clear,
    IReadOnlyList<CycleName> names
)
{
    public async Task<IReadOnlyList<CycleView>> RunAsync(CancellationToken cancel)
    {
        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        List<AccountLedger> all = [];
        foreach (var bucket in Bucket.All)
        {
            await foreach (var page in ledgers.ScanAsync(bucket, LedgerFilter.All, cancel))
            {
                all.AddRange(page.Select(entry => entry.Ledger));
            }
        }

        var cycles = all.SelectMany(ledger => ledger.Bills)
            .Select(bill => bill.Cycle)
            .Concat(all.Select(ledger => ledger.Enrolled.Cycle))
            .Concat(names.Select(name => new CycleNumber(name.Cycle)))
            .Distinct()
            .Order();
        List<CycleView> views = [];
        foreach (var cycle in cycles)
        {
            var backlog = controls.BacklogOf(cycle);
            var waitsFor = backlog.Clearing is { } clearing ? await clear.WaitsForAsync(clearing.AskedAt, cancel) : [];
            views.Add(View(cycle, controls, BacklogView.Of(backlog, waitsFor), all));
        }

        return views;
    }

    private CycleView View(CycleNumber cycle, Controls controls, BacklogView backlog, List<AccountLedger> all)
    {
        var name =
            names.FirstOrDefault(it => it.Cycle == cycle.Value) ?? new CycleName(cycle.Value, $"Cycle {cycle}", "");
        var bills = all.SelectMany(ledger => ledger.Bills).Where(bill => bill.Cycle == cycle).ToList();
        return new CycleView(
            cycle.Value,
            name.Name,
            name.Area,
            backlog,
            [.. controls.Deferrals.Where(deferral => deferral.Cycles.Contains(cycle))],
            all.Count(ledger => ledger.Enrolled.Cycle == cycle),
            bills.Sum(bill => bill.Open).Cents,
            bills.Sum(bill => bill.Collected).Cents,
            States(cycle, all)
        );
    }

    private static List<StateCount> States(CycleNumber cycle, List<AccountLedger> all) =>
        [
            .. all.SelectMany(ledger =>
                    ledger.Debits.Select(debit =>
                        (debit.State, Bills: ledger.BillsOf(debit).Where(bill => bill.Cycle == cycle).ToList())
                    )
                )
                .Where(debit => debit.Bills.Count > 0)
                .GroupBy(debit => debit.State)
                .OrderBy(state => state.Key)
                .Select(state => new StateCount(
                    state.Key,
                    state.Count(),
                    state.SelectMany(debit => debit.Bills).Sum(bill => bill.Open).Cents
                )),
        ];
}
