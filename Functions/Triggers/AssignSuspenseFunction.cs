using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class AssignSuspenseFunction(AssignSuspense assign, CityClock clock)
{
    [Function("AssignSuspense")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/suspense/{payment}/assign")] HttpRequest request, string payment, CancellationToken cancel)
    {
        var id = new PaymentId(HttpJson.Id(payment, "payment"));
        var body = await HttpJson.ReadAsync<AssignRequest>(request);
        var account = new AccountId(HttpJson.Id(body.Account, "account"));
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        var result = await assign.RunAsync(id, body.NamedAccount, account, authority, cancel);
        return result is null ? HttpJson.NotFound($"There is no payment {payment} in suspense, or no account {account}.") : AccountRequests.ToResult(result);
    }
}
