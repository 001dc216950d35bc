namespace Autopay.Tests.Rules.Mutants;

/// <summary>What a walk leaves for later is forgotten, met twice, or left where nobody comes back.</summary>
internal static class StepMutants
{
    private const string Evaluate = "Functions/Application/Evaluating/EvaluateBucket.cs";
    private const string Charge = "Functions/Application/Charging/ChargeDebits.cs";
    private const string Ledgers = "Functions/Storage/Ledgers/TableLedgerStore.cs";
    private const string Unfiled = "Functions/Storage/Ledgers/UnfiledHistory.cs";
    private const string Past = "Functions/Storage/Ledgers/LedgerPast.cs";

    public static IReadOnlyList<Mutant> All { get; } = [.. InHand, .. Recording, .. Filing, .. Writing];

    private static IEnumerable<Mutant> InHand =>
        [
            new(
                "A complete walk does not look for what is in hand",
                "Functions/Application/Ports/Books/ILedgerStore.cs",
                "|| entry.Ledger.HasChargeInHand()",
                "",
                "InHandTests"
            ),
            new(
                "The tables are not asked for what is in hand",
                Ledgers,
                "{LedgerRows.InHand} eq true or",
                "{LedgerRows.InHand} eq false and",
                "ReadTests"
            ),
            new(
                "Whoever takes over looks at what is due only",
                Evaluate,
                "lease.TakesOver is not null || before",
                "before",
                "InHandTests"
            ),
            new(
                "What is left in hand asks for no look",
                Evaluate,
                "await LeaveAsync(walk, charged, cancel);",
                "await Task.CompletedTask;",
                "InHandTests"
            ),
            new(
                "A look stays although nobody keeps others away",
                "Functions/Application/Ledgers/LedgerWriter.cs",
                "ledger.HasChargeInHand() && IsAlone();",
                "ledger.HasChargeInHand();",
                "InHandTests"
            ),
        ];

    private static IEnumerable<Mutant> Recording =>
        [
            new(
                "A walk goes on until its host cuts it",
                "Functions/Application/Evaluating/EvaluateBucket.cs",
                "if (pages++ > 0 && lease.IsTimeOver)",
                "if (pages++ < 0 && lease.IsTimeOver)",
                "CutWalkTests"
            ),
            new(
                "A walk whose time is over is taken for one that was cut",
                "Functions/Application/Evaluating/BucketLease.cs",
                "await WriteAsync(row => row with { LeasedUntil = default, LeasedBy = null, WasCut = false }, Stop);",
                "await WriteAsync(row => row with { LeasedUntil = default, LeasedBy = null, WasCut = true }, Stop);",
                "CutWalkTests"
            ),
            new(
                "What was heard is lost when a walk is told to end",
                Charge,
                "if (!await walk.GoesOnAsync()) { return; } var controls",
                "if (!await walk.GoesOnAsync()) { heard = new HeardOutcomes(batch); return; } var controls",
                "CutWalkTests"
            ),
            new(
                "A no is not in the books when the next debit of its account is confirmed",
                Charge,
                "|| heard.HasAnyOf(group)",
                "",
                "InHandTests"
            ),
        ];

    private static IEnumerable<Mutant> Filing =>
        [
            new(
                "An operation that is filed meanwhile is told twice",
                Ledgers,
                "it.Row.Sequence > last",
                "it.Row.Sequence > 0",
                "LedgerScanTests"
            ),
            new(
                "Who is behind the range that was left is in no books",
                "Functions/Storage/Ledgers/WantedRows.cs",
                "< Dense) { return left; }",
                "< Dense) { return []; }",
                "WantedRowsTests"
            ),
            new(
                "A few accounts of a large bucket read all of it",
                "Functions/Storage/Ledgers/WantedRows.cs",
                "Math.Min(left.Count, found.Count - before)",
                "left.Count",
                "WantedRowsTests"
            ),
            new(
                "A lost answer to a step is taken for a conflict",
                Ledgers,
                "Has(save.OperationId)) { return true; }",
                "Has(save.OperationId)) { return save.Events.Count == 0; }",
                "UnfiledHistoryTests"
            ),
            new(
                "Operations are applied to a ledger that has them",
                Unfiled,
                "row.Sequence > ledger.Operations",
                "row.Sequence > 0",
                "UnfiledHistoryTests"
            ),
            new(
                "A row of the former shape is only added to",
                "Functions/Storage/Ledgers/HistoryStep.cs",
                "!before.Unfiled.IsCurrent || LosesAColumn(",
                "LosesAColumn(",
                "UnfiledHistoryTests"
            ),
            new(
                "A rest of a longer ledger stays in its row",
                "Functions/Storage/Ledgers/HistoryStep.cs",
                ": before.IsLong ? RowChange.Replaced",
                ": before.Past is null ? RowChange.Replaced",
                "UnfiledHistoryTests"
            ),
            new(
                "What closed long ago is not written again where it changed",
                Past,
                "part is null ? null : rest.Take(part)",
                "part",
                "LedgerPastTests"
            ),
            new(
                "What closed long ago stays in the ledger's own column too",
                Past,
                "whole.Bills.Skip(Of(part => part.Bills).Count())",
                "whole.Bills.Skip(0)",
                "LedgerPastTests"
            ),
            new(
                "A look that fell away stays in a row that is merged",
                "Functions/Storage/Ledgers/LedgerRows.cs",
                "row[\"NextEvaluation\"] = Never;",
                "row[\"NextEvaluation\"] = save.Before.NextEvaluation;",
                "LedgerPastTests"
            ),
            new(
                "Every page of a walk writes all lines of its bucket",
                "Functions/Storage/Finance/TableReleaseStore.cs",
                "ReleaseRows.ToProgressRow(lines),",
                "ReleaseRows.ToRow(lines),",
                "ReleaseRowsTests"
            ),
            new(
                "A plan of another outage is compared with the last release",
                "Functions/Domain/Releases/PlanComparison.cs",
                "isHeldSince && last.Any(",
                "false && last.Any(",
                "ReleasePlanTests"
            ),
            new(
                "A debit that has not left its row is given back however old it is",
                "Functions/Domain/Deciding/Payments/Refunding.cs",
                "if (Archiving.IsLongClosed(debit, draft.Today))",
                "if (false && Archiving.IsLongClosed(debit, draft.Today))",
                "RefundLimitsTests"
            ),
            new(
                "A backup leaves out what is not filed",
                "Functions/Storage/Backups/LedgerScan.cs",
                "filed.Select(it => it.History)",
                "filed.Take(0).Select(it => it.History)",
                "LedgerScanTests"
            ),
        ];

    private static IEnumerable<Mutant> Writing =>
        [
            new(
                "What is false is left out where it may be unknown",
                "Functions/Storage/LeanJson.cs",
                "if (property.Get!(made) is { } blank && IsNothing(blank))",
                "if (property.Get!(made) is not { } blank || IsNothing(blank))",
                "LedgerJsonTests"
            ),
            new(
                "An escaped backslash is read as the begin of an escape",
                "Functions/Storage/PlainText.cs",
                "length += Math.Min(2, json.Length - at); at++;",
                "length += 1;",
                "PlainTextTests"
            ),
        ];
}
