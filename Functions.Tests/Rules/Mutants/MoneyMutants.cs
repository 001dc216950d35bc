namespace Autopay.Tests.Rules.Mutants;

/// <summary>
/// L7: money that goes back, what is told of it, and the nets behind it: each one looser by a cent, a day or a kind.
/// </summary>
internal static class MoneyMutants
{
    private const string OursOnly = "Functions/Application/Reconciling/FindOursOnly.cs";
    private const string Payouts = "Functions/Application/Receipts/TiePayouts.cs";
    private const string Unmatched = "Functions/Application/Receipts/UnmatchedLines.cs";
    private const string Refunding = "Functions/Domain/Deciding/Payments/Refunding.cs";
    private const string Refunds = "Functions/Application/Charging/ProcessRefunds.cs";
    private const string Reopening = "Functions/Domain/Deciding/Bills/Reopening.cs";
    private const string Rates = "Functions/Domain/Provider/ReturnRates.cs";
    private const string Receipt = "Functions/Domain/Provider/Receipt.cs";
    private const string Restore = "Functions/Application/Backups/RestoreBackup.cs";
    private const string Check = "Functions/Application/Backups/CheckBackup.cs";
    private const string Controls = "Functions/Domain/CityControls/Controls.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [.. Reconciling, .. Reporting, .. GivingBack, .. TakingBack, .. Judging, .. Restoring, .. Joining];

    private static IEnumerable<Mutant> Reconciling =>
        [
            new(
                "What of ours the provider does not know is not asked for",
                OursOnly,
                "attempts.Where(attempt => !tally.Seen.Contains(attempt.Intent))",
                "attempts.Where(attempt => attempt.Intent.Length == 0)",
                "ReconcileWindowTests"
            ),
            new(
                "An intent that could not be read agrees",
                OursOnly,
                "throw new ProviderAwayException($\"Intent {attempt.IntentId} could not be read.\");",
                "break;",
                "ReconcileWindowTests"
            ),
            new(
                "An attempt at the edge of the window must be listed",
                OursOnly,
                "attempt.KeyAt >= from + Edge",
                "attempt.KeyAt >= from",
                "ReconcileWindowTests"
            ),
            new(
                "Reconcile looks back 45 days",
                "Functions/Application/Reconciling/Reconcile.cs",
                "AtRisk = TimeSpan.FromDays(70)",
                "AtRisk = TimeSpan.FromDays(45)",
                "ReconcileWindowTests"
            ),
        ];

    private static IEnumerable<Mutant> Reporting =>
        [
            new(
                "A deposit may be smaller than its lines",
                Payouts,
                "- fees == payout.AmountCents",
                "- fees >= payout.AmountCents",
                "PayoutTests"
            ),
            new(
                "The fees of a payout are forgotten",
                Payouts,
                "- fees == payout.AmountCents",
                "== payout.AmountCents",
                "PayoutTests"
            ),
            new(
                "A payout with lines that nobody told ties",
                Payouts,
                "AddsUp && Unmatched.Count == 0",
                "AddsUp",
                "PayoutTests"
            ),
            new(
                "A payout knows the receipts of a month",
                Payouts,
                "ReceiptsFromDaysBefore = 90;",
                "ReceiptsFromDaysBefore = 30;",
                "PayoutTests"
            ),
            new(
                "A charge of which no receipt tells ties",
                Unmatched,
                "line.Kind == PayoutLineKind.Charge && told",
                "line.Kind == PayoutLineKind.Charge && told[ReceiptKind.Collected].Any() && told",
                "PayoutTests"
            ),
            new(
                "A refund of which no receipt tells ties",
                Unmatched,
                "line.Kind == PayoutLineKind.Refund && refunds",
                "line.Kind == PayoutLineKind.Refund && refunds[line.SourceId].Any() && refunds",
                "PayoutTests"
            ),
            new(
                "A refund is told by any refund of the intent",
                Unmatched,
                "&& refunds[line.SourceId]",
                "&& told[ReceiptKind.Refunded]",
                "PayoutTests"
            ),
            new(
                "A reversal is not told in a payout",
                Unmatched,
                "told[ReceiptKind.Refunded].Concat(told[ReceiptKind.Reversed])",
                "told[ReceiptKind.Refunded]",
                "PayoutTests"
            ),
            new(
                "A refund that failed makes the one that went out wrong",
                Unmatched,
                "receipt.AmountCents < 0 == line.AmountCents < 0",
                "receipt.AmountCents != 0",
                "PayoutTests"
            ),
            new(
                "A failed refund in a payout is something else",
                "Functions/Payments/StripePayoutRecords.cs",
                "\"refund\" or \"refund_failure\" =>",
                "\"refund\" =>",
                "PayoutLinesTests"
            ),
            new(
                "The net of a batch forgets its reversals",
                "Functions/Application/Receipts/ReceiptBatch.cs",
                "RefundedCents + ReversedCents;",
                "RefundedCents;",
                "PayoutTests"
            ),
            new(
                "A refund that fails after it was told is not told back",
                Receipt,
                ".RefundOf(e.Number).RefundId is not null",
                ".RefundOf(e.Number).RefundId is { Length: 0 }",
                "RefundReceiptsTests"
            ),
            new(
                "A refund that never went out is told back",
                Receipt,
                ".RefundOf(e.Number).RefundId is not null",
                ".RefundOf(e.Number).RefundId != \"\"",
                "RefundReceiptsTests"
            ),
            new(
                "A reversal is told as a refund",
                Receipt,
                "refund.Kind == RefundKind.Reversal ? ReceiptKind.Reversed",
                "refund.Kind == RefundKind.Reversal ? ReceiptKind.Refunded",
                "RefundReceiptsTests"
            ),
        ];

