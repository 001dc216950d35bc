using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

internal sealed record DiscardRequest(string Reason, string? NamedAccount = null);

public sealed class DiscardSuspenseFunction(AssignSuspense assign, CityClock clock)
{
    [Function("DiscardSuspense")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/suspense/{payment}/discard")] HttpRequest request, string payment, CancellationToken cancel)
    {
        var id = new PaymentId(HttpJson.Id(payment, "payment"));
        var body = await HttpJson.ReadAsync<DiscardRequest>(request);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        return await assign.DiscardAsync(id, body.NamedAccount, authority, cancel)
            ? HttpJson.Ok(new { payment = id, message = "discarded" })
            : HttpJson.NotFound($"There is no payment {payment} in suspense.");
    }
}
