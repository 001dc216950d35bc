using System.Globalization;
using Autopay.Application.Importing;
using Autopay.Application.Ports.Files;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Autopay.Pages.Importing;
using Autopay.Triggers.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using ImportProgress = Autopay.Pages.Importing.ImportProgress;

namespace Autopay.Triggers.Importing;

/// <summary>Which files came in, what they say, and what of it is not in the books.</summary>
public sealed class ImportPages(ShowPage show, ReadImports read, IImportStore imports)
{
    private const int FilesAPage = 50;
    private const int FindingsAPage = 100;

    [Function("ImportsPage")]
    [AllowedToEverybody]
    public async Task<IActionResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/imports")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var (frame, _) = await show.FrameAsync(request, cancel);
        PageQuery.KeepFilter(request);
        HttpJson.Names(request.Query, "kind", PageTokens.Name);
        var kind = ImportRequests.Kind(request.Query);
        var page = await read.RunAsync(kind, PageTokens.Open(request), FilesAPage, cancel);
        return await show.RunAsync<ImportList>(
            frame,
            new ImportListModel(page, kind, PageTokens.Seal(request, page.Next))
        );
    }

    [Function("ImportPage")]
    [AllowedToEverybody]
    public async Task<IActionResult> OneAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/imports/{id}")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var (frame, controls) = await show.FrameAsync(request, cancel);
        var (slip, isKnown) = (SlipOf(request.Query), request.Query.ContainsKey("known"));
        PageQuery.KeepFilter(request, "known", "rows", "total");
        var model = await ModelAsync(request, id, cancel);
        var approval = controls.Approvals.FirstOrDefault(it => it.Id == model.Import.Approval && it.Decided is null);
        return await show.RunAsync<ImportDetail>(
            frame,
            model with
            {
                Slip = slip,
                Approval = approval,
                IsKnown = isKnown,
            }
        );
    }

    [Function("ImportProgressPart")]
    [AllowedToEverybody]
    public async Task<IActionResult> ProgressAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/imports/{id}/progress")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var (frame, _) = await show.FrameAsync(request, cancel);
        PageQuery.KeepFilter(request);
        return await show.RunPartAsync<ImportProgress>(request, frame, await ModelAsync(request, id, cancel));
    }

    private async Task<ImportModel> ModelAsync(HttpRequest request, string id, CancellationToken cancel)
    {
        var import =
            await imports.FindAsync(HttpJson.Id(id, "id"), cancel)
            ?? throw new NotYetKnownException($"There is no import {id}.");
        var found = await imports
            .ReadFindingsAsync(import, PageTokens.Open(request), cancel)
            .Take(FindingsAPage + 1)
            .ToListAsync(cancel);
        var next = PageTokens.Seal(request, found.Count > FindingsAPage ? found[FindingsAPage - 1].Place : null);
        var turn = import.IsEnded ? null : await imports.NextInTurnAsync(cancel);
        var before = turn?.Id == import.Id ? null : turn;
        return new ImportModel(import, before, [.. found.Take(FindingsAPage)], next, null, null, false);
    }

    /// <exception cref="BadRequestException">What was typed is no number.</exception>
    private static Slip? SlipOf(IQueryCollection query)
    {
        var (rows, total) = (query["rows"].ToString().Trim(), query["total"].ToString().Trim());
        return rows.Length + total.Length == 0 ? null : new Slip(RowsOf(rows), TotalOf(total));
    }

    private static int? RowsOf(string text) =>
        text.Length == 0 ? null
        : int.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var rows) ? rows
        : throw new BadRequestException("rows: expected a whole number.");

    private static Money? TotalOf(string text) =>
        text.Length == 0 ? null
        : decimal.TryParse(
            text.Replace("$", "", StringComparison.Ordinal).Replace('\u2212', '-'),
            NumberStyles.Number,
            CultureInfo.InvariantCulture,
            out var dollars
        )
        && decimal.Round(dollars, 2) == dollars
        && Math.Abs(dollars) < 1_000_000_000_000m
            ? new Money((long)(dollars * 100))
        : throw new BadRequestException("total: expected dollars with two places, such as 1234.50.");
}
