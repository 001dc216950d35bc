namespace Autopay.Tests.Rules.Samples;

/// <summary>The answers in a sample's README that were worked out by hand, bill by bill.</summary>
internal static class WorkedOut
{
    private const int Columns = 10;
    private const int DueDate = 2;

    /// <summary>By bill, the cells: account, bill, due date, four amounts, debit, day, reason.</summary>
    public static Dictionary<string, string[]> Table(string folder) =>
        File.ReadAllLines(Path.Combine(folder, "README.md"))
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .Where(cells => cells.Length == Columns && char.IsDigit(cells[DueDate][0]))
            .ToDictionary(cells => cells[1]);
}
