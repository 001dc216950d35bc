using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Finance;

/// <summary>The second person's yes.</summary>
/// <param name="Hash">Of what was shown, as the request has it.</param>
/// <param name="TotalCents">The money as that person has typed it; another sum than what is asked for is 409.</param>
internal sealed record ApproveRequest(string Hash, string Reason, long? TotalCents = null) : ChangeTerms
{
    /// <exception cref="RefusedException">It is not the sum that is asked for.</exception>
    public void RefuseOtherTotal(Approval? asked)
    {
        if (
            asked is { Decided: null }
            && TotalCents is { } typed
            && asked.Amount is { } amount
            && amount.Cents != typed
        )
        {
            throw new RefusedException(
                $"You typed ${new Money(typed)}, and what is asked for is ${amount}. You have approved nothing."
            );
        }
    }
}

/// <summary>What one person has asked for and another decides.</summary>
public sealed class ApprovalFunctions(IControlsStore store, DecideApproval decide, CityClock clock)
{
    [Function("GetApprovals")]
    [AllowedToEverybody]
    public async Task<IActionResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/approvals")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var now = clock.Now.Utc;
        var controls = (await store.LoadAsync(cancel)).Controls;
        return HttpJson.Ok(
            Paging.Page(
                request,
                [
                    .. controls
                        .Approvals.Where(it => it.IsToDo || !it.IsExpired(now))
                        .Select(it => ApprovalView.Of(it) with { Version = controls.Version }),
                ],
                it => it.Id
            )
        );
    }

    [Function("ApproveRequest")]
    [AllowedTo(Role.Approver)]
    public async Task<IActionResult> ApproveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/approvals/{id}/approve")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<ApproveRequest>(request);
        var given = new ApprovalGiven(HttpJson.Id(id, "id"), body.Hash);
        var approvals = (await store.LoadAsync(cancel)).Controls.Approvals;
        body.RefuseOtherTotal(approvals.LastOrDefault(it => it.Id == id));
        var controls = await decide.ApproveAsync(given, body.ToRequest(request, clock, body.Reason), cancel);
        return HttpJson.Ok(HaltView.Of(controls));
    }

    [Function("RejectRequest")]
    [AllowedTo(Role.Preparer, Role.Approver, Role.Operator)]
    public async Task<IActionResult> RejectAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/approvals/{id}/reject")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<ReasonedChange>(request);
        var asked = body.ToRequest(request, clock, body.Reason);
        return HttpJson.Ok(HaltView.Of(await decide.RejectAsync(HttpJson.Id(id, "id"), asked, cancel)));
    }
}

/// <summary>A request for a second person, as both of them see it.</summary>
internal sealed record ApprovalView(
    string Id,
    string Shown,
    string Hash,
    Authority Asked,
    DateTimeOffset ExpiresAt,
    Authority? Decided,
    bool IsRejected,
    string? Outcome,
    Money? AmountCents
)
{
    /// <summary>Of the controls, in a list of their own.</summary>
    public long? Version { get; init; }

    /// <summary>The answer to a wish that waits for another person.</summary>
    public static IActionResult Waits(Approval asked) =>
        HttpJson.Ok(
            new { message = "waits for another person's approval", approval = Of(asked) },
            StatusCodes.Status202Accepted
        );

    public static ApprovalView Of(Approval approval) =>
        new(
            approval.Id,
            approval.Shown,
            approval.Hash,
            approval.Asked,
            approval.ExpiresAt,
            approval.Decided,
            approval.IsRejected,
            approval.Outcome,
            approval.Amount
        );
}

/// <summary>Whether anything is charged, and what waits for a second person.</summary>
internal sealed record HaltView(
    bool Halted,
    Halt? Halt,
    string? WhyNothingIsCharged,
    IReadOnlyList<ApprovalView> Approvals,
    long Version
)
{
    public static HaltView Of(Controls controls) =>
        new(
            controls.IsHalted,
            controls.Halt,
            controls.WhyNothingIsCharged,
            [.. controls.Approvals.Where(it => it.Decided is null).Select(ApprovalView.Of)],
            controls.Version
        );
}
