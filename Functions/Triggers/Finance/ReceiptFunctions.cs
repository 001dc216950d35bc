using System.Globalization;
using Autopay.Application.Ports.Books;
using Autopay.Application.Receipts;
using Autopay.Application.Runs;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Triggers.Operating;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Finance;

/// <summary>Receipts for the billing system: issued daily or on demand, read again byte for byte.</summary>
public sealed class ReceiptFunctions(IssueReceipts issue, ReadReceipts read, IReceiptStore receipts, RunRequests runs)
{
    [Function("PostReceipts")]
    [AllowedTo(Role.Operator)]
    public async Task<IActionResult> PostAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/receipts")] HttpRequest request
    )
    {
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        var by = $"{HttpJson.User(request)}: {HttpJson.Reason(body.Reason)}";
        return await runs.AnswerAsync(RunKind.Receipts, request, by);
    }

    [Function("GetReceipts")]
    [AllowedToEverybody]
    public async Task<IActionResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/receipts")] HttpRequest request,
        CancellationToken cancel
    ) =>
        HttpJson.Ok(
            Paging.Page(
                request,
                await read.ReadNewestAsync(cancel).ToListAsync(cancel),
                batch => batch.Number.ToString(CultureInfo.InvariantCulture)
            )
        );

    /// <summary>
    /// The batch's bytes; its control totals are in the headers, and with <c>?format=json</c> in the body.
    /// </summary>
    [Function("GetReceiptBatch")]
    [AllowedToEverybody]
    public async Task<IActionResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/receipts/{number}")] HttpRequest request,
        string number,
        CancellationToken cancel
    )
    {
        if (
            !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || await issue.FindAsync(id, cancel) is not { } batch
        )
        {
            return HttpJson.NotFound($"There is no batch {number}.");
        }

        if (request.Query["format"] == "json")
        {
            return HttpJson.Ok(batch);
        }

        var headers = request.HttpContext.Response.Headers;
        headers["X-Row-Count"] = batch.Totals.Rows.ToString(CultureInfo.InvariantCulture);
        headers["X-Total"] = new Money(batch.Totals.NetCents).ToString();
        headers["X-Sha256"] = batch.Sha256;
        return new ContentResult { Content = await receipts.ReadBatchAsync(id, cancel), ContentType = "text/csv" };
    }
}
