using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Imports;

namespace Autopay.Application.Importing;

/// <summary>What became of an import's rows, each counted once.</summary>
internal static class ImportCounts
{
    private const int FirstFindings = 200;
    private const int FewestLookAlikes = 10;

    /// <summary>Nothing is applied yet: the counts are those of the last application.</summary>
    public static ImportRecord WithoutCounts(this ImportRecord record) =>
        record with
        {
            State = ImportState.Stored,
            Approval = null,
            Changes = null,
            AgreedBy = null,
            NextBucket = 0,
            DoneBuckets = [],
            DisputedBuckets = [],
            Worker = null,
            Applied = 0,
            Known = 0,
            UnknownAccounts = 0,
            UnknownTotal = Money.Zero,
            LookAlikes = 0,
            FirstLookAlike = null,
            Conflicts = 0,
            Waiting = 0,
            WaitingTotal = Money.Zero,
            SetAside = 0,
            SetAsideTotal = Money.Zero,
            Missing = 0,
            OpenedAgain = 0,
            OpenedAgainTotal = Money.Zero,
            Findings = [],
            FindingCount = 0,
            NewFindings = [],
        };

    /// <summary>
    /// The bucket is done, and what became of its rows is counted. A bucket that is done counts no second time, however
    /// often it was applied.
    /// </summary>
    /// <param name="counted">Of the bucket's rows, and of no others.</param>
    public static ImportRecord WithBucket(this ImportRecord record, Bucket bucket, ImportRecord counted) =>
        record.OpenBuckets.Contains(bucket)
            ? (record with { DoneBuckets = [.. record.DoneBuckets, bucket.Number] }).Plus(counted)
            : record;

    private static ImportRecord Plus(this ImportRecord record, ImportRecord more) =>
        (
            record with
            {
                DisputedBuckets = [.. record.DisputedBuckets, .. more.DisputedBuckets],
                Applied = record.Applied + more.Applied,
                Known = record.Known + more.Known,
                UnknownAccounts = record.UnknownAccounts + more.UnknownAccounts,
                UnknownTotal = record.UnknownTotal + more.UnknownTotal,
                LookAlikes = record.LookAlikes + more.LookAlikes,
                FirstLookAlike = new[] { record.FirstLookAlike, more.FirstLookAlike }
                    .OfType<ImportFinding>()
                    .MinBy(finding => finding.Line),
                Conflicts = record.Conflicts + more.Conflicts,
                Waiting = record.Waiting + more.Waiting,
                WaitingTotal = record.WaitingTotal + more.WaitingTotal,
                SetAside = record.SetAside + more.SetAside,
                SetAsideTotal = record.SetAsideTotal + more.SetAsideTotal,
                OpenedAgain = record.OpenedAgain + more.OpenedAgain,
                OpenedAgainTotal = record.OpenedAgainTotal + more.OpenedAgainTotal,
            }
        ).With([.. more.NewFindings]);

    /// <param name="message">Null: they are counted, and nobody is to read through them.</param>
    public static ImportRecord WithUnknown(this ImportRecord record, IReadOnlyList<ImportRow> rows, string? message) =>
        (
            record with
            {
                UnknownAccounts = record.UnknownAccounts + rows.Count,
                UnknownTotal = record.UnknownTotal + rows.Sum(row => row.Cents),
            }
        )
            is var counted
        && message is not null
            ? counted.With([.. rows.Select(row => Finding(row, message))])
            : counted;

    /// <summary>Rows that wait for what they name (R33).</summary>
    public static ImportRecord WithWaiting(this ImportRecord record, IReadOnlyList<WaitingRow> rows) =>
        (
            record with
            {
                Waiting = record.Waiting + rows.Count,
                WaitingTotal = record.WaitingTotal + rows.Sum(row => row.Cents),
            }
        ).With([.. rows.Select(Finding)]);

