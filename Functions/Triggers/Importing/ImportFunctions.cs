using Autopay.Application;
using Autopay.Application.Importing;
using Autopay.Application.Ports.Files;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Imports;
using Autopay.Triggers.Importing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Importing;

public sealed class PostImportFunction(ReceiveImport receive, CityClock clock)
{
    [Function("PostImport")]
    [AllowedTo(Role.Importer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports/{kind}")] HttpRequest request,
        string kind,
        CancellationToken cancel
    )
    {
        if (ImportFormat.Find(kind) is not { } format)
        {
            return HttpJson.NotFound($"There is no import '{kind}'; expected one of {ImportFormat.AllNames}.");
        }

        var options = ImportRequests.Options(request, format.Kind);
        await using var file = await Upload.ToTempFileAsync(request, cancel);
        var authority = clock.Authority(
            HttpJson.User(request),
            HttpJson.Reason(request.Query["reason"].FirstOrDefault() ?? $"import of {Upload.NameOf(request)}")
        );
        var receipt = await receive.RunAsync(format.Kind, Upload.NameOf(request), file, options, authority, cancel);
        return ImportViews.ToResult(receipt, ImportRequests.WantsCsv(request));
    }
}

public sealed class GetImportsFunction(ReadImports read)
{
    [Function("GetImports")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/imports")] HttpRequest request,
        CancellationToken cancel
    )
    {
        HttpJson.Names(request.Query, "kind", "limit", PageTokens.Name);
        var limit = HttpJson.Number(request.Query, "limit", 1, Paging.LargestLimit) ?? Paging.DefaultLimit;
        var kind = ImportRequests.Kind(request.Query);
        var page = await read.RunAsync(kind, PageTokens.Open(request), limit, cancel);
        return HttpJson.Ok(
            new
            {
                items = page.Imports.Select(ImportViews.ToLine),
                page.Total,
                next = PageTokens.Seal(request, page.Next),
            }
        );
    }
}

public sealed class GetImportFunction(IImportStore imports)
{
    [Function("GetImport")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/imports/{id}")] HttpRequest request,
        string id,
        CancellationToken cancel
    ) =>
        await imports.FindAsync(HttpJson.Id(id, "id"), cancel) is { } import
            ? HttpJson.Ok(ImportViews.ToView(import))
            : HttpJson.NotFound($"There is no import {id}.");
}

/// <summary>Everything that an import found, page by page or as CSV: what a person must act on first.</summary>
public sealed class GetFindingsFunction(IImportStore imports)
{
    private const int MostAPage = 1000;

    [Function("GetFindings")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/imports/{id}/findings")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        if (await imports.FindAsync(HttpJson.Id(id, "id"), cancel) is not { } import)
        {
            return HttpJson.NotFound($"There is no import {id}.");
        }

        var found = imports.ReadFindingsAsync(import, PageTokens.Open(request), cancel);
        if (request.Query["format"].FirstOrDefault() == "csv")
        {
            return new ContentResult { ContentType = "text/csv", Content = ToCsv(await found.ToListAsync(cancel)) };
        }

        var limit = HttpJson.Number(request.Query, "limit", 1, MostAPage) ?? MostAPage;
        var page = await found.Take(limit + 1).ToListAsync(cancel);
        return HttpJson.Ok(
            new
            {
                import.FindingCount,
                findings = page.Take(limit),
                next = PageTokens.Seal(request, page.Count > limit ? page[limit - 1].Place : null),
            }
        );
    }

    private static string ToCsv(IReadOnlyList<ImportFinding> found) =>
        CsvText.Write(
            ["line", "account_id", "id", "to_act", "message"],
            found.Select(finding =>
                new object?[]
                {
                    finding.Line,
                    finding.Account,
                    finding.Id,
                    finding.ToAct ? "yes" : "no",
                    finding.Message,
                }
            )
        );
}

public sealed class PostImportAgainFunction(RepeatImport repeat, CityClock clock)
{
    [Function("PostImportAgain")]
    [AllowedTo(Role.Importer, Role.Operator)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports/{id}/again")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var importId = HttpJson.Id(id, "id");
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        return await repeat.RunAsync(importId, authority, cancel) is { } import
            ? ImportViews.ToAccepted(import)
            : HttpJson.NotFound($"There is no import {id}.");
    }
}

public sealed class PostImportAsideFunction(SetAsideImport setAside, CityClock clock)
{
    [Function("PostImportAside")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports/{id}/set-aside")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var importId = HttpJson.Id(id, "id");
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        return await setAside.RunAsync(importId, authority, cancel) is { } import
            ? HttpJson.Ok(ImportViews.ToView(import))
            : HttpJson.NotFound($"There is no import {id}.");
    }
}

public sealed class RearmImportFunction(RearmImport rearm, CityClock clock)
{
    [Function("RearmImport")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports/{id}/rearm")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var importId = HttpJson.Id(id, "id");
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        return await rearm.RunAsync(importId, authority, cancel) is { } rearmed
            ? HttpJson.Ok(rearmed)
            : HttpJson.NotFound($"There is no import {id}.");
    }
}

public sealed class SkipLookAlikesFunction(SkipLookAlikes skip, CityClock clock)
{
    [Function("SkipLookAlikes")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports/{id}/skip-look-alikes")]
            HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var importId = HttpJson.Id(id, "id");
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        return await skip.RunAsync(importId, authority, cancel) is { } skipped
            ? HttpJson.Ok(skipped)
            : HttpJson.NotFound($"There is no import {id}.");
    }
}
