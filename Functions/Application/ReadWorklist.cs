using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>One bill that finance has to do something about; cents.</summary>
/// <param name="Since">The civil day since when; null when it was not kept.</param>
/// <param name="Actions">What a person can do about it.</param>
public sealed record WorkEntry(
    WorkKind Kind, AccountId Account, BillId Bill, CycleNumber Cycle, DateOnly DueDate, long OpenCents, string Reason, DateOnly? Since, int? AgeDays, IReadOnlyList<string> Actions)
{
    /// <summary>The import that opened it again after its due date.</summary>
    public string? Import { get; init; }
}

/// <summary>The bills of one kind: how many, and what is open on them, cents.</summary>
public sealed record WorkTotal(WorkKind Kind, int Bills, long OpenCents);

/// <summary>Finance's list on one day.</summary>
/// <param name="Totals">Every kind, those without a bill too. A bill with a warning may be counted under another kind as well.</param>
public sealed record Worklist(DateOnly Today, IReadOnlyList<WorkTotal> Totals, IReadOnlyList<WorkEntry> Bills);

/// <summary>All bills that are not collected until finance says so, those that nothing collects, and those of which the billing system says something else; the oldest due date first.</summary>
public sealed class ReadWorklist(ILedgerStore ledgers, CityClock clock)
{
    public async Task<Worklist> RunAsync(CancellationToken cancel)
    {
        var today = clock.Now.Today;
        List<WorkEntry> found = [];
        foreach (var bucket in Bucket.All)
        {
            await foreach (var page in ledgers.ReadWorklistAsync(bucket, cancel))
            {
                found.AddRange(page.SelectMany(entry => entry.Ledger.Worklist().Select(listed => ToEntry(entry.Ledger, listed, today))));
            }
        }

        return new Worklist(today, Sum(found.Select(entry => (entry.Kind, entry.OpenCents))), [.. found.OrderBy(entry => entry.DueDate).ThenBy(entry => entry.Account).ThenBy(entry => entry.Bill).ThenBy(entry => entry.Kind)]);
    }

    internal static IReadOnlyList<WorkTotal> Sum(IEnumerable<(WorkKind Kind, long OpenCents)> bills)
    {
        var kinds = bills.ToLookup(bill => bill.Kind, bill => bill.OpenCents);
        return [.. Enum.GetValues<WorkKind>().Select(kind => new WorkTotal(kind, kinds[kind].Count(), kinds[kind].Sum()))];
    }

    private static WorkEntry ToEntry(AccountLedger ledger, ListedBill listed, DateOnly today) => new(
        listed.Kind, listed.Account, listed.Bill.Id, listed.Bill.Cycle, listed.Bill.DueDate, listed.Bill.Open.Cents, listed.Reason, listed.Since,
        today.DayNumber - listed.Since?.DayNumber, ActionsOn(listed, ledger.Suspension is not null)) { Import = listed.Import };

    // Re-arming a bill of a suspended account collects nothing before the suspension is lifted.
    private static IReadOnlyList<string> ActionsOn(ListedBill listed, bool isSuspended) => listed.Kind switch
    {
        WorkKind.Blocked =>
        [
            "rearm", .. listed.Import is null ? (IReadOnlyList<string>)[] : ["rearm import"], "skip", .. isSuspended ? (IReadOnlyList<string>)["lift suspension"] : [],
        ],
        WorkKind.NotCollected => listed.Debit is null ? ["rearm", "skip"] : ["exempt", "skip"],
        WorkKind.Suspended => ["lift suspension", "skip"],
        _ => ["dismiss"],
    };
}
