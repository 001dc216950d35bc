using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class PutAutopayFunction(AccountRequests accounts)
{
    [Function("PutAutopay")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/accounts/{account}/autopay")] HttpRequest request, string account)
    {
        var body = await HttpJson.ReadAsync<SwitchRequest>(request);
        return await accounts.RunAsync(request, account, body.Reason, (why, now) => new SwitchAutopay(body.On, why, now));
    }
}
