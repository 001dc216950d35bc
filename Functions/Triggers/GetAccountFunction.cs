using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class GetAccountFunction(ReadAccount read)
{
    [Function("GetAccount")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/accounts/{account}")] HttpRequest request, string account, CancellationToken cancel) =>
        await read.RunAsync(new AccountId(HttpJson.Id(account, "account")), cancel) is { } view
            ? HttpJson.Ok(AccountViews.ToView(view))
            : HttpJson.NotFound($"There is no account {account}.");
}
