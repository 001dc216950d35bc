using Autopay.Application.Ports;
using Autopay.Hosting;
using Autopay.Imports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

/// <summary>Everything that an import found, page by page or as CSV: what a person must act on first.</summary>
public sealed class GetFindingsFunction(IImportStore imports)
{
    private const int MostAPage = 1000;

    [Function("GetFindings")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/imports/{id}/findings")] HttpRequest request, string id, CancellationToken cancel)
    {
        if (await imports.FindAsync(HttpJson.Id(id, "id"), cancel) is not { } import)
        {
            return HttpJson.NotFound($"There is no import {id}.");
        }

        var found = imports.ReadFindingsAsync(import, request.Query["after"].FirstOrDefault(), cancel);
        if (request.Query["format"].FirstOrDefault() == "csv")
        {
            return new ContentResult { ContentType = "text/csv", Content = ToCsv(await found.ToListAsync(cancel)) };
        }

        var limit = HttpJson.Number(request.Query, "limit", 1, MostAPage) ?? MostAPage;
        var page = await found.Take(limit + 1).ToListAsync(cancel);
        return HttpJson.Ok(new { import.FindingCount, findings = page.Take(limit), next = page.Count > limit ? page[limit - 1].Place : null });
    }

    private static string ToCsv(IReadOnlyList<ImportFinding> found) => CsvText.Write(
        ["line", "account_id", "id", "to_act", "message"],
        found.Select(finding => new object?[] { finding.Line, finding.Account, finding.Id, finding.ToAct ? "yes" : "no", finding.Message }));
}
