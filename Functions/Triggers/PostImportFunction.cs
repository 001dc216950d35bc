using Autopay.Application;
using Autopay.Hosting;
using Autopay.Imports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class PostImportFunction(ReceiveImport receive, CityClock clock)
{
    [Function("PostImport")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports/{kind}")] HttpRequest request, string kind, CancellationToken cancel)
    {
        if (!ImportKinds.TryParse(kind, out var parsed))
        {
            return HttpJson.NotFound($"There is no import '{kind}'; expected one of {ImportKinds.All}.");
        }

        var options = ImportRequests.Options(request, parsed);
        await using var file = await Upload.ToTempFileAsync(request, cancel);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(request.Query["reason"].FirstOrDefault() ?? $"import of {Upload.NameOf(request)}"));
        var receipt = await receive.RunAsync(parsed, Upload.NameOf(request), file, options, authority, cancel);
        return ImportViews.ToResult(receipt, ImportRequests.WantsCsv(request));
    }
}
