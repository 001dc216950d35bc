using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Finance;

/// <summary>May this bill be penalised, may this account be disconnected (R42, R43).</summary>
public sealed class ProtectionFunctions(JudgeProtection judge)
{
    [Function("GetPenalty")]
    [AllowedToEverybody]
    public async Task<IActionResult> PenaltyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/bills/{id}/penalty")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        HttpJson.Names(request.Query, "on");
        var bill = new BillId(HttpJson.Id(id, "id"));
        return await judge.PenaltyAsync(bill, HttpJson.Day(request.Query, "on"), cancel) is { } answer
            ? HttpJson.Ok(ProtectionViews.Of(answer))
            : HttpJson.NotFound($"No account has a bill {id}.");
    }

    [Function("GetDisconnect")]
    [AllowedToEverybody]
    public async Task<IActionResult> DisconnectAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/accounts/{account}/disconnect")]
            HttpRequest request,
        string account,
        CancellationToken cancel
    )
    {
        HttpJson.Names(request.Query, "on");
        var id = new AccountId(HttpJson.Id(account, "account"));
        return await judge.DisconnectAsync(id, HttpJson.Day(request.Query, "on"), cancel) is { } answer
            ? HttpJson.Ok(ProtectionViews.Of(answer))
            : HttpJson.NotFound($"There is no account {account}.");
    }
}

/// <summary>Lists for the billing system, and the proof that the promise was kept.</summary>
public sealed class ProtectionListFunctions(ReadProtections read, CityClock clock)
{
    [Function("GetWaivedPenalties")]
    [AllowedToEverybody]
    public IActionResult Waived(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/protections/waived")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var isCsv = IsCsv(request, "format");
        return ProtectionViews.Waived(isCsv, read.WaivedAsync(cancel));
    }

    [Function("GetShieldedAccounts")]
    [AllowedToEverybody]
    public IActionResult Shielded(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/protections/shielded")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var isCsv = IsCsv(request, "format", "on");
        var on = HttpJson.Day(request.Query, "on") ?? clock.Now.Today;
        return ProtectionViews.Shielded(isCsv, read.ShieldedAsync(on, cancel));
    }

    [Function("GetPenaltiesToReverse")]
    [AllowedToEverybody]
    public IActionResult ToReverse(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/protections/to-reverse")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var isCsv = IsCsv(request, "format");
        return ProtectionViews.ToReverse(isCsv, read.ToReverseAsync(cancel));
    }

    [Function("GetProtectionProof")]
    [AllowedToEverybody]
    public async Task<IActionResult> ProofAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/protections/proof")] HttpRequest request,
        CancellationToken cancel
    )
    {
        HttpJson.Names(request.Query);
        return HttpJson.Ok(ProtectionViews.Of(await read.ProveAsync(cancel)));
    }

    private static bool IsCsv(HttpRequest request, params IReadOnlyList<string> names)
    {
        HttpJson.Names(request.Query, names);
        return request.Query["format"].FirstOrDefault() switch
        {
            null or "json" => false,
            "csv" => true,
            var other => throw new BadRequestException($"format: expected json, csv; found '{other}'."),
        };
    }
}
