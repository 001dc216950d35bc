using Autopay.Application.Ledgers;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Accounts;

public sealed class GetAccountFunction(ReadAccount read)
{
    [Function("GetAccount")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/accounts/{account}")] HttpRequest request,
        string account,
        CancellationToken cancel
    )
    {
        HttpJson.Names(request.Query, "from", "to");
        var months = new StoryMonths(HttpJson.Month(request.Query, "from"), HttpJson.Month(request.Query, "to"));
        var id = new AccountId(HttpJson.Id(account, "account"));
        return months.From > months.To ? throw new BadRequestException("from: expected a month that is not after 'to'.")
            : await read.RunAsync(id, months, cancel) is { } view ? HttpJson.Ok(AccountViews.ToView(view))
            : HttpJson.NotFound($"There is no account {account}.");
    }
}

public sealed class PutAutopayFunction(AccountRequests accounts)
{
    [Function("PutAutopay")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/accounts/{account}/autopay")]
            HttpRequest request,
        string account
    )
    {
        var body = await HttpJson.ReadAsync<SwitchRequest>(request);
        return await accounts.RunAsync(
            request,
            account,
            body.Reason,
            (why, now) => new SwitchAutopay(body.On, why, now)
        );
    }
}

public sealed class PutSuspensionFunction(AccountRequests accounts)
{
    [Function("PutSuspension")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/accounts/{account}/suspension")]
            HttpRequest request,
        string account
    )
    {
        var body = await HttpJson.ReadAsync<SwitchRequest>(request);
        return await accounts.RunAsync(
            request,
            account,
            body.Reason,
            (why, now) => body.On ? new SuspendAccount(why, now) : new LiftSuspension(why, now)
        );
    }
}
