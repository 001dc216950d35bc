namespace Autopay.Tests.Rules.Mutants;

/// <summary>Wrong answers to customers and residents.</summary>
internal static class AnswerMutants
{
    private const string Sums = "Functions/Domain/Explanations/BillSums.cs";
    private const string Explain = "Functions/Domain/Explanations/Explain.cs";
    private const string Board = "Functions/Domain/PublicStatus/StatusBoard.cs";
    private const string Status = "Functions/Application/PublicStatus/ReadStatus.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "A debit is explained by what is open today",
            Sums,
            "return Sums(then ?? past.Ledger, then?.FindDebit(debit.Id) ?? debit, cents);",
            "return Sums(past.Ledger, debit, cents);",
            "CollectedTests"
        ),
        new(
            "A merged debit is told with the bills of its parent",
            Explain,
            "Where(sum => isWhole || own.Contains(sum.Bill))",
            "Where(sum => isWhole || own.Count > 0)",
            "CollectedTests"
        ),
        new(
            "A hold that was declared since is not told",
            Explain,
            "HoldMergeRelease.HoldsOn(ledger, controls, debit).Count > 0 ? DebitStory.Held",
            "HoldMergeRelease.HoldsOn(ledger, controls, debit).Count > 1_000 ? DebitStory.Held",
            "NotSentTests"
        ),
        new(
            "A clerk's browser keeps the customer's language",
            "Functions/Pages/ShowPage.cs",
            "if (isRemembered && chosen is { } language)",
            "if (chosen is { } language)",
            "ExplanationHttpTests"
        ),
        new(
            "What the bank has counts as waiting",
            "Functions/Domain/Sums/BillFlow.cs",
            "DebitState.Charging or DebitState.Unknown or DebitState.Submitted => paid with { WithBank = open },",
            "",
            "BillFlowTests"
        ),
        new(
            "A waterfall that does not add up is drawn",
            "Functions/Pages/Pictures/WaterfallPicture.cs",
            "Steps.Count < 2 || ",
            "Steps.Count < 99 || ",
            "PictureTests"
        ),
        new(
            "Residents of a held cycle read that all is normal",
            Board,
            "if (controls.OpenHoldsOf(cycle).Any()) { return (WhatNext.AfterBacklogClears, null); }",
            "",
            "StatusBoardTests"
        ),
        new(
            "A release that is over is still being taken",
            Board,
            "if (now.Utc > release.ExpiresAt(city, controls.Policies.DueDateRunAt))",
            "if (now.Utc > release.ExpiresAt(city, controls.Policies.DueDateRunAt).AddYears(1))",
            "StatusBoardTests"
        ),
        new(
            "The status falls with the tables",
            Status,
            "catch (Exception) when (!cancel.IsCancellationRequested)",
            "catch (Exception) when (cancel.IsCancellationRequested)",
            "StatusHttpTests"
        ),
        new(
            "A status of last week stands",
            Status,
            "status is not null && now - status.AsOf < Oldest ? status : null;",
            "status is not null ? status : null;",
            "StatusHttpTests"
        ),
        new(
            "One person writes to residents alone",
            "Functions/Application/PublicStatus/PublishNote.cs",
            "policies.SecondPerson ? new ApprovalAsked(id, note) : note",
            "policies.SecondPerson && id.Length > 500 ? new ApprovalAsked(id, note) : note",
            "StatusHttpTests"
        ),
        new(
            "Residents read that all is stopped while it is not",
            "Functions/Domain/CityControls/PublicNotes.cs",
            "{ IsHalted: false } => throw",
            "{ IsHalted: false, Version: < 0 } => throw",
            "PublicNoteTests"
        ),
    ];
}
