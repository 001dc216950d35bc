using Autopay.Application;
using Autopay.Application.ProviderEvents;
using Autopay.Application.Receipts;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Autopay.Pages.Books;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages;

/// <summary>What the billing system heard, and the deposits of the bank statement.</summary>
public sealed class ReceiptPages(ShowPage show, ReadReceipts read, TiePayouts tie)
{
    private const int MostBatches = 100;

    [Function("ReceiptsPage")]
    [AllowedToEverybody]
    public async Task<IActionResult> ReceiptsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/receipts")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var (frame, _) = await show.FrameAsync(request, cancel);
        var waiting = (await read.SinceAsync(frame.Today.AddDays(1), cancel)).Waiting;
        var batches = await read.ReadNewestAsync(cancel).Take(MostBatches).ToListAsync(cancel);
        return await show.RunAsync<ReceiptList>(frame, new ReceiptsModel(batches, ReceiptTotals.Of(waiting)));
    }

    [Function("PayoutsPage")]
    [AllowedToEverybody]
    public async Task<IActionResult> PayoutsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/payouts")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var (frame, _) = await show.FrameAsync(request, cancel);
        PageQuery.KeepFilter(request);
        var from = HttpJson.Day(request.Query, "from") ?? new DateOnly(frame.Today.Year, frame.Today.Month, 1);
        var to = HttpJson.Day(request.Query, "to") ?? frame.Today;
        if (from > to)
        {
            throw new BadRequestException("from: expected a day that is not after 'to'.");
        }

        var (ties, failure) = await tie.TryAsync(from, to, cancel);
        return await show.RunAsync<Payouts>(frame, new PayoutsModel(from, to, ties, failure));
    }
}

internal static class TriedPayouts
{
    /// <returns>No ties, and why, when the provider does not answer: the rest of a page stands.</returns>
    public static async Task<(PayoutTies? Ties, string? Failure)> TryAsync(
        this TiePayouts tie,
        DateOnly from,
        DateOnly to,
        CancellationToken cancel
    )
    {
        try
        {
            return (PayoutTies.Of(from, to, await tie.RunAsync(from, to, cancel)), null);
        }
        catch (ProviderAwayException away)
        {
            return (null, away.Message);
        }
    }
}
