namespace Autopay.Tests.Rules.Mutants;

/// <summary>What would debit without notice, keep what was told from leaving, or tell it twice or never.</summary>
internal static class NoticeMutants
{
    private const string Clock = "Functions/Domain/Notices/NoticeClock.cs";
    private const string Noticing = "Functions/Domain/Deciding/Charges/Noticing.cs";
    private const string Content = "Functions/Domain/Notices/NoticeContent.cs";
    private const string Pending = "Functions/Domain/Notices/PendingNotice.cs";
    private const string Rule = "R44NoticeTests";
    private const string Ways = "R44WaysTests";

    public static IEnumerable<Mutant> All => [.. OfTheClock, .. OfTheAsking, .. OfTheWay];

    private static IEnumerable<Mutant> OfTheClock =>
        [
            new(
                "A debit does not wait for its notice",
                Noticing,
                "controls.Policies.NoticeClock == NoticeClockMode.Enforce\n            ? NoticeClock.WhyNot(",
                "controls.Policies.NoticeClock == NoticeClockMode.Off\n            ? NoticeClock.WhyNot(",
                Rule
            ),
            new(
                "More than the bill told needs no more days than another day",
                Clock,
                "that the bill told\", policies.AmountNoticeDays, true)",
                "that the bill told\", policies.DateNoticeDays, true)",
                Rule
            ),
            new(
                "A bill that comes late tells in time",
                Clock,
                "open > LastAmount(ledger, debit) && day < told.On.AddDays(policies.AmountNoticeDays)",
                "open > LastAmount(ledger, debit) && day < told.On",
                Rule
            ),
            new("Another day needs no notice", Clock, ": day > told.Day ?", ": day > told.Day.AddDays(60) ?", Rule),
            new("A retry waits for a notice", Clock, "debit.RetryOn is not null", "debit.RetryOn == default", Rule),
            new(
                "A roll to a banking day is another day",
                Clock,
                "BankingCalendar.RollForward(newest.Min(bill => bill.Told?.DueDate ?? bill.DueDate)),",
                "newest.Min(bill => bill.Told?.DueDate ?? bill.DueDate),",
                Rule
            ),
            new(
                "A notice that did not arrive tells",
                Clock,
                "State: NoticeState.Sent, Amount:",
                "State: not NoticeState.Waiting, Amount:",
                Rule
            ),
            new("A notice tells of any amount", Clock, "open <= told", "told <= told", Rule),
            new(
                "A notice tells before the day that it named",
                Clock,
                "&& day >= from\n",
                "&& day >= notice.SentOn\n",
                Rule
            ),
            new(
                "A notice tells for ever",
                Clock,
                "from.AddDays(HoldsForDays)",
                "from.AddDays(HoldsForDays * 99)",
                Rule
            ),
            new(
                "A public notice that named a day tells for ever",
                Clock,
                "(day >= from && day <= LastDayOf(from))",
                "day >= from",
                Rule
            ),
            new(
                "What a correction made of a bill was told with it",
                "Functions/Domain/Corrections/CorrectionEvents.cs",
                "Told = bill.Told ?? new BillTold(bill.CurrentCharges, bill.DueDate),",
                "",
                Rule
            ),
            new(
                "A public notice of days tells amounts",
                Clock,
                "(!news.OfAmount || (notice.CoversAmounts && open <= Printed(ledger, debit)))",
                "news.Days > 0",
                Rule
            ),
            new(
                "A public notice tells at once",
                Clock,
                "day >= notice.PublishedOn.AddDays(news.Days)",
                "day >= notice.PublishedOn",
                Rule
            ),
            new(
                "A public notice tells of the other bills too",
                Clock,
                ".All(notice.IsAbout)",
                ".Any(bill => notice.WithdrawnAt is null)",
                Rule
            ),
            new(
                "One that was withdrawn still tells",
                "Functions/Domain/Notices/Notice.cs",
                "WithdrawnAt is null && bill.DueDate >= DueFrom",
                "bill.DueDate >= DueFrom",
                Rule
            ),
            new(
                "The days of notice are not counted from the day of sending",
                Clock,
                "day >= sentOn.AddDays(WhatIsNew(ledger, debit, policies, open, day)?.Days ?? 0)",
                "day >= sentOn",
                Rule
            ),
        ];

    private static IEnumerable<Mutant> OfTheAsking =>
        [
            new(
                "What is held is told of, and told wrongly",
                Noticing,
                "&& Releasing.WhyNot(ledger, debit, controls) is null\n",
                "",
                Ways
            ),
            new(
                "A notice is asked for with every look",
                Noticing,
                "!debit.Notices.Any(notice => notice.Kind == kind && notice.IsWaiting)",
                "debit.Notices.Count < 9",
                Rule
            ),
            new(
                "A customer declines what the law asks for",
                Noticing,
                "command.Kinds.Contains(NoticeKind.Change)",
                "command.Kinds.Contains(NoticeKind.Change) && command.Kinds.Count > 99",
                Ways
            ),
            new(
                "Whoever declined is told all the same",
                Noticing,
                "sends && !draft.Ledger.DeclinedNotices.Contains(kind);",
                "sends;",
                Ways
            ),
            new(
                "A reminder comes again and again",
                Noticing,
                "debit.Notices.All(notice => notice.Kind != kind || notice.State == NoticeState.Dropped)",
                "debit.Notices.All(notice => notice.Kind != kind || notice.State != NoticeState.Waiting)",
                Ways
            ),
            new(
                "What has nothing to tell any more is sent",
                Noticing,
                "DropWhatIsOver(draft, debit);",
                "_ = debit;",
                Ways
            ),
            new(
                "A second \"no\" is not told",
                Noticing,
                "< debit.Attempts.Count(attempt => attempt.Phase == AttemptPhase.Refused) + (",
                "< 1 + (",
                Ways
            ),
            new(
                "What a public notice has told meanwhile is told by letter",
                Content,
                "&& NoticeClock.EarliestDay(ledger, debit, controls, sentOn) is null",
                "",
                Ways
            ),
        ];

    private static IEnumerable<Mutant> OfTheWay =>
        [
            new(
                "An address that failed is tried again",
                Pending,
                "&& notice.FailedAddress == email",
                "&& notice.FailedAddress != email",
                Ways
            ),
            new(
                "A new address does not help",
                Pending,
                ": notice.FailedAddress == ledger.Enrolment?.Email",
                ": notice.FailedAddress is not null",
                Ways
            ),
            new(
                "A card that expires afterwards is warned of",
                Noticing,
                "&& lastDay < day",
                "&& lastDay < day.AddDays(40)",
                Ways
            ),
            new(
                "A notice is left beside its ledger after it was sent",
                "Functions/Application/Ports/Books/ILedgerStore.cs",
                "[] => Before.HasNotices ? WorkRowChange.Delete : WorkRowChange.None,",
                "[] => WorkRowChange.None,",
                "NoticeOutboxTests"
            ),
        ];
}
