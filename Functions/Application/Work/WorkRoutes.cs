namespace Autopay.Application.Work;

/// <summary>A request that takes an item off the list, as it can be sent.</summary>
/// <param name="Body">What it carries; WHY, ACCOUNT and the like are for the person to fill in. Null: nothing.</param>
public sealed record WorkAction(string Method, string Path, string? Body);

/// <summary>What a person can do about an item, and the requests of which that is made.</summary>
public static class WorkRoutes
{
    private const string Why = """{"reason":"WHY"}""";

    /// <param name="controls">The controls of now: which merges a bill can be taken out of.</param>
    public static IReadOnlyList<WorkAction> Of(WorkItem item, Controls controls) =>
        [.. KindOfWork.Of(item.Kind).Requests(item, controls)];

    internal static WorkAction Bill(WorkItem item, string verb) =>
        Post($"accounts/{item.Account}/bills/{item.Bill}/{verb}");

    internal static IEnumerable<WorkAction> AcceptPrevious(WorkItem item) =>
        item.Lacking is { } lacking
            ?
            [
                new WorkAction(
                    "POST",
                    $"/api/accounts/{item.Account}/bills/{item.Bill}/accept-previous",
                    $$"""{"amountCents":{{lacking.Cents}},"reason":"WHY"}"""
                ),
            ]
            : [];

    internal static WorkAction Approve(WorkItem item, Controls controls)
    {
        var hash = controls.Approvals.FirstOrDefault(approval => approval.Id == item.Id)?.Hash ?? "HASH";
        return new WorkAction("POST", $"/api/approvals/{item.Id}/approve", $$"""{"hash":"{{hash}}","reason":"WHY"}""");
    }

    internal static WorkAction Debit(WorkItem item, string verb) =>
        Post($"accounts/{item.Account}/debits/{item.Debit}/{verb}");

    internal static WorkAction ResolveStuck(WorkItem item, string verb) => Post($"stuck/{item.Id}/{verb}");

    internal static IEnumerable<WorkAction> RearmImport(WorkItem item) =>
        item.Import is { } import ? [Post($"imports/{import}/rearm")] : [];

    internal static IEnumerable<WorkAction> SkipLookAlikes(WorkItem item) =>
        item.Import is { } import ? [Post($"imports/{import}/skip-look-alikes")] : [];

    // Re-arming a bill of a suspended account collects nothing before the suspension is lifted.
    internal static IEnumerable<WorkAction> LiftSuspension(WorkItem item) =>
        item.IsSuspended
            ? [new WorkAction("PUT", $"/api/accounts/{item.Account}/suspension", """{"on":false,"reason":"WHY"}""")]
            : [];

    internal static IEnumerable<WorkAction> Exemptions(WorkItem item, Controls controls) =>
        from deferral in controls.Deferrals
        where deferral is { IsInForce: true, Action: DeferralAction.Merge } && item.Cycles.Any(deferral.Cycles.Contains)
        where item.DueDate >= deferral.DueFrom && item.DueDate <= deferral.DueTo
        let path = $"/api/accounts/{item.Account}/bills/{item.Bill}/exemptions/{deferral.Id}"
        select new WorkAction("PUT", path, """{"on":true,"reason":"WHY"}""");

    internal static IEnumerable<WorkAction> Refund(WorkItem item) =>
        item.Debit is { } debit && item.Cents is { } cents
            ? [new WorkAction("POST", $"/api/accounts/{item.Account}/debits/{debit}/refunds", RefundOf(item.Id, cents))]
            : [];

    private static string RefundOf(string payment, Money cents) =>
        $$"""{"id":"refund-{{payment}}","kind":"refund","amountCents":{{cents.Cents}},"reason":"WHY"}""";

    internal static WorkAction Assign(WorkItem item) =>
        new(
            "POST",
            $"/api/suspense/{item.Id}/assign",
            $$"""{"account":"ACCOUNT","namedAccount":"{{item.Account}}","reason":"WHY"}"""
        );

    internal static WorkAction DiscardSuspense(WorkItem item) =>
        new("POST", $"/api/suspense/{item.Id}/discard", $$"""{"namedAccount":"{{item.Account}}","reason":"WHY"}""");

    internal static WorkAction Correction(WorkItem item, string verb)
    {
        var corrected = item.Bill is { } bill ? $"bill/{bill}" : $"payment/{item.Payment}";
        return Post($"accounts/{item.Account}/corrections/{corrected}/{verb}");
    }

    internal static IEnumerable<WorkAction> Certificate(CycleNumber cycle) =>
        [
            new WorkAction("GET", $"/api/cycles/{cycle}/certificate", null),
            new WorkAction(
                "POST",
                $"/api/cycles/{cycle}/certificate/override",
                """{"receivedThrough":{"CHANNEL":"DAY"},"reason":"WHY"}"""
            ),
        ];

    internal static IEnumerable<WorkAction> LateReceipts(CycleNumber cycle) =>
        [
            new WorkAction("GET", $"/api/cycles/{cycle}/certificate", null),
            Post($"cycles/{cycle}/certificate/override"),
            Clear(cycle),
        ];

    internal static WorkAction Reopen(CycleNumber cycle) =>
        new("PUT", $"/api/cycles/{cycle}/backlog", """{"state":"open","reason":"WHY"}""");

    internal static WorkAction Clear(CycleNumber cycle) =>
        new("PUT", $"/api/cycles/{cycle}/backlog", """{"state":"cleared","reason":"WHY"}""");

    internal static WorkAction Withdraw(WorkItem item) =>
        new("DELETE", $"/api/deferrals/{item.Deferral}?reason=WHY", null);

    internal static WorkAction Post(string path) => new("POST", $"/api/{path}", Why);
}
