namespace Autopay.Tests.Rules.Mutants;

/// <summary>Wrong answers to customers and residents.</summary>
internal static class AnswerMutants
{
    private const string Sums = "Functions/Domain/Explanations/BillSums.cs";
    private const string Explain = "Functions/Domain/Explanations/Explain.cs";
    private const string Board = "Functions/Domain/PublicStatus/StatusBoard.cs";
    private const string Once = "Functions/Application/DoOnce.cs";
    private const string Status = "Functions/Application/PublicStatus/ReadStatus.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "An account is changed although another version was seen",
            "Functions/Application/Ledgers/ChangedMeanwhileException.cs",
            "is var version && version != expected)",
            "is var version && version < expected)",
            "OperationHttpTests"
        ),
        new(
            "Any wish is answered what was done under its id",
            Once,
            "known.Operation != wish.Operation)",
            "known.Operation.Id != wish.Operation.Id)",
            "OperationHttpTests"
        ),
        new(
            "What is done is done again",
            Once,
            "if (known is { IsDone: true } && !isSoon)",
            "if (known is { IsDone: true, Version: < 0 } && !isSoon)",
            "OperationHttpTests"
        ),
        new(
            "Who died after the change is taken for one who changed nothing",
            "Functions/Application/OperationTraces.cs",
            ".AnyAsync(row => row.Authority.Operation == id, cancel)",
            ".AnyAsync(row => row.OperationId == id, cancel)",
            "OperationHttpTests"
        ),
        new(
            "What was refused is recorded",
            Once,
            "turn.IsAgain ? LeaveAsync(turn, cancel) : store.ForgetAsync(turn.Operation, cancel)",
            "LeaveAsync(turn, cancel)",
            "OperationHttpTests"
        ),
        new(
            "A version is asked of some routes only",
            "Functions/Hosting/OperationMiddleware.cs",
            "terms.ExpectedVersion is { } seen",
            "terms.ExpectedVersion is { } seen && terms.Operation is not null",
            "OperationHttpTests"
        ),
        new(
            "An intent is found under whatever debit it names",
            "Functions/Application/FindById.cs",
            "return await IsOursAsync(debit, id, cancel)",
            "return id.Length > 0",
            "FindCostTests"
        ),
        new(
            "A page of a body goes on in another list",
            "Functions/Hosting/PageTokens.cs",
            "body.Length == 0 ? []",
            "body.Length >= 0 ? []",
            "PageTokenTests"
        ),
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
            "The public day moves on every morning",
            Board,
            "city.At(FirstOf(releases)).Today",
            "city.At(now.Utc).Today",
            "StatusBoardTests"
        ),
        new(
            "The public day leaves out the days of notice",
            Board,
            "isInTime || controls.Policies.NoticeClock != NoticeClockMode.Enforce",
            "isInTime || controls.Policies.NoticeClock == NoticeClockMode.Enforce",
            "StatusBoardTests"
        ),
        new(
            "A rejected release still names its day",
            "Functions/Domain/PublicStatus/CycleControls.cs",
            "Where(it => it.Decided is null && !it.IsExpired(now))",
            "Where(it => !it.IsExpired(now))",
            "StatusBoardTests"
        ),
        new(
            "Who pays by card is told of a bank account",
            "Functions/Domain/Explanations/Explain.cs",
            "&& (debit.LastAttempt?.PaymentMethod ?? now) == now",
            "&& (debit.LastAttempt?.PaymentMethod ?? now) != now",
            "CollectedTests"
        ),
        new(
            "A release that is over is still being taken",
            Board,
            "now.Utc > release.ExpiresAt(new ReleaseTimes(city, now, controls.Policies.DueDateRunAt))",
            "now.Utc > release.ExpiresAt(new ReleaseTimes(city, now, controls.Policies.DueDateRunAt)).AddYears(1)",
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
