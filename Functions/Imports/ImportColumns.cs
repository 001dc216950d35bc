namespace Autopay.Imports;

/// <summary>Which columns a file of each kind may leave out, and which of them hold days.</summary>
internal static class ImportColumns
{
    /// <summary>True when a file may leave the column out; its cells may be empty then, too.</summary>
    public static bool MayLeaveOut(this ImportKind kind, string column) =>
        kind switch
        {
            ImportKind.Accounts => column is not ("account_id" or "cycle" or "autopay"),
            ImportKind.Payments => column is "drawer" or "bill_id",
            _ => false,
        };

    public static bool IsDay(string column) =>
        column is "bill_date" or "due_date" or "penalty_date" or "received_on" or "as_of";

    /// <summary>A file of this kind could have these columns: all that are needed, and no other.</summary>
    public static bool Fits(this ImportKind kind, IReadOnlyCollection<string> names) =>
        names.All(kind.Columns().Contains)
        && kind.Columns().All(column => names.Contains(column) || kind.MayLeaveOut(column));
}
