using Autopay.Application.Auditing;
using Autopay.Application.Backups;
using Autopay.Application.Evaluating;
using Autopay.Application.Reconciling;
using Autopay.Application.Stuck;
using static Autopay.Application.Work.WorkRoutes;

namespace Autopay.Application.Work;

/// <summary>What engineers look after, in the order in which it is shown. All of it is on the stuck list.</summary>
public static class EngineerKinds
{
    private static readonly string[] ReplayOrDiscard = ["replay", "discard"];
    private static readonly string[] Discard = ["discard"];

    public static readonly KindOfWork Unknown = Resolved(
        ReplayOrDiscard,
        WorkKind.Unknown,
        "unknown",
        "an attempt whose outcome is not known",
        "replay asks Stripe once more, and records only what the intent says",
        "unknown-outcome"
    );

    public static readonly KindOfWork Flagged = Resolved(
        ReplayOrDiscard,
        WorkKind.Flagged,
        "flagged",
        "Stripe does not take the charge when it is created for a reason which is not the payment method's, or says "
            + "something else than our books",
        "prove the attempt dead at Stripe, then replay",
        "flagged-attempt"
    );

    public static readonly KindOfWork Charging = Resolved(
        ReplayOrDiscard,
        WorkKind.Charging,
        "charging",
        "an attempt that does not get on",
        "replay asks Stripe, and the attempt goes on or is proven dead",
        "unknown-outcome"
    );

    public static readonly KindOfWork Overdue = Resolved(
        ["replay"],
        WorkKind.Overdue,
        "overdue",
        "the bank has not answered for five banking days",
        "look at the intent at Stripe; replay asks for it",
        "submitted-late"
    ) with
    {
        Advice = _ => "The bank decides: only POST /api/stuck/{id}/replay asks the provider again.",
    };

    public static readonly KindOfWork LateRefund = new(
        WorkKind.LateRefund,
        "refund",
        "a refund that is not paid after ten days",
        "look at it at Stripe; ask again with a new id, or pay by check, once Stripe has refused it",
        "refunds"
    )
    {
        Requests = (item, _) => [new WorkAction("GET", $"/api/accounts/{item.Account}", null)],
        Advice = entry =>
            $"It leaves when Stripe has paid the refund or refused it: look at debit {entry.Debit} with GET "
            + $"/api/accounts/{entry.Account}.",
    };

    public static readonly KindOfWork Late = new(
        WorkKind.OverdueWork,
        OverdueWork.Kind,
        "accounts that nobody looked at although something was due (I16)",
        "a tick does what the timers do",
        "timers-dead"
    )
    {
        Requests = (_, _) => [new WorkAction("POST", "/api/tick", null)],
        Advice = _ => "It leaves when the accounts were looked at: POST /api/tick.",
    };

    public static readonly KindOfWork Poison = Resolved(
        ReplayOrDiscard,
        WorkKind.Poison,
        CollectPoisonMessages.Kind,
        "a message that failed for good",
        "find out why; if the reason is gone, replay, else discard with the explanation",
        "poison-replay"
    );

    public static readonly KindOfWork Unreadable = Resolved(
        ReplayOrDiscard,
        WorkKind.Unreadable,
        EvaluateBucket.StuckKind,
        "an account that cannot be looked at",
        "the reason says why; replay looks at it again",
        "poison-replay"
    );

    public static readonly KindOfWork ParkedEvent = Resolved(
        ReplayOrDiscard,
        WorkKind.ParkedEvent,
        "event parked",
        "a webhook of another API version or amount",
        "update the endpoint's version, then replay",
        "provider-disagrees"
    );

    public static readonly KindOfWork ForeignEvent = Resolved(
        Discard,
        WorkKind.ForeignEvent,
        "event foreign",
        "a webhook of an intent that is not ours",
        "discard it with the explanation",
        "provider-disagrees"
    );

    public static readonly KindOfWork Difference = Resolved(
        Discard,
        WorkKind.Finding,
        Reconcile.Kind,
        "a difference with Stripe",
        "compare the account with its intents at Stripe; correct it, or discard with the explanation; where two charges "
            + "live: [suspected double charge](#suspected-double-charge)",
        "reconcile-difference"
    );

    public static readonly KindOfWork FailedReconcile = Resolved(
        Discard,
        WorkKind.Finding,
        ReconcileAftermath.Failed,
        "a comparison with Stripe that did not end",
        "run it again: it leaves when one ends",
        "stripe-down"
    );

    public static readonly KindOfWork Violation = Resolved(
        Discard,
        WorkKind.Finding,
        CheckInvariants.StuckKind,
        "the check of the books found something",
        "understand it first (or [late, unlisted or unchecked items](#check-incomplete)); "
            + "it leaves when the check finds nothing",
        "invariant-violated"
    );

    public static readonly KindOfWork TornBackup = Resolved(
        Discard,
        WorkKind.Finding,
        ExportBackup.Kind,
        "a backup whose rows do not fit together",
        "look at the accounts that it counts; it leaves when a backup is whole",
        "backup-missing"
    );

    public static readonly KindOfWork FailedCopy = Resolved(
        Discard,
        WorkKind.Finding,
        CopyBackup.Kind,
        "a backup that does not get into the second account",
        "the reason is Azure's: the role, the network, or the account; it leaves when a copy is whole",
        "copy-failed"
    );

    public static readonly KindOfWork FailedControlsCopy = Resolved(
        Discard,
        WorkKind.Finding,
        CopyControls.Kind,
        "controls that do not get into the second account",
        "as with a backup; it leaves when they are copied",
        "copy-failed"
    );

    public static readonly KindOfWork AlteredAudit = Resolved(
        Discard,
        WorkKind.Finding,
        WatchAudit.Kind,
        "the record of decisions, a certificate or a sealed plan is not what was written",
        "keep the tables and the anchors as they are, and call the auditor; it leaves when a night finds the record whole",
        "audit-broken"
    );

    private static KindOfWork Resolved(
        IReadOnlyList<string> actions,
        WorkKind kind,
        string stuck,
        string meaning,
        string whatToDo,
        string runbook
    ) =>
        new(kind, stuck, meaning, whatToDo, runbook)
        {
            Actions = actions,
            Requests = (item, _) => actions.Select(verb => ResolveStuck(item, verb)),
        };
}
