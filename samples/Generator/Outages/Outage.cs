using Autopay.Samples.Generator.Accounts;
using Autopay.Samples.Generator.Bills;

namespace Autopay.Samples.Generator.Outages;

/// <summary>What every generated city goes through, and what that means for a bill.</summary>
internal static class Outage
{
    public static readonly DateTime HoldDeclared = new(2020, 1, 21, 9, 0, 0);
    public static readonly DateTime MergeDeclared = new(2020, 2, 14, 7, 0, 0);
    public static readonly DateTime LateBillsImported = new(2020, 2, 14, 8, 0, 0);
    public static readonly DateTime Cleared = new(2020, 2, 20, 10, 0, 0);
    public static readonly DateTime Reopened = new(2020, 2, 25, 9, 0, 0);
    public static readonly DateTime ClearedAgain = new(2020, 2, 28, 10, 0, 0);
    public static readonly DateTime Halted = new(2020, 3, 4, 5, 30, 0);
    public static readonly DateTime Resumed = new(2020, 3, 5, 9, 0, 0);

    public static readonly (DateOnly From, DateOnly To) HoldWindow = (new(2020, 1, 22), new(2020, 2, 5));
    public static readonly (DateOnly From, DateOnly To) MergeWindow = (new(2020, 2, 12), new(2020, 2, 28));

    public const int ReopenedCycle = 2;

    public static readonly int[] MergedCycles = [1, 2];

    public static bool Holds(Bill bill) => Within(HoldWindow, bill.Due);

    public static bool Merges(Bill bill) => MergedCycles.Contains(bill.Account.Cycle) && Within(MergeWindow, bill.Due);

    /// <summary>The bills of the merge could not be mailed in time and come in together, late.</summary>
    public static DateTime Imported(Bill bill) =>
        Merges(bill) ? LateBillsImported : bill.BillDate.ToDateTime(new(8, 0));

    private static bool Within((DateOnly From, DateOnly To) window, DateOnly day) =>
        day >= window.From && day <= window.To;
}
