using System.Text;

namespace Autopay.Tests.Repository.Wholesome;

/// <summary>
/// <c>docs/reliability.md</c>: which rows there are, which tests show them is read from the tests, what came of these
/// from their last run.
/// </summary>
internal static class ReliabilityDocument
{
    public const string Path = "docs/reliability.md";
    private const string Runs = "## Last runs\n\n";

    private const string Introduction = """
        # Reliability

        What is thrown at the app, what it must refuse, what must always hold, and which tests show it. Written by the tests; edit `Functions.Tests/Repository/Wholesome/reliability.tsv` for
        the rows, or the tests, then write it anew from a run:

        ```
        rm -f artifacts/reliability/*.ctrf
        dotnet test --report-ctrf --results-directory artifacts/reliability
        AUTOPAY_WRITE_DOCS=1 dotnet run --project Functions.Tests -- --filter-class Autopay.Tests.Repository.Wholesome.ReliabilityDocumentTests
        ```

        L1 model, L2 simulated world on a driven clock, L3 crash at a step, L4 interleavings, L5 real SDKs and storage, L6 real processes, L7 mutants.


        """;

    public static string LastRunsOf(string document) => document.Split(Runs) is [_, var runs] ? runs : "";

    /// <summary>The last cell of each row.</summary>
    public static Dictionary<string, string> ResultsOf(string document) =>
        document
            .Split('\n')
            .Select(line => line.Split(" | "))
            .Where(cells => ReliabilityRow.All.Any(row => cells[0] == $"| {row.Number}"))
            .ToDictionary(cells => cells[0][2..], cells => cells[^1].TrimEnd('|', ' '));

    /// <param name="resultOf">What came of a row's tests.</param>
    public static string Render(Func<ReliabilityRow, string> resultOf, string runs)
    {
        var text = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        Table(
            text,
            "## Faults",
            "| # | fault | tests | layer | result |\n|---|---|---|---|---|",
            ReliabilityRow.Of('F'),
            row => $"{row.Text} | {Tests(row)} | {row.Layers} | {Result(row, resultOf)}"
        );
        Table(
            text,
            "## Refused requests",
            "Each test sees the status, and that a digest of all rows, messages, blobs and calls to the provider "
                + "is the same before and after.\n\n"
                + "| # | input | status | tests | result |\n|---|---|---|---|---|",
            ReliabilityRow.Of('N'),
            row => $"{row.Text} | {row.Note} | {Tests(row)} | {Result(row, resultOf)}"
        );
        Table(
            text,
            "## Invariants",
            "| # | invariant | checked |\n|---|---|---|",
            ReliabilityRow.Of('I'),
            row => $"{row.Text} | {Checked(row)}"
        );
        return text.Append(Runs).Append(runs).ToString();
    }

    private static void Table(
        StringBuilder text,
        string title,
        string head,
        IEnumerable<ReliabilityRow> rows,
        Func<ReliabilityRow, string> cells
    )
    {
        text.Append(title).Append("\n\n").Append(head).Append('\n');
        foreach (var row in rows)
        {
            text.Append("| ").Append(row.Number).Append(" | ").Append(cells(row)).Append(" |\n");
        }

        text.Append('\n');
    }

    private static string Tests(ReliabilityRow row) =>
        row.Tests.Count == 0 ? "none yet" : string.Join("<br>", row.Tests.Select(test => test.Name));

    private static string Result(ReliabilityRow row, Func<ReliabilityRow, string> resultOf) =>
        row.Tests.Count == 0 ? row.WhyUntested : resultOf(row);

    private static string Checked(ReliabilityRow row) =>
        LedgerInvariants.All.Any(invariant => invariant.Id == row.Number)
            ? "`LedgerInvariants`: after each step of the tests, in rehearsals, nightly in production"
            : row.Note;
}
