namespace Autopay.Tests.Rules.Mutants;

/// <summary>Pages that show or send something else than what they say.</summary>
internal static class PageMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "A file is sent with the first press",
            "Functions/Pages/Assets/upload.js",
            "if (!isGood) query.set(\"check\", \"only\");",
            "",
            "ImportPagesTests"
        ),
        new(
            "Everybody can do everything on the work list",
            "Functions/Pages/Work/WorkAct.cs",
            "&& frame.Allows(name)",
            "&& frame.May.Count > 0 && name.Length > 0",
            "WorkPagesTests"
        ),
        new(
            "The audit page shows the oldest acts first",
            "Functions/Triggers/Pages/AuditPages.cs",
            "isNewestFirst: true",
            "isNewestFirst: false",
            "TruthOfPagesTests"
        ),
        new(
            "A month is ready although payments are without an account",
            "Functions/Pages/Books/BooksModels.cs",
            "Suspense.Count == 0",
            "Suspense.Count >= 0",
            "TruthOfPagesTests"
        ),
        new(
            "A slip agrees with every file",
            "Functions/Pages/Importing/ImportModels.cs",
            "(Rows ?? import.Rows) == import.Rows",
            "(Rows ?? import.Rows) >= 0",
            "TruthOfPagesTests"
        ),
        new(
            "After a conflict the form still has the version that nobody has any more",
            "Functions/Pages/Assets/send.js",
            "version?.setAttribute(\"value\", problem.version);",
            "",
            "ReopenPageTests"
        ),
        new(
            "The page of a change that may be lost says nothing",
            "Functions/Pages/Assets/send.js",
            "say(form, sentence(\"Lost\"), \"wait\");",
            "",
            "NetworkTests"
        ),
        new(
            "The page of a release looks once and no more",
            "Functions/Pages/Assets/live.js",
            "setTimeout(look, wait());",
            "",
            "LiveTests"
        ),
        new(
            "Each step of a release is read out",
            "Functions/Pages/Assets/live.js",
            "Date.now() - saidAt < 15000",
            "Date.now() < saidAt",
            "LiveTests"
        ),
        new(
            "Old numbers look like new ones",
            "Functions/Pages/Assets/live.js",
            "if (++failures >= 2) offline(true);",
            "failures++;",
            "LiveTests"
        ),
        new(
            "A release moves when a walk is over, and not while it goes on",
            "Functions/Application/Releasing/BucketReleases.cs",
            "(stored, hasMoved) = (saved ?? stored, false)",
            "(stored, hasMoved) = (stored, false)",
            "FollowPagesTests"
        ),
        new(
            "A form does not say what it had shown",
            "Functions/Pages/Parts/Confirm.razor",
            "@if (Versioned)",
            "@if (Versioned && Text.Length == 0)",
            "DeferralPageTests"
        ),
        new(
            "A bill that leaves a hold needs nobody else on its page",
            "Functions/Pages/Accounts/ExemptionEffect.razor",
            "@if (Model.TakesTwo)",
            "@if (Act.Key.Length == 0)",
            "ExemptionPageTests"
        ),
        new(
            "Stopped and dropped change places",
            "Functions/Pages/Releases/ReleaseProgressPart.razor",
            "(\"StoppedLine\", it.Stopped), (\"Dropped\", it.Dropped)",
            "(\"StoppedLine\", it.Dropped), (\"Dropped\", it.Stopped)",
            "OutageTests"
        ),
        new(
            "Who sealed a plan is shown the approval",
            "Functions/Pages/Releases/ApproveForm.razor",
            "@if (Approval.IsPreparedBy(Frame.Who))",
            "@if (Approval.IsPreparedBy(\"\"))",
            "OutageTests"
        ),
        new(
            "Sizes as billed are those of one bucket",
            "Functions/Domain/Releases/PlanSketch.cs",
            "Billed = Add(left.Billed, right.Billed),",
            "Billed = left.Billed,",
            "SizeBinsTests"
        ),
        new(
            "Today reads the work of every bucket again",
            "Functions/Application/Work/LedgerWork.cs",
            "sums.Work ?? WorkSums.Of(await ReadAsync(cancel))",
            "WorkSums.Of(await ReadAsync(cancel))",
            "PageReadsTests"
        ),
        new(
            "A release that stands still says nothing",
            "Functions/Application/Releasing/ReadReleases.cs",
            "since + Still <= now.Utc ? since : null",
            "since > now.Utc ? since : null",
            "ReleasePageTests"
        ),
        new(
            "Paid elsewhere and too little to be charged change places in a plan",
            "Functions/Pages/Releases/HeldToSent.razor",
            "(\"Paid\", Totals.PaidElsewhere), (\"Under\", Totals.UnderMinimum)",
            "(\"Paid\", Totals.UnderMinimum), (\"Under\", Totals.PaidElsewhere)",
            "PageReadsTests"
        ),
        new(
            "Paid elsewhere and debited change places among an account's bills",
            "Functions/Pages/Accounts/AccountBills.razor",
            "<Amount Of=\"bill.PaidElsewhere\" /></td> <td class=\"num wide\"><Amount Of=\"bill.Collected\" />",
            "<Amount Of=\"bill.Collected\" /></td><td class=\"num wide\"><Amount Of=\"bill.PaidElsewhere\" />",
            "AmountPlacesTests"
        ),
        new(
            "Whoever may not do an act has its button all the same",
            "Functions/Pages/Parts/Confirm.razor",
            "@if (Frame.Allows(Function))",
            "@if (Function.Length > 0)",
            "CrawlTests"
        ),
        new(
            "One look at a release reads the controls each time",
            "Functions/Pages/ShowPage.cs",
            "(await books.Controls.LoadRecentAsync(cancel)).Controls",
            "(await books.Controls.LoadAsync(cancel)).Controls",
            "PageReadsTests"
        ),
        new(
            "What engineers look after in accounts that were not seen is nobody's",
            "Functions/Application/Work/ReadWork.cs",
            "read.Sum(items => items.Count) + city.WatchedElsewhere",
            "read.Sum(items => items.Count)",
            "PageReadsTests"
        ),
    ];
}
