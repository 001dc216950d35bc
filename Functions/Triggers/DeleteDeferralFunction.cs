using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class DeleteDeferralFunction(ChangeControls change, CityClock clock)
{
    [Function("DeleteDeferral")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/deferrals/{id}")] HttpRequest request, string id, CancellationToken cancel)
    {
        var withdrawn = new DeferralWithdrawn(new DeferralId(HttpJson.Id(id, "id")));
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(request.Query["reason"]));
        var controls = await change.RunAsync(withdrawn, authority, cancel);
        return HttpJson.Ok(controls.Find(withdrawn.Id)!);
    }
}
