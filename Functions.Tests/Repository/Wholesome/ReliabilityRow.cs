namespace Autopay.Tests.Repository.Wholesome;

/// <summary>A numbered row of docs/reliability.md: a fault, a refusal or an invariant.</summary>
/// <param name="Note">The status of a refusal; where an invariant is checked that is not in the list of
/// invariants.</param>
/// <param name="WhyUntested">Why it has no test yet.</param>
internal sealed record ReliabilityRow(string Number, string Text, string Note, string WhyUntested)
{
    public static IReadOnlyList<ReliabilityRow> All { get; } =
    [
        .. SourceTree
            .Read("Functions.Tests/Repository/Wholesome/reliability.tsv")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .Select(cells => new ReliabilityRow(cells[0], cells[1], cells[2], cells[3])),
    ];

    public static IEnumerable<ReliabilityRow> Of(char kind) => All.Where(row => row.Number[0] == kind);

    public IReadOnlyList<NumberedTest> Tests => [.. NumberedTest.All.Where(test => test.Numbers.Contains(Number))];

    public string Layers =>
        string.Join(", ", Tests.Select(test => test.Layer).OfType<string>().Distinct().Order(StringComparer.Ordinal));
}
