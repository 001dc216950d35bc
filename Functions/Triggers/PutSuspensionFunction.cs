using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class PutSuspensionFunction(AccountRequests accounts)
{
    [Function("PutSuspension")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/accounts/{account}/suspension")] HttpRequest request, string account)
    {
        var body = await HttpJson.ReadAsync<SwitchRequest>(request);
        return await accounts.RunAsync(
            request, account, body.Reason, (why, now) => body.On ? new SuspendAccount(why, now) : new LiftSuspension(why, now));
    }
}
