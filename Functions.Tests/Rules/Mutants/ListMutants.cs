namespace Autopay.Tests.Rules.Mutants;

/// <summary>What waits for a person and is not shown, or shown twice.</summary>
internal static class ListMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "A row of the work list stays when its last item is gone",
            "Functions/Application/Ports/Books/ILedgerStore.cs",
            "Before.IsListed ? WorkRowChange.Delete : WorkRowChange.None,",
            "WorkRowChange.None,",
            "WorkIndexTests",
            "WorkIndexLawTests"
        ),
        new(
            "A row of the work list is only ever written once",
            "Functions/Application/Ports/Books/ILedgerStore.cs",
            "Before.IsListed && WorkItem.AreSame(",
            "Before.IsListed || WorkItem.AreSame(",
            "WorkIndexTests",
            "WorkIndexLawTests"
        ),
        new(
            "A ledger that has no row of the work list is taken to have one",
            "Functions/Storage/Ledgers/LedgerRows.cs",
            "row.GetBoolean(\"Listed\") == true",
            "ledger.IsListed",
            "WorkIndexTests"
        ),
        new(
            "A page begins with the last item of the one before",
            "Functions/Application/Work/ReadWork.cs",
            "it.Place.CompareTo(after) > 0",
            "it.Place.CompareTo(after) >= 0",
            "WorkListTests"
        ),
        new(
            "The place of an item is its day and account alone",
            "Functions/Application/Work/WorkCursor.cs",
            "FirstOrDefault(difference => difference != 0)",
            "FirstOrDefault()",
            "WorkListTests"
        ),
        new(
            "A filter by cycle takes what has none",
            "Functions/Application/Work/WorkFilter.cs",
            "item.Cycles.Contains(cycle)",
            "!item.Cycles.Any(other => other != cycle)",
            "WorkListTests"
        ),
        new(
            "The totals are those of the page",
            "Functions/Application/Work/ReadWork.cs",
            "new WorkSum(items.Count, ",
            "new WorkSum(page.Count, ",
            "WorkListTests"
        ),
    ];
}
