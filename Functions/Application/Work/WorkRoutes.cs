namespace Autopay.Application.Work;

/// <summary>A request that takes an item off the list, as it can be sent.</summary>
/// <param name="Body">What it carries; WHY, ACCOUNT and the like are for the person to fill in. Null: nothing.</param>
public sealed record WorkAction(string Method, string Path, string? Body);

/// <summary>What a person can do about an item, the likeliest first.</summary>
public static class WorkRoutes
{
    private const string Why = """{"reason":"WHY"}""";

    /// <param name="controls">The flags of now: which merges a bill can be taken out of.</param>
    public static IReadOnlyList<WorkAction> Of(WorkItem item, Controls controls) =>
        item.Kind switch
        {
            WorkKind.Blocked =>
            [
                Bill(item, "rearm"),
                .. RearmImport(item),
                Bill(item, "skip"),
                .. LiftSuspension(item),
            ],
            WorkKind.NotCollected => [Bill(item, "rearm"), Bill(item, "skip")],
            WorkKind.NoNextBill => [.. Exemptions(item, controls), Bill(item, "skip")],
            WorkKind.Suspended => [.. LiftSuspension(item), Bill(item, "skip")],
            WorkKind.Warning => [Bill(item, "dismiss")],
            WorkKind.Review => [Debit(item, "approve"), Debit(item, "cancel")],
            WorkKind.PaidTwice or WorkKind.Refund =>
            [
                .. Refund(item),
                Post($"accounts/{item.Account}/payments/{item.Id}/keep"),
            ],
            WorkKind.RefundFailed or WorkKind.ReturnedAfterRefund => [Stuck(item, "discard")],
            WorkKind.Suspense => [Assign(item), DiscardSuspense(item)],
            WorkKind.Correction or WorkKind.Conflict => [Correction(item, "take"), Correction(item, "keep")],
            WorkKind.WaitingRow or WorkKind.SetAside =>
            [
                Post($"waiting/{item.Id}/discard"),
                Post($"waiting/{item.Id}/apply"),
            ],
            WorkKind.Clearing =>
            [
                new WorkAction("GET", $"/api/imports/{item.Import}", null),
                Post($"imports/{item.Import}/set-aside"),
                .. item.Cycles.Select(Reopen),
            ],
            WorkKind.LateClear => [.. item.Cycles.Select(Clear), Withdraw(item)],
            WorkKind.Overdue => [Stuck(item, "replay")],
            WorkKind.OverdueWork => [new WorkAction("POST", "/api/tick", null)],
            WorkKind.LateRefund => [new WorkAction("GET", $"/api/accounts/{item.Account}", null)],
            WorkKind.ForeignEvent or WorkKind.Finding => [Stuck(item, "discard")],
            WorkKind.Unknown
            or WorkKind.Flagged
            or WorkKind.Charging
            or WorkKind.Poison
            or WorkKind.Unreadable
            or WorkKind.ParkedEvent => [Stuck(item, "replay"), Stuck(item, "discard")],
            _ => throw new InvalidOperationException($"Nothing is known that can be done about '{item.Kind}'."),
        };

    private static WorkAction Bill(WorkItem item, string verb) =>
        Post($"accounts/{item.Account}/bills/{item.Bill}/{verb}");

    private static WorkAction Debit(WorkItem item, string verb) =>
        Post($"accounts/{item.Account}/debits/{item.Debit}/{verb}");

    private static WorkAction Stuck(WorkItem item, string verb) => Post($"stuck/{item.Id}/{verb}");

    private static IEnumerable<WorkAction> RearmImport(WorkItem item) =>
        item.Import is { } import ? [Post($"imports/{import}/rearm")] : [];

    // Re-arming a bill of a suspended account collects nothing before the suspension is lifted.
    private static IEnumerable<WorkAction> LiftSuspension(WorkItem item) =>
        item.IsSuspended
            ? [new WorkAction("PUT", $"/api/accounts/{item.Account}/suspension", """{"on":false,"reason":"WHY"}""")]
            : [];

    private static IEnumerable<WorkAction> Exemptions(WorkItem item, Controls controls) =>
        from deferral in controls.Deferrals
        where deferral is { IsInForce: true, Action: DeferralAction.Merge } && item.Cycles.Any(deferral.Cycles.Contains)
        where item.DueDate >= deferral.DueFrom && item.DueDate <= deferral.DueTo
        let path = $"/api/accounts/{item.Account}/bills/{item.Bill}/exemptions/{deferral.Id}"
        select new WorkAction("PUT", path, """{"on":true,"reason":"WHY"}""");

    private static IEnumerable<WorkAction> Refund(WorkItem item) =>
        item.Debit is { } debit && item.Cents is { } cents
            ? [new WorkAction("POST", $"/api/accounts/{item.Account}/debits/{debit}/refunds", RefundOf(item.Id, cents))]
            : [];

    private static string RefundOf(string payment, Money cents) =>
        $$"""{"id":"refund-{{payment}}","kind":"refund","amountCents":{{cents.Cents}},"reason":"WHY"}""";

    private static WorkAction Assign(WorkItem item) =>
        new(
            "POST",
            $"/api/suspense/{item.Id}/assign",
            $$"""{"account":"ACCOUNT","namedAccount":"{{item.Account}}","reason":"WHY"}"""
        );

    private static WorkAction DiscardSuspense(WorkItem item) =>
        new("POST", $"/api/suspense/{item.Id}/discard", $$"""{"namedAccount":"{{item.Account}}","reason":"WHY"}""");

    private static WorkAction Correction(WorkItem item, string verb)
    {
        var corrected = item.Bill is { } bill ? $"bill/{bill}" : $"payment/{item.Payment}";
        return Post($"accounts/{item.Account}/corrections/{corrected}/{verb}");
    }

    private static WorkAction Reopen(CycleNumber cycle) =>
        new("PUT", $"/api/cycles/{cycle}/backlog", """{"state":"open","reason":"WHY"}""");

    private static WorkAction Clear(CycleNumber cycle) =>
        new("PUT", $"/api/cycles/{cycle}/backlog", """{"state":"cleared","reason":"WHY"}""");

    private static WorkAction Withdraw(WorkItem item) =>
        new("DELETE", $"/api/deferrals/{item.Deferral}?reason=WHY", null);

    private static WorkAction Post(string path) => new("POST", $"/api/{path}", Why);
}