    private static IEnumerable<Mutant> GivingBack =>
        [
            new(
                "A refund takes the oldest bill first",
                Refunding,
                "Enumerable.Reverse(Reopening.LinesStillCollected(debit))",
                "Reopening.LinesStillCollected(debit)",
                "NewestFirstTests"
            ),
            new(
                "The id of a failed refund is free again",
                Refunding,
                "refund.RequestId == command.RequestId) is { } known",
                "refund.RequestId == command.RequestId && refund.Counts) is { } known",
                "RefundLimitsTests"
            ),
            new(
                "The fifth banking day is too late for a reversal",
                Refunding,
                "ReversalBankingDays) < draft.Today",
                "ReversalBankingDays) <= draft.Today",
                "RefundLimitsTests"
            ),
            new(
                "The sixth banking day is in time for a reversal",
                Refunding,
                "ReversalBankingDays = 5;",
                "ReversalBankingDays = 6;",
                "RefundLimitsTests"
            ),
            new(
                "What is partly gone is reversed",
                Refunding,
                "if (debit.Kept != debit.Attempted.Amount)",
                "if (debit.Kept > debit.Attempted.Amount)",
                "RefundLimitsTests"
            ),
            new(
                "A list of refunds that cannot be read is empty",
                Refunds,
                "if (await provider.ListRefundsAsync(intentId) is { } found)",
                "if ((await provider.ListRefundsAsync(intentId) ?? []) is { } found)",
                "RefundTests"
            ),
            new(
                "A debit with an open refund is archived",
                "Functions/Domain/Deciding/Archiving.cs",
                "refund.IsOpen || MayFail",
                "MayFail",
                "RefundLimitsTests"
            ),
            new(
                "A debit leaves its row as soon as its refund is paid",
                "Functions/Domain/Deciding/Archiving.cs",
                "refund.IsOpen || MayFail(refund, draft.Today)",
                "refund.IsOpen",
                "ArchivingTests"
            ),
        ];

    private static IEnumerable<Mutant> TakingBack =>
        [
            new(
                "What comes back leaves the oldest bill first",
                Reopening,
                "Enumerable.Reverse(LinesStillCollected(debit))",
                "LinesStillCollected(debit)",
                "NewestFirstTests"
            ),
            new(
                "What was gone before left the oldest bill",
                Reopening,
                "debit.Attempted.Lines.Reverse())",
                "debit.Attempted.Lines)",
                "NewestFirstTests"
            ),
            new(
                "Money that is taken back leaves the oldest bill first",
                "Functions/Domain/Deciding/Payments/CashApplication.cs",
                "draft.Ledger.BillsOldestFirst().Reverse()",
                "draft.Ledger.BillsOldestFirst()",
                "NewestFirstTests"
            ),
            new(
                "Money that is taken back leaves what it paid before what is left of it",
                "Functions/Domain/Deciding/Payments/CashApplication.cs",
                "Money.Max(Money.Zero, cents - funds.Left)",
                "cents",
                "NewestFirstTests"
            ),
        ];

