using System.Globalization;
using Autopay.Application.Auditing;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Autopay.Pages.Operating;
using Autopay.Triggers.Finance;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages;

/// <summary>Who decided what, and is the record what was written?</summary>
public sealed class AuditPages(ShowPage show, ReadAudit read, VerifyAudit verify)
{
    [Function("AuditPage")]
    [AllowedToEverybody]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/audit")] HttpRequest request,
        CancellationToken cancel
    ) => show.PageAsync<AuditList>(request, async (_, _) => await ReadAsync(request, cancel), cancel);

    private async Task<AuditModel> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        PageQuery.KeepFilter(request, "format", "limit");
        var query = AuditQuery.Of(request);
        var page = await read.RunAsync(query.Filter, query.After, query.Limit, isNewestFirst: true, cancel);
        var next = PageTokens.Seal(request, page.Next?.ToString(CultureInfo.InvariantCulture));
        var report = await verify.RunAsync(cancel);
        return new AuditModel(page, query.Filter, next, report);
    }
}
