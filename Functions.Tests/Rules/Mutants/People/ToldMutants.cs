namespace Autopay.Tests.Rules.Mutants;

/// <summary>What is held against a customer, or told wrongly, because one thing was forgotten.</summary>
internal static class ToldMutants
{
    private const string City = "Functions/Domain/Protections/CityActions.cs";
    private const string Answer = "Functions/Domain/Protections/PenaltyAnswer.cs";
    private const string Step = "Functions/Domain/Notices/NextStep.cs";
    private const string Split = "Functions/Domain/Deciding/Charges/SplitBills.cs";
    private const string Plan = "Functions/Domain/Releases/ReleasePlanner.cs";
    private const string Changes = "Functions/Domain/Releases/ReleaseChanges.cs";
    private const string Told = "Functions/Domain/Explanations/ToldFirst.cs";
    private const string LookAlike = "R42LookAlikeTests";
    private const string NotCollected = "NotCollectedTests";
    private const string Parts = "PartsOfAHoldTests";

    public static IReadOnlyList<Mutant> All { get; } = [.. Protecting, .. Telling, .. Releasing, .. Explaining];

    private static IEnumerable<Mutant> Protecting =>
        [
            new("R42: a look-alike that was left out is penalised", City, "?? OfTwin(it)", "", LookAlike),
            new(
                "R42: told apart a bill is late at once",
                "Functions/Domain/Protections/PenaltyClock.cs",
                ".. it.Bill.ToldApartOn is { } apart ? [apart] : (DateOnly[])[],",
                "",
                LookAlike
            ),
            new(
                "R41: without a debit nobody can tell it apart",
                "Functions/Domain/Deciding/AccountActions.cs",
                "|| (bill.LooksLikeAnother && draft.Ledger.LiveDebitOf(bill.Id) is null)",
                "",
                LookAlike
            ),
            new(
                "R42: a payment that finance has to decide about counts as it is",
                City,
                "?? OfCorrection(it)",
                "",
                LookAlike
            ),
            new(
                "R42: what is archived is not asked for",
                "Functions/Application/Finance/JudgeProtection.cs",
                "new ProtectedBill(ledger, bill, now, clock.City, archived)",
                "new ProtectedBill(ledger, bill, now, clock.City, archived.Count > 0 ? [] : archived)",
                "ArchivedProtectionTests"
            ),
            new(
                "R43: the list of the shielded does without the archive",
                "Functions/Application/Finance/ReadProtections.cs",
                ": answer.Overdue.Count == 0 ? answer",
                ": answer.Overdue.Count < 9 ? answer",
                "ArchivedProtectionTests"
            ),
            new(
                "R45: of a bill in parts the answer has one part's cents",
                Answer,
                "Open = lines.Sum(part => part.Bill.Open),",
                "",
                "R42PartsTests"
            ),
            new(
                "R43: a part is disconnected for, whatever the city does with the others",
                "Functions/Domain/Protections/DisconnectAnswer.cs",
                "parts.FirstOrDefault(part => part.City is not null) ??",
                "",
                "R42PartsTests"
            ),
            new(
                "R42: a cycle that nobody has is waived",
                "Functions/Application/Finance/JudgeProtection.cs",
                "unnamed.FindAll(cycle => !known.Contains(cycle)) is { Count: > 0 } unknown",
                "unnamed.FindAll(cycle => !known.Contains(cycle)) is { Count: > 99 } unknown",
                "ProtectionHttpTests"
            ),
            new(
                "R43: a shield that is past is declared",
                "Functions/Application/Finance/JudgeProtection.cs",
                "shielded.Dates.All(date => date < today)",
                "shielded.Dates.All(date => date < today.AddDays(-400))",
                "ProtectionHttpTests"
            ),
        ];

