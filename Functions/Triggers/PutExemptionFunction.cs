using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class PutExemptionFunction(AccountRequests accounts)
{
    [Function("PutExemption")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/accounts/{account}/bills/{bill}/exemptions/{deferral}")] HttpRequest request,
        string account,
        string bill,
        string deferral)
    {
        var (billId, deferralId) = (new BillId(HttpJson.Id(bill, "bill")), new DeferralId(HttpJson.Id(deferral, "deferral")));
        var body = await HttpJson.ReadAsync<SwitchRequest>(request);
        return await accounts.RunAsync(request, account, body.Reason, (why, now) => new ExemptBill(billId, deferralId, body.On, why, now));
    }
}
