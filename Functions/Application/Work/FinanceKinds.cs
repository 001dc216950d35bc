using Autopay.Application.Charging;
using Autopay.Application.ProviderEvents;
using Autopay.Application.Stuck;
using static Autopay.Application.Work.WorkRoutes;

namespace Autopay.Application.Work;

/// <summary>What finance decides, in the order in which it is shown.</summary>
public static class FinanceKinds
{
    private const string MorningList = "the-mornings-work-list";
    private const string Refunds = "refunds";

    public static readonly KindOfWork Blocked = new(
        WorkKind.Blocked,
        "",
        "uncollected, declined, came back, refunded, discarded, or cancelled in review",
        "`rearm` collects it anew (R11: after the account is corrected), all of an import at once where the item names "
            + "one; `skip` leaves it out for good",
        MorningList
    )
    {
        Requests = (item, _) =>
            [Bill(item, "rearm"), .. RearmImport(item), Bill(item, "skip"), .. LiftSuspension(item)],
    };

    public static readonly KindOfWork NotCollected = new(
        WorkKind.NotCollected,
        "",
        "autopay was off on its due date, or too little to be charged (R32)",
        "`rearm`, or `skip` and ask for it by letter",
        MorningList
    )
    {
        Requests = (item, _) => [Bill(item, "rearm"), Bill(item, "skip")],
    };

    public static readonly KindOfWork Suspended = new(
        WorkKind.Suspended,
        "",
        "the account is suspended or frozen",
        "a new payment method lifts what the old one caused; otherwise `suspension`",
        MorningList
    )
    {
        Requests = (item, _) => [.. LiftSuspension(item), Bill(item, "skip")],
    };

    public static readonly KindOfWork Warning = new(
        WorkKind.Warning,
        "",
        "the billing system says something else than our books",
        "find out who is right; correct by file, then `dismiss`; what our books lack of a previous balance can be "
            + "accepted once (`accept-previous`, R46)",
        MorningList
    )
    {
        Requests = (item, _) => [Bill(item, "dismiss"), .. AcceptPrevious(item)],
    };

    public static readonly KindOfWork Review = new(
        WorkKind.Review,
        "needs review",
        "a check sent the debit to a person: over the customer's cap; a bill that knows of money that we do not; another "
            + "payer's bill; a due date far from arrival; a bill that looks like another one under another number; "
            + "a confirm that Stripe refuses for a reason which is not the payment method's",
        "look at the account, then `approve` or `cancel`; `skip-look-alikes` leaves out all that a file brought again",
        MorningList
    )
    {
        Requests = (item, _) => [Debit(item, "approve"), Debit(item, "cancel"), .. SkipLookAlikes(item)],
        Actions = ["approve", "cancel"],
        Advice = entry =>
            "A debit in review is approved or cancelled: "
            + $"POST /api/accounts/{entry.Account}/debits/{entry.Id}/approve or .../cancel.",
    };

    public static readonly KindOfWork NoNextBill = new(
        WorkKind.NoNextBill,
        "no next bill",
        "a merged debit found no later bill within a cycle",
        "a final bill: take it out of the merge (`exemptions`); withdraw the merge only for everybody; or ask billing",
        MorningList
    )
    {
        Requests = (item, controls) => [.. Exemptions(item, controls), Bill(item, "skip")],
        Advice = _ =>
            "It goes on with the account's next bill (POST /api/imports/bills), or when the merge is withdrawn "
            + "(DELETE /api/deferrals/{id}).",
    };

    public static readonly KindOfWork PaidTwice = new(
        WorkKind.PaidTwice,
        "paid twice",
        "money by another channel for what a debit collected or is collecting (R28)",
        "give it back (`refunds`), or `keep` it as credit",
        MorningList
    )
    {
        Requests = RefundOrKeep,
        Actions = ["refund", "keep"],
        Advice = RefundOrKeepAdvice,
    };

    public static readonly KindOfWork Refund = new(
        WorkKind.Refund,
        "refund list",
        "collected, and no longer owed after an adjustment (R5), or credit of a former payer (R34)",
        "give it back (`refunds`), or `keep` it as credit",
        MorningList
    )
    {
        Requests = RefundOrKeep,
        Actions = ["refund", "keep"],
        Advice = RefundOrKeepAdvice,
    };

    public static readonly KindOfWork RefundFailed = new(
        WorkKind.RefundFailed,
        ProcessRefunds.FailedKind,
        "a refund that Stripe did not pay",
        "ask again with a new id, or pay by check; then an operator discards the item with the explanation",
        Refunds
    )
    {
        Requests = (item, _) => [ResolveStuck(item, "discard")],
        Actions = ["discard"],
    };

    public static readonly KindOfWork ReturnedAfterRefund = new(
        WorkKind.ReturnedAfterRefund,
        RecordReadings.ReturnedAfterRefund,
        "money that came back after it had been given back: no bill shows it",
        "claim it from the customer; then an operator discards the item with the explanation",
        Refunds
    )
    {
        Requests = (item, _) => [ResolveStuck(item, "discard")],
        Actions = ["discard"],
    };

    public static readonly KindOfWork NoticeFailed = new(
        WorkKind.NoticeFailed,
        "",
        "a notice that did not arrive: the mail server refused its address, or it bounced",
        "correct the e-mail address in the accounts file; a changed amount or day goes by letter meanwhile",
        "notices"
    )
    {
        Requests = (item, _) => [new WorkAction("GET", $"/api/accounts/{item.Account}", null)],
    };

    public static readonly KindOfWork Letters = new(
        WorkKind.Letters,
        "",
        "notices that wait for a letter; their debits wait with them",
        "make a list, print and mail it, then say when it was mailed",
        "notices"
    )
    {
        Requests = (_, _) => [new WorkAction("POST", "/api/notices/letters", """{"mailOn":"DAY","reason":"WHY"}""")],
    };