    /// <summary>Rows that wait for a person (R29, R30, R40).</summary>
    public static ImportRecord WithSetAside(this ImportRecord record, IReadOnlyList<WaitingRow> rows) =>
        (
            record with
            {
                SetAside = record.SetAside + rows.Count,
                SetAsideTotal = record.SetAsideTotal + rows.Sum(row => row.Cents),
            }
        ).With([.. rows.Select(row => Finding(row) with { ToAct = true })]);

    /// <summary>Known accounts that a complete accounts file does not name (R39).</summary>
    public static ImportRecord WithMissing(this ImportRecord record, IReadOnlyList<AccountId> accounts) =>
        (record with { Missing = accounts.Count }).With([
            .. accounts.Select(account => new ImportFinding(
                0,
                account.Value,
                account.Value,
                "The file says that it is complete, and does not name this account: nothing was changed"
            )
            {
                ToAct = true,
            }),
        ]);

    /// <summary>
    /// One sentence for a file that came again under other ids: most of its bills, and not a few, look like known ones
    /// (R41).
    /// </summary>
    public static ImportRecord WithLookAlikes(this ImportRecord record) =>
        record is { LookAlikes: >= FewestLookAlikes, FirstLookAlike: { } first } && record.LookAlikes * 2 >= record.Rows
            ? record.With([
                new ImportFinding(
                    0,
                    first.Account,
                    first.Id,
                    $"{record.LookAlikes} of {record.Rows} bills look like bills that are known under other numbers, "
                        + $"as if a file had come again; the first is on line {first.Line}: {first.Message}. They wait "
                        + "for a person; skip-look-alikes leaves out all of them"
                )
                {
                    ToAct = true,
                },
            ])
            : record;

    public static ImportRecord WithConflicts(this ImportRecord record, IReadOnlyList<ImportRow> rows, string message) =>
        record.WithEnded(rows, [.. rows.Select(_ => new CommandResult(0, message))]);

    /// <param name="ended">In the order of the rows; what is early is counted by whoever keeps it.</param>
    public static ImportRecord WithEnded(
        this ImportRecord record,
        IReadOnlyList<ImportRow> rows,
        IReadOnlyList<CommandResult> ended
    )
    {
        var counted = rows.Zip(ended, (row, end) => (Row: row, End: end)).Where(item => !item.End.IsEarly).ToList();
        var conflicts = counted
            .Where(item => WhyConflict(item.End) is not null)
            .Select(item => Finding(item.Row, WhyConflict(item.End)!) with { ToAct = true })
            .ToList();
        var alike = counted
            .Where(item => item.End.LooksLike is not null)
            .Select(item => Finding(item.Row, item.End.LooksLike!))
            .ToList();
        var applied = counted.Count(item => item.End.Events > 0 && WhyConflict(item.End) is null);
        return (
            record with
            {
                Applied = record.Applied + applied,
                LookAlikes = record.LookAlikes + alike.Count,
                FirstLookAlike = alike.Append(record.FirstLookAlike).OfType<ImportFinding>().MinBy(it => it.Line),
                Conflicts = record.Conflicts + conflicts.Count,
                Known = record.Known + counted.Count - conflicts.Count - applied,
                OpenedAgain = record.OpenedAgain + counted.Sum(item => item.End.OpenedAgain),
                OpenedAgainTotal = record.OpenedAgainTotal + counted.Sum(item => item.End.OpenedAgainTotal),
            }
        ).With(conflicts);
    }

    private static string? WhyConflict(CommandResult end) => end.Refusal ?? end.ForAPerson;

    private static ImportFinding Finding(WaitingRow row) => new(row.Line, row.Account.Value, row.RowId, row.Reason);

    private static ImportFinding Finding(ImportRow row, string message) =>
        new(row.Line, row.Account.Value, row.Id, message);

    private static ImportRecord With(this ImportRecord record, List<ImportFinding> more) =>
        more.Count == 0
            ? record
            : record with
            {
                FindingCount = record.FindingCount + more.Count,
                NewFindings = [.. record.NewFindings, .. more],
                Findings =
                [
                    .. record
                        .Findings.Concat(more)
                        .OrderBy(finding => finding.Place, StringComparer.Ordinal)
                        .Take(FirstFindings),
                ],
            };
}
