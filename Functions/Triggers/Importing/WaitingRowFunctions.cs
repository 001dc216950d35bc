using Autopay.Application;
using Autopay.Application.Ports.Files;
using Autopay.Application.Waiting;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Imports;
using Autopay.Triggers.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Importing;

internal sealed record ApplyRowRequest(string Reason, string? Account = null);

/// <summary>Rows that wait for what they name, or for a person, and the two ways out (R30, R33, R40).</summary>
public sealed class WaitingRowFunctions(IWaitingRows waiting, DecideWaitingRow decide, CityClock clock)
{
    [Function("GetWaitingRows")]
    [AllowedToEverybody]
    public async Task<IActionResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/waiting")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var (items, next) = Paging.Page(request, [.. await waiting.ReadOpenAsync(cancel)], row => row.Id);
        return HttpJson.Ok(new ListPage<object>([.. items.Select(View)], next));
    }

    private static object View(WaitingRow row) =>
        new
        {
            row.Id,
            kind = row.Kind.ToText(),
            row.Account,
            import = row.ImportId,
            row.Line,
            cents = row.Cents,
            row.Since,
            waitsFor = row.For,
            row.Reason,
            row = row.Content.ToText(),
        };

    [Function("PostWaitingRowApply")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> ApplyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/waiting/{id}/apply")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var row = HttpJson.Id(id, "id");
        var body = await HttpJson.ReadAsync<ApplyRowRequest>(request);
        AccountId? account = body.Account is { } named ? new AccountId(HttpJson.Id(named, "account")) : null;
        return
            await decide.ApplyAsync(
                row,
                account,
                clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason)),
                cancel
            )
                is { } result
            ? AccountRequests.ToResult(result)
            : HttpJson.NotFound($"There is no waiting row {id}, or not the account that it is for.");
    }

    [Function("PostWaitingRowDiscard")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> DiscardAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/waiting/{id}/discard")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var row = HttpJson.Id(id, "id");
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        return await decide.DiscardAsync(
            row,
            clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason)),
            cancel
        )
            ? HttpJson.Ok(new { row = id, message = "discarded" })
            : HttpJson.NotFound($"There is no waiting row {id}.");
    }
}