    private static IEnumerable<Mutant> Judging =>
        [
            new(
                "What comes back after the settlement counts in no rate",
                Rates,
                "if (debit.BankReturn is { } last &&",
                "if (debit.BankReturn is { Code.Length: 0 } last &&",
                "ReturnTallyTests"
            ),
            new(
                "A return counts as long as its debit does",
                Rates,
                "IsInWindow(last.On))",
                "IsInWindow(debit.FirstSubmittedOn))",
                "ReturnTallyTests"
            ),
            new(
                "Exactly the ceiling halts",
                Rates,
                "100m * count > ceilings.Of(family) * sent",
                "100m * count >= ceilings.Of(family) * sent",
                "ReturnTallyTests"
            ),
            new(
                "The rounded rate is compared",
                Rates,
                "100m * count > ceilings.Of(family) * sent",
                "percent > ceilings.Of(family)",
                "ReturnTallyTests"
            ),
            new(
                "A window has 61 days",
                Rates,
                "it > today.AddDays(-WindowDays)",
                "it >= today.AddDays(-WindowDays)",
                "ReturnTallyTests"
            ),
        ];

    private static IEnumerable<Mutant> Restoring =>
        [
            new(
                "A restore compares no sums",
                Restore,
                "await CompareAsync(manifest, cancel);",
                "await Task.CompletedTask;",
                "RestoreNetsTests"
            ),
            new(
                "A restore compares the accounts alone",
                Restore,
                "if (sums != table.Sums)",
                "if (sums.Accounts != table.Sums.Accounts)",
                "RestoreNetsTests"
            ),
            new(
                "A table that changed since it was checked is restored",
                Restore,
                "if (found.Sha256 != manifest",
                "if (found.Sha256.Length == 0 && found.Sha256 != manifest",
                "RestoreNetsTests"
            ),
            new(
                "A manifest may lack a table",
                Check,
                "expected.ToHashSet().SetEquals(",
                "expected.ToHashSet().IsSupersetOf(",
                "RestoreNetsTests"
            ),
            new(
                "A manifest may have a table that nobody restores",
                Check,
                "expected.ToHashSet().SetEquals(",
                "expected.ToHashSet().IsSubsetOf(",
                "RestoreNetsTests"
            ),
            new(
                "A restored bucket sleeps",
                Restore,
                "await schedules.BringForwardAsync(bucket, clock.Now.Utc, cancel);",
                "await schedules.ReadAsync(bucket, cancel);",
                "RestoreNetsTests"
            ),
        ];

    private static IEnumerable<Mutant> Joining =>
        [
            new(
                "R7: of several cycles the last one is reopened",
                Controls,
                "BacklogReopened reopened => reopened.Cycles.Aggregate(",
                "BacklogReopened reopened => reopened.Cycles.TakeLast(1).Aggregate(",
                "R07HoldTests"
            ),
            new(
                "R7: of several cycles the first one is cleared",
                Controls,
                "BacklogCleared cleared => cleared.Cycles.Aggregate(",
                "BacklogCleared cleared => cleared.Cycles.Take(1).Aggregate(",
                "R07HoldTests"
            ),
            new(
                "R26: of several cycles the last one waits for its files",
                Controls,
                "BacklogClearing asked => asked.Cycles.Aggregate(",
                "BacklogClearing asked => asked.Cycles.TakeLast(1).Aggregate(",
                "R07HoldTests"
            ),
            new(
                "R3: a bill joins a scheduled retry of its day",
                "Functions/Domain/Deciding/Bills/Billing.cs",
                "&& HoldMergeRelease.CanMerge(debit)",
                "&& !debit.BornOfRetry",
                "R03ImportingABillTests"
            ),
            new(
                "R3: a bill joins what is left of a refused retry",
                "Functions/Domain/Deciding/Bills/Billing.cs",
                "&& HoldMergeRelease.CanMerge(debit)",
                "&& !debit.IsRetry",
                "R03ImportingABillTests"
            ),
            new(
                "R11: of a remainder of two bills one is carried",
                "Functions/Domain/Events/DebitEvents.cs",
                "[.. parent.Lines, .. moved]",
                "[.. parent.Lines, .. moved.Take(1)]",
                "R11HowMuchTests"
            ),
        ];
}
