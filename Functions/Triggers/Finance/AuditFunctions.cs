using System.Globalization;
using System.Text.Json;
using Autopay.Application.Auditing;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Imports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Finance;

/// <summary>The record of who decided what about the city's money, and the proof that nobody has altered it.</summary>
public sealed class AuditFunctions(ReadAudit read, VerifyAudit verify, VerifySeals seals)
{
    [Function("GetAudit")]
    [AllowedToEverybody]
    public async Task<IActionResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audit")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var query = AuditQuery.Of(request);
        var page = await read.RunAsync(query.Filter, query.After, query.IsCsv ? null : query.Limit, cancel);
        var next = PageTokens.Seal(request, page.Next?.ToString(CultureInfo.InvariantCulture));
        return query.IsCsv
            ? new ContentResult { Content = ToCsv(page), ContentType = "text/csv" }
            : HttpJson.Ok(
                new
                {
                    page.Acts,
                    page.Total,
                    next,
                }
            );
    }

    [Function("VerifyAudit")]
    [AllowedToEverybody]
    public async Task<IActionResult> VerifyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audit/verify")] HttpRequest request,
        CancellationToken cancel
    ) => HttpJson.Ok(await verify.RunAsync(cancel) with { Seals = await seals.RunAsync(cancel) });

    private static string ToCsv(AuditPage page) =>
        CsvText.Write(
            ["number", "at", "by", "what", "why", "change", "hash", "name", "role"],
            page.Acts.Select(act =>
                (IReadOnlyList<object?>)
                    [
                        act.Number.ToString(CultureInfo.InvariantCulture),
                        act.At,
                        act.By,
                        act.What,
                        act.Why,
                        JsonSerializer.Serialize(act.Change),
                        act.Hash,
                        act.Name,
                        act.Role,
                    ]
            )
        );
}
