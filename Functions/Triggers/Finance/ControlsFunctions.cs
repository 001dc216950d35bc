using System.Text.Json;
using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Application.Reconciling;
using Autopay.Application.Runs;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Triggers.Operating;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Finance;

/// <summary>
/// All controls as they are, with every change: deferrals, waivers, shields, backlog, halt, reconcile before charge.
/// </summary>
public sealed class GetControlsFunction(IControlsStore store)
{
    [Function("GetControls")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/controls")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var controls = (await store.LoadAsync(cancel)).Controls;
        List<ControlsHistoryRow> history = [];
        await foreach (var row in store.ReadHistoryAsync(cancel))
        {
            history.Add(row);
        }

        var (acts, next) = Paging.Page(request, history, row => $"{row.Version}");
        return HttpJson.Ok(
            new
            {
                controls.Version,
                controls.Halt,
                controls.ReconcileSince,
                controls.WhyNothingIsCharged,
                controls.Deferrals,
                controls.Backlog,
                controls.Waivers,
                controls.Shields,
                controls.PublicNotices,
                approvals = controls.Approvals.Select(ApprovalView.Of),
                history = acts,
                next,
            }
        );
    }
}

public sealed class PostDeferralFunction(ChangeControls change, CityClock clock)
{
    [Function("PostDeferral")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/deferrals")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<DeferralRequest>(request);
        var declared = body.ToChange(clock.Now.Utc);
        var done = await change.RunAsync(declared, body.ToRequest(request, clock, body.Reason), cancel);
        return HttpJson.Ok(done.Controls.Find(declared.Id)!, Requests.StatusOf(done));
    }
}

public sealed class DeleteDeferralFunction(WithdrawDeferral withdraw, CityClock clock)
{
    [Function("DeleteDeferral")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/deferrals/{id}")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var withdrawn = new DeferralWithdrawn(new DeferralId(HttpJson.Id(id, "id")));
        var terms = Requests.Reasoned(request.Query);
        var asked = terms.ToRequest(request, clock, terms.Reason);
        var controls = await withdraw.RunAsync(withdrawn, asked, cancel);
        return HttpJson.Ok(controls.Find(withdrawn.Id)!);
    }
}

public sealed class PostWaiverFunction(DeclareProtection declare, CityClock clock)
{
    [Function("PostWaiver")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/waivers")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<WaiverRequest>(request);
        var done = await declare.WaiveAsync(
            body.ToChange(clock.Now.Utc),
            body.ToRequest(request, clock, body.Reason),
            cancel
        );
        return HttpJson.Ok(done.Controls.Waivers, Requests.StatusOf(done));
    }
}

public sealed class DeleteWaiverFunction(ChangeControls change, CityClock clock)
{
    [Function("DeleteWaiver")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/waivers/{id}")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var withdrawn = new WaiverWithdrawn(HttpJson.Id(id, "id"));
        var terms = Requests.Reasoned(request.Query);
        var done = await change.RunAsync(withdrawn, terms.ToRequest(request, clock, terms.Reason), cancel);
        return HttpJson.Ok(done.Controls.FindWaiver(withdrawn.Id)!);
    }
}

public sealed class DeleteShieldFunction(ChangeControls change, CityClock clock)
{
    [Function("DeleteShield")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/shields/{id}")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var withdrawn = new ShieldWithdrawn(HttpJson.Id(id, "id"));
        var terms = Requests.Reasoned(request.Query);
        var done = await change.RunAsync(withdrawn, terms.ToRequest(request, clock, terms.Reason), cancel);
        return HttpJson.Ok(done.Controls.FindShield(withdrawn.Id)!);
    }
}

public sealed class PostShieldFunction(DeclareProtection declare, CityClock clock)
{
    [Function("PostShield")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/shields")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<ShieldRequest>(request);
        var done = await declare.ShieldAsync(
            body.ToChange(clock.Now.Utc),
            body.ToRequest(request, clock, body.Reason),
            cancel
        );
        return HttpJson.Ok(done.Controls.Shields, Requests.StatusOf(done));
    }
}

/// <summary>Anybody in finance halts alone, at once; it takes two to go on.</summary>
public sealed class HaltFunctions(ChangeControls change, ResumeCharging resume, CityClock clock)
{
    [Function("PutHalt")]
    [AllowedTo(Role.Preparer, Role.Approver, Role.Operator)]
    public async Task<IActionResult> HaltAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/halt")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<HaltRequest>(request);
        if (!body.Halted)
        {
            throw new BadRequestException(
                "halted: expected true. POST /api/halt/resume asks for the end of a halt, and another person approves."
            );
        }

        var asked = body.ToRequest(request, clock, body.Reason);
        return HttpJson.Ok(HaltView.Of((await change.RunAsync(new ChargingHalted(), asked, cancel)).Controls));
    }

    [Function("ResumeCharging")]
    [AllowedTo(Role.Preparer, Role.Approver, Role.Operator)]
    public async Task<IActionResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/halt/resume")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<ReasonedChange>(request);
        var id = body.ApprovalId("resume", clock.Now.Utc);
        return HttpJson.Ok(HaltView.Of(await resume.RunAsync(id, body.ToRequest(request, clock, body.Reason), cancel)));
    }
}

internal sealed record ReconcileBeforeChargeRequest(bool On, string Reason, DateTimeOffset? Since = null);

/// <summary>
/// On: nothing is charged until reconcile has matched every intent since then. Off: only reconcile itself ends it.
/// </summary>
public sealed class PutReconcileBeforeChargeFunction(ChangeControls change, RunRequests runs, CityClock clock)
{
    [Function("PutReconcileBeforeCharge")]
    [AllowedTo(Role.Operator)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/reconcile-before-charge")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<ReconcileBeforeChargeRequest>(request);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        if (!body.On)
        {
            var run = await runs.RunAsync(RunKind.Reconcile, $"{authority.By}: {authority.Why}");
            if (run.Answer is not { } answer)
            {
                return RunRequests.Later(request, run);
            }

            var report = JsonSerializer.Deserialize(answer.Json, ReportJson.Default.ReconcileReport)!;
            return report.State == RunState.Agrees
                ? HttpJson.Ok(report)
                : throw new RefusedException(
                    $"Run {report.Id}: {report.State.ToString().ToLowerInvariant()}, "
                        + $"{Plural.Of(report.DifferenceCount, "difference")}. The "
                        + "mode ends when every intent is matched."
                );
        }

        var since =
            body.Since is { } given && given <= clock.Now.Utc
                ? given
                : throw new BadRequestException("since: expected the instant of the backup, not in the future.");
        var controls = await change.RunAsync(new ReconcileDemanded(since), authority, cancel);
        return HttpJson.Ok(new { controls.ReconcileSince });
    }
}