    private static IEnumerable<Mutant> Telling =>
        [
            new(
                "R44: whoever has paid is told to pay",
                Step,
                ".Where(bill => bill.Open.IsPositive)",
                ".Where(bill => bill.Charges.IsPositive)",
                NotCollected
            ),
            new(
                "R44: what is on hold is to be paid",
                Step,
                "home.State is DebitState.Deferred or DebitState.NeedsReview",
                "home.State is DebitState.NeedsReview",
                NotCollected
            ),
            new(
                "R44: a halt is kept from whoever is told",
                Step,
                "|| controls.WhyNothingIsCharged is not null",
                "",
                NotCollected
            ),
            new(
                "R45: a reminder tells all of it for the first day",
                "Functions/Domain/Notices/NoticeContent.cs",
                "kind != NoticeKind.Change && parts.Count > 0 ? parts[0].Amount",
                "kind != NoticeKind.Change && parts.Count > 99 ? parts[0].Amount",
                NotCollected
            ),
            new(
                "A letter was mailed before it was made",
                "Functions/Application/Notifying/RecordLetters.cs",
                "mailedOn < printed.MadeOn",
                "mailedOn < printed.MadeOn?.AddDays(-400)",
                "LetterTests"
            ),
            new(
                "R44: one person alone beats the clock with a notice of last week",
                "Functions/Application/Notifying/RecordPublicNotice.cs",
                "recorded.PublishedOn < clock.Now.Today",
                "recorded.PublishedOn > clock.Now.Today",
                "LetterTests"
            ),
        ];

    private static IEnumerable<Mutant> Releasing =>
        [
            new(
                "I25: a part leaves although what it was split from is held",
                Split,
                ".Concat((ledger.FindDebit(first)?.Lines ?? []).Concat(debit.Lines).Select(line => line.Bill))",
                ".Concat(debit.Lines.Select(line => line.Bill))",
                Parts
            ),
            new(
                "I25: a stopped release lets a part go",
                "Functions/Domain/Deciding/Charges/Releasing.cs",
                ": ledger.OpenOn(debit).IsPositive && HeldFor(ledger, debit, controls).Any();",
                ": HeldBills(ledger, debit, controls).Any();",
                Parts
            ),
            new("I25: what two people let go is asked for again", Plan, "&& !IsLetGo(debit, controls)", "", Parts),
            new(
                "I25: a later plan stops what the one before it let go",
                Changes,
                "{ IsLive: true } or { IsReplaced: true };",
                "{ IsLive: true };",
                Parts
            ),
            new(
                "I25: whose place was taken cannot be stopped",
                Changes,
                "(release.IsLive || release.IsReplaced) && release.Terms.Cycle == cycle",
                "release.IsLive && release.Terms.Cycle == cycle",
                Parts
            ),
            new(
                "What leaves in later parts is taken for paid",
                "Functions/Domain/Releases/PlanTotals.cs",
                "Money.Min(line.Later, line.Open - line.Sent)",
                "Money.Min(line.Later, line.Sent - line.Open)",
                Parts
            ),
            new(
                "A debit of two due dates waits twice",
                "Functions/Domain/Sums/ScheduledTally.cs",
                "debit.State != DebitState.Scheduled || (debit.BornOfRetry",
                "debit.Grant is not null || debit.State != DebitState.Scheduled || (debit.BornOfRetry",
                Parts
            ),
        ];

    private static IEnumerable<Mutant> Explaining =>
        [
            new(
                "A stopped release is said to have let it go",
                "Functions/Domain/Explanations/Explain.cs",
                "(debit.IsTerminal || controls.IsLive(grant.Release))",
                "(debit.IsTerminal || grant.Release.Length > 0)",
                "ToldFirstTests"
            ),
            new(
                "Every notice is the reason of the day",
                Told,
                "return waited && NoticeClock.WhyNot(ledger, then, controls, open, before) is not null",
                "return waited || NoticeClock.WhyNot(ledger, then, controls, open, before) is not null",
                "ToldFirstTests"
            ),
            new(
                "A bill of which nothing is taken is named first",
                "Functions/Application/Explaining/FirstSentence.cs",
                "? explanation.Bills.Where(sum => sum.Takes.IsPositive)",
                "? explanation.Bills",
                "ToldFirstTests"
            ),
            new(
                "Before it is split all of a debit leaves at once",
                "Functions/Domain/Explanations/SplitParts.cs",
                ": leavesOn is { } on ? ToBe(past, debit, on, policies)",
                ": leavesOn is { Year: < 1000 } on ? ToBe(past, debit, on, policies)",
                "PartsAndNoticesTests"
            ),
        ];
}
