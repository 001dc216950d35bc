using Autopay.Application.Telemetry;
using Autopay.Application.Work;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Triggers.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Work;

/// <summary>The one list of what waits for people, and the way off it for what the billing system says.</summary>
public sealed class WorkFunctions(ReadWork read, SeeCity see, AccountRequests accounts)
{
    [Function("GetWork")]
    [AllowedToEverybody]
    public async Task<IActionResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/work")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var query = WorkQuery.Of(request);
        var limit = query.IsCsv ? (int?)null : query.Limit;
        var page =
            query.Filter.Audience == WorkAudience.Finance
                ? await read.RunAsync(query.Filter, (query.After, limit), await see.LookAsync(null, cancel), cancel)
                : await read.RunAsync(query.Filter, query.After, limit, cancel);
        return query.IsCsv
            ? new ContentResult { Content = WorkCsv.Write(page), ContentType = "text/csv" }
            : HttpJson.Ok(page with { Next = PageTokens.Seal(request, page.Next) });
    }

    [Function("DismissWarnings")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> DismissAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/accounts/{account}/bills/{bill}/dismiss")]
            HttpRequest request,
        string account,
        string bill
    )
    {
        var id = new BillId(HttpJson.Id(bill, "bill"));
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        return await accounts.RunAsync(request, account, body.Reason, (why, now) => new DismissWarnings(id, why, now));
    }
}
