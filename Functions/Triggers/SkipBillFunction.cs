using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class SkipBillFunction(AccountRequests accounts)
{
    [Function("SkipBill")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/accounts/{account}/bills/{bill}/skip")] HttpRequest request, string account, string bill)
    {
        var id = new BillId(HttpJson.Id(bill, "bill"));
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        return await accounts.RunAsync(request, account, body.Reason, (why, now) => new SkipBill(id, why, now));
    }
}
