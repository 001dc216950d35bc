using Autopay.Application;
using Autopay.Application.Ports.Files;
using Autopay.Application.Waiting;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Triggers.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Importing;

public sealed class GetSuspenseFunction(ISuspenseStore suspense)
{
    [Function("GetSuspense")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/suspense")] HttpRequest request,
        CancellationToken cancel
    )
    {
        List<SuspensePayment> waiting = [];
        await foreach (var payment in suspense.ReadAllAsync(cancel))
        {
            waiting.Add(payment);
        }

        var (page, next) = Paging.Page(request, waiting, payment => $"{payment.Payment.Id}|{payment.NamedAccount}");
        var open = waiting.Where(payment => payment.IsOpen).ToList();
        return HttpJson.Ok(
            new
            {
                count = open.Count,
                totalCents = open.Sum(payment => payment.Payment.Amount),
                payments = page.Select(ToView),
                next,
            }
        );
    }

    private static object ToView(SuspensePayment waiting) =>
        new
        {
            payment = waiting.Payment.Id,
            waiting.NamedAccount,
            amountCents = waiting.Payment.Amount,
            waiting.Payment.Channel,
            waiting.Payment.Drawer,
            waiting.Payment.ReceivedOn,
            waiting.ImportId,
            waiting.Line,
            waiting.Since,
            waiting.AssignedTo,
            waiting.AssignedBy,
            waiting.ReversedBy,
            state = StateOf(waiting),
        };

    private static string StateOf(SuspensePayment waiting) =>
        waiting switch
        {
            { ReversedBy: not null } => "reversed",
            { IsPosted: true } => "assigned",
            { AssignedTo: not null } => "being assigned",
            _ => "open",
        };
}

public sealed class AssignSuspenseFunction(AssignSuspense assign, CityClock clock)
{
    [Function("AssignSuspense")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/suspense/{payment}/assign")]
            HttpRequest request,
        string payment,
        CancellationToken cancel
    )
    {
        var id = new PaymentId(HttpJson.Id(payment, "payment"));
        var body = await HttpJson.ReadAsync<AssignRequest>(request);
        var account = new AccountId(HttpJson.Id(body.Account, "account"));
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        var result = await assign.RunAsync(id, body.NamedAccount, account, authority, cancel);
        return result is null
            ? HttpJson.NotFound($"There is no payment {payment} in suspense, or no account {account}.")
            : AccountRequests.ToResult(result);
    }
}

internal sealed record DiscardRequest(string Reason, string? NamedAccount = null);

public sealed class DiscardSuspenseFunction(AssignSuspense assign, CityClock clock)
{
    [Function("DiscardSuspense")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/suspense/{payment}/discard")]
            HttpRequest request,
        string payment,
        CancellationToken cancel
    )
    {
        var id = new PaymentId(HttpJson.Id(payment, "payment"));
        var body = await HttpJson.ReadAsync<DiscardRequest>(request);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        return await assign.DiscardAsync(id, body.NamedAccount, authority, cancel)
            ? HttpJson.Ok(new { payment = id, message = "discarded" })
            : HttpJson.NotFound($"There is no payment {payment} in suspense.");
    }
}
