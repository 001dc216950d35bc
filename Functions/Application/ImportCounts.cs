using Autopay.Application.Ports;
using Autopay.Imports;

namespace Autopay.Application;

/// <summary>What became of an import's rows, each counted once.</summary>
internal static class ImportCounts
{
    private const int MostFindings = 200;

    /// <summary>Nothing is applied yet: the counts are those of the last application.</summary>
    public static ImportRecord WithoutCounts(this ImportRecord record) => record with
    {
        State = ImportState.Stored, NextBucket = 0, Applied = 0, Known = 0, UnknownAccounts = 0, UnknownTotal = Money.Zero, Conflicts = 0, OpenedAgain = 0, OpenedAgainTotal = Money.Zero, Findings = [],
    };

    public static ImportRecord WithUnknown(this ImportRecord record, IReadOnlyList<ImportRow> rows, string message) => record with
    {
        UnknownAccounts = record.UnknownAccounts + rows.Count, UnknownTotal = record.UnknownTotal + rows.Sum(row => row.Cents),
        Findings = record.With(rows.Select(row => Finding(row, message))),
    };

    public static ImportRecord WithConflicts(this ImportRecord record, IReadOnlyList<ImportRow> rows, string message) =>
        record.WithEnded(rows, [.. rows.Select(_ => new CommandResult(0, message))]);

    /// <param name="ended">In the order of the rows.</param>
    public static ImportRecord WithEnded(this ImportRecord record, IReadOnlyList<ImportRow> rows, IReadOnlyList<CommandResult> ended)
    {
        var conflicts = rows.Zip(ended).Where(row => row.Second.Refusal is not null).Select(row => Finding(row.First, row.Second.Refusal!)).ToList();
        var applied = ended.Count(row => row.Events > 0);
        return record with
        {
            Applied = record.Applied + applied, Conflicts = record.Conflicts + conflicts.Count,
            Known = record.Known + ended.Count - conflicts.Count - applied,
            OpenedAgain = record.OpenedAgain + ended.Sum(row => row.OpenedAgain), OpenedAgainTotal = record.OpenedAgainTotal + ended.Sum(row => row.OpenedAgainTotal),
            Findings = record.With(conflicts),
        };
    }

    private static ImportFinding Finding(ImportRow row, string message) => new(row.Line, row.Account.Value, row.Id, message);

    private static IReadOnlyList<ImportFinding> With(this ImportRecord record, IEnumerable<ImportFinding> more) =>
        [.. record.Findings.Concat(more).Take(MostFindings)];
}
