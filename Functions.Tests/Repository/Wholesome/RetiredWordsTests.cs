using System.Text.RegularExpressions;

namespace Autopay.Tests.Repository.Wholesome;

/// <summary>
/// Names that a reader from the field would not recognise, or would take for something else, and what is said instead.
/// </summary>
public sealed class RetiredWordsTests
{
    // The sandbox speaks Stripe's own words.
    private static readonly string[] Spared =
    [
        $"Functions.Tests/Repository/Wholesome/{nameof(RetiredWordsTests)}.cs",
        "Functions.StripeSandbox",
    ];

    public static TheoryData<string, string> Words { get; } =
        new()
        {
            { @"\bDebitReturned\b|\bDebitState\.Returned\b", "DebitSuperseded, Superseded: a return is the bank's" },
            {
                @"\bDebitCameBack\b|\bComeback\w*|\bCameBack\b|[Ww]hat came back\b",
                "ReturnReceived, ReturnedCents, LateReturn"
            },
            {
                @"\bAttemptFrozen\b|\bAttemptPhase\.Frozen\b|\bFreezeAttempt\b|\bChargesWhenFrozen\b"
                    + @"|\b[Ff]rozen attempt|\b[Aa]ttempts?( that)? (is|was|are|were) frozen\b|\b[Tt]he freez(e|ing)\b",
                "AttemptLocked, Locked, the lock: accounts are frozen"
            },
            {
                @"\bSettleIntent\b|\bSettlement\b|\bSettle\(|\bSettleAsync\b",
                "RecordIntentOutcome, DecideDueDebit: settlement moves funds between banks"
            },
            { @"\bAttemptRefused\b|\bRefusals\b", "AttemptFailed, FailedAttempts: a refusal is ours" },
            { @"\bSuspendedPayment\b|\bSuspendedRows\b", "SuspensePayment, SuspenseRows: suspense is no suspension" },
            { @"\bGiveBack\w*", "ProcessRefunds, RefundFunctions" },
            { @"\bHomeOf\b|\bHomeless\b|\bOneHome\w*", "LiveDebitOf, OpenBillsWithoutDebit, OneLiveDebitPerBill" },
            {
                @"\bNextLook\b|\bEarliestLook\b|\bWake\b|\bIWakeStore\b|\bIsAwakeFor\b|\bLoweredTo\b|\bWalkedControls\b",
                "NextEvaluation, EarliestDue, BucketSchedule, IsDueBy, BringForwardTo, ScannedControlsVersion"
            },
            {
                @"\bLastLook\b|\bRefusalTo(Freeze|Confirm)\b|\b[Ll]ast look\b",
                "PreChargeCheck.WhyNotLock, WhyNotConfirm, the pre-charge check"
            },
            { @"\bToldBefore\b|\bFindLostLines\b", "AlreadyIssued, FindDiscardedLines" },
            {
                @"\bAskedProvider\b|\bAttemptFoundOdd\b|\bNoteOdd\w*|\.Odd\b",
                "AskProviderInvariants, AttemptFlagged, Flag, Discrepancy"
            },
            {
                @"\bclass (Collecting|People|MoneyIn|Holding)\b|\bMoneyIn\.|\bCollecting\.[A-Z]",
                "EndUncollected, AccountActions, CashApplication, HoldMergeRelease"
            },
            { @"\bRearrange\b|\bTakesPart\b", "HoldMergeRelease.Apply, CanMerge" },
            {
                @"\bWaysOut\b|\bKeepPoison\b|\bJsonWords\b|\bCounted\.Of\b",
                "StuckAdvice, CollectPoisonMessages, JsonErrors, Plural"
            },
            {
                "\"bill for finance's list\"|is odd\"|\"payment used\"|\"balance looked at\"",
                "bill blocked, attempt flagged, payment applied, balance warning dismissed"
            },
            { @"\bFlags(Seen|Read|Async)\b|\bRemembersFlags\b", "controls: a flag is a mark on a bill" },
            {
                @"\bnobody can sleep\b|\baccuses nobody\b",
                "what is true of it: 'due by then, and no scan is running', 'reports no violation'"
            },
        };

    [Theory]
    [MemberData(nameof(Words))]
    public void Nobody_says_it(string retired, string instead) =>
        Assert.Empty(
            from file in SourceTree.Projects.SelectMany(SourceTree.Sources)
            where !Spared.Any(spared => file.StartsWith(spared, StringComparison.Ordinal))
            from word in Said(SourceTree.Read(file), retired)
            select $"{file}: {word}; say {instead}"
        );

    [Theory]
    [MemberData(nameof(Words))]
    public void Nor_do_the_documents(string retired, string instead) =>
        Assert.Empty(
            from file in SourceTree.Documents
            from word in Said(SourceTree.Read(file), retired)
            select $"{file}: {word}; say {instead}"
        );

    [Fact]
    public void A_name_with_underscores_is_read_as_a_sentence() =>
        Assert.Equal(["last look"], Said("public void R12_A_last_look_is_not_enough()", @"\b[Ll]ast look\b"));

    private static IEnumerable<string> Said(string text, string retired) =>
        new[] { text, text.Replace('_', ' ') }
            .SelectMany(read => Regex.Matches(read, retired))
            .Select(match => match.Value)
            .Distinct();
}
