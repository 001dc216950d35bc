using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Accounts;

public sealed class SkipBillFunction(AccountRequests accounts)
{
    [Function("SkipBill")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/accounts/{account}/bills/{bill}/skip")]
            HttpRequest request,
        string account,
        string bill
    )
    {
        var id = new BillId(HttpJson.Id(bill, "bill"));
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        return await accounts.RunAsync(request, account, body.Reason, (why, now) => new SkipBill(id, why, now));
    }
}

public sealed class RearmBillFunction(AccountRequests accounts)
{
    [Function("RearmBill")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/accounts/{account}/bills/{bill}/rearm")]
            HttpRequest request,
        string account,
        string bill
    )
    {
        var id = new BillId(HttpJson.Id(bill, "bill"));
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        return await accounts.RunAsync(request, account, body.Reason, (why, now) => new RearmBill(id, why, now));
    }
}

internal sealed record AcceptPreviousRequest(long AmountCents, string Reason);

public sealed class AcceptPreviousFunction(AccountRequests accounts)
{
    [Function("AcceptPrevious")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous,
            "post",
            Route = "api/accounts/{account}/bills/{bill}/accept-previous"
        )]
            HttpRequest request,
        string account,
        string bill
    )
    {
        var id = new BillId(HttpJson.Id(bill, "bill"));
        var body = await HttpJson.ReadAsync<AcceptPreviousRequest>(request);
        var amount = new Money(body.AmountCents);
        return await accounts.RunAsync(
            request,
            account,
            body.Reason,
            (why, now) => new AcceptPreviousBalance(id, amount, why, now)
        );
    }
}
