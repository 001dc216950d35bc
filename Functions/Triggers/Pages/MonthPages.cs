using System.Globalization;
using Autopay.Application.Ports.Files;
using Autopay.Application.Receipts;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Autopay.Pages.Books;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages;

/// <summary>Is the month ready to be closed?</summary>
public sealed class MonthPages(ShowPage show, SummarizeMonth summarize, TiePayouts tie, ISuspenseStore suspense)
{
    [Function("ThisMonthPage")]
    [AllowedToEverybody]
    public async Task<IActionResult> NowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/months")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var (frame, _) = await show.FrameAsync(request, cancel);
        return await RunAsync(frame, new DateOnly(frame.Today.Year, frame.Today.Month, 1), cancel);
    }

    [Function("MonthPage")]
    [AllowedToEverybody]
    public async Task<IActionResult> OneAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/months/{month}")] HttpRequest request,
        string month,
        CancellationToken cancel
    )
    {
        var first = DateOnly.TryParseExact(
            $"{month}-01",
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : throw new BadRequestException("month: expected a month, such as 2020-02.");
        var (frame, _) = await show.FrameAsync(request, cancel);
        return await RunAsync(frame, first, cancel);
    }

    private async Task<IActionResult> RunAsync(Frame frame, DateOnly first, CancellationToken cancel)
    {
        var (end, open) = (first.AddMonths(1), 0);
        var amount = Money.Zero;
        await foreach (var payment in suspense.ReadAllAsync(cancel).Where(it => it.IsOpen))
        {
            (open, amount) = (open + 1, amount + payment.Payment.Amount);
        }

        var (ties, _) = await tie.TryAsync(first, end.AddDays(-1), cancel);
        var summary = await summarize.RunAsync(first, cancel);
        var model = new MonthModel(first, summary, ties, (open, amount), frame.Today >= end);
        return await show.RunAsync<Month>(frame, model);
    }
}