    public static readonly KindOfWork Suspense = new(
        WorkKind.Suspense,
        "",
        "a payment for an account that nobody knows (R13)",
        "find whose it is, then `assign`",
        MorningList
    )
    {
        Requests = (item, _) => [Assign(item), DiscardSuspense(item)],
    };

    public static readonly KindOfWork LateClear = new(
        WorkKind.LateClear,
        "late clear",
        "a hold has passed its expected clear date (R7)",
        "clear its cycles, or withdraw it; nothing is released by itself",
        "late-clear"
    )
    {
        Requests = (item, _) => [.. item.Cycles.Select(Clear), Withdraw(item)],
        Actions = ["clear", "withdraw"],
        Advice = entry =>
            "A hold ends when finance clears its cycles or withdraws it: PUT /api/cycles/{n}/backlog, or DELETE "
            + $"/api/deferrals/{entry.Id}.",
    };

    public static readonly KindOfWork StaleFeed = new(
        WorkKind.StaleFeed,
        "stale feed",
        "no bills or no payments file came for days: what fell due is held",
        "find out why no file comes, enter what was paid meanwhile, then clear its cycles, or withdraw it",
        "stale-feed"
    )
    {
        Requests = (item, _) => [.. item.Cycles.Select(Clear), Withdraw(item)],
        Actions = ["clear", "withdraw"],
        Advice = LateClear.Advice,
    };

    public static readonly KindOfWork Clearing = new(
        WorkKind.Clearing,
        "",
        "a clear that waits for a file, or whose certificate shows a difference (R26)",
        "let the file be applied, or `set-aside` the one that cannot be; find what the certificate misses, or ask for "
            + "an `override`; `open` takes the clear back",
        MorningList
    )
    {
        Requests = (item, _) =>
            [.. item.Import is null ? item.Cycles.SelectMany(Certificate) : File(item), .. item.Cycles.Select(Reopen)],
    };

    public static readonly KindOfWork LateReceipt = new(
        WorkKind.LateReceipt,
        "",
        "a payment that came in after a clear which says that all of its day and channel is in: other receipts of that "
            + "drawer may be missing too; no plan of the cycle is approved meanwhile, and what has begun goes on",
        "count that drawer and day, enter what is missing, and clear the cycle anew, or ask an approver to accept it "
            + "(`override` without `receivedThrough`)",
        MorningList
    )
    {
        Requests = (item, _) => [.. item.Cycles.SelectMany(LateReceipts)],
    };

    public static readonly KindOfWork Release = new(
        WorkKind.Release,
        "",
        "what holds held is past its due date and waits for an approved release",
        "make a plan, seal it, and let another person approve it ([releases](releases.md))",
        MorningList
    )
    {
        Requests = (item, _) => [.. item.Cycles.Select(cycle => Post($"cycles/{cycle}/release-plan"))],
    };

    public static readonly KindOfWork Approval = new(
        WorkKind.Approval,
        "",
        "somebody has asked for what one person must not do alone: a release, a large refund, an accounts file that "
            + "changes many payment methods, the end of a halt, a clear in spite of differences",
        "another person reads it, then `approve` with the hash of what was read, or `reject`",
        MorningList
    )
    {
        Requests = (item, controls) => [Approve(item, controls), Post($"approvals/{item.Id}/reject")],
    };

    public static readonly KindOfWork Corrected = new(
        WorkKind.Correction,
        "",
        "a file says something else of a bill or payment than what is stored (R31)",
        "`take` the new numbers, or `keep` the old; nothing of it is collected meanwhile",
        MorningList
    )
    {
        Requests = (item, _) => [Correction(item, "take"), Correction(item, "keep")],
    };

    public static readonly KindOfWork Conflict = new(
        WorkKind.Conflict,
        "",
        "two accounts have, or want, the same bill or payment id (R29)",
        "`take` moves it to the account of the new row, `keep` leaves it where it is",
        MorningList
    )
    {
        Requests = (item, _) => [Correction(item, "take"), Correction(item, "keep")],
    };

    public static readonly KindOfWork WaitingRow = new(
        WorkKind.WaitingRow,
        "",
        "a row that came too early (R33)",
        "nothing: it applies itself when what it names comes; `discard` what never will",
        MorningList
    )
    {
        Requests = DiscardOrApply,
    };

    public static readonly KindOfWork SetAside = new(
        WorkKind.SetAside,
        "",
        "a row that resembles another account, or contradicts the rules (R30, R40)",
        "`apply` or `discard`",
        MorningList
    )
    {
        Requests = DiscardOrApply,
    };

    private static IEnumerable<WorkAction> File(WorkItem item) =>
        [new WorkAction("GET", $"/api/imports/{item.Import}", null), Post($"imports/{item.Import}/set-aside")];

    private static IEnumerable<WorkAction> RefundOrKeep(WorkItem item, Controls controls) =>
        [.. WorkRoutes.Refund(item), Post($"accounts/{item.Account}/payments/{item.Id}/keep")];

    private static string RefundOrKeepAdvice(StuckEntry entry)
    {
        var refund = entry.Debit is { } debit ? $"POST /api/accounts/{entry.Account}/debits/{debit}/refunds, or " : "";
        return $"The money is given back or kept: {refund}POST /api/accounts/{entry.Account}/payments/{entry.Id}/keep.";
    }

    private static IEnumerable<WorkAction> DiscardOrApply(WorkItem item, Controls controls) =>
        [Post($"waiting/{item.Id}/discard"), Post($"waiting/{item.Id}/apply")];
}
