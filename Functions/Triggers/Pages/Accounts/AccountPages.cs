using System.Text.Json;
using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Releasing;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Autopay.Pages.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages.Accounts;

/// <summary>The find box: one account is shown at once, several hits are a list.</summary>
public sealed class FindPage(ShowPage show, FindById find, ReadAccount read)
{
    private static readonly StoryMonths NoMonths = new(DateOnly.MaxValue, DateOnly.MinValue);

    [Function("FindPage")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/accounts")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var text = request.Query["find"].ToString().Trim();
        var (frame, controls) = await show.FrameAsync(request, cancel);
        var (hits, note) = HttpJson.IsId(text) ? await find.RunAsync(text, cancel) : new Finding([]);
        if (hits is [{ Resembles: false } only])
        {
            return new RedirectResult(HrefOf(only), permanent: false);
        }

        var found = await Task.WhenAll(hits.Select(hit => WithBillAsync(hit, controls, cancel)));
        return await show.RunAsync<Find>(frame, new FindModel(text, found, note));
    }

    private async Task<FoundThing> WithBillAsync(Found hit, Controls controls, CancellationToken cancel) =>
        new(
            hit,
            hit.Kind == FoundKind.Bill
                ? (await read.RunAsync(hit.Account, NoMonths, controls, cancel))?.Ledger.FindBill(new BillId(hit.Id))
                : null
        );

    private static string HrefOf(Found hit) =>
        hit.Kind == FoundKind.Debit && DebitId.TryParse(hit.Id, out var debit)
            ? PageLinks.Debit(debit)
            : PageLinks.Account(hit.Account);
}

/// <summary>Why was this customer charged, and what happens next?</summary>
public sealed class AccountPage(ShowPage show, ReadAccount read)
{
    private const int MonthsShown = 12;

    [Function("AccountPage")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/accounts/{account}")] HttpRequest request,
        string account,
        CancellationToken cancel
    )
    {
        var id = new AccountId(HttpJson.Id(account, "account"));
        var isTechnical = HttpJson.Flag(request.Query, "steps");
        var (frame, controls) = await show.FrameAsync(request, cancel);
        var first = request.Query["from"] == "all" ? null : FirstMonth(frame.Today);
        if (await ReadAsync(id, new StoryMonths(first, null), controls, cancel) is not { } view)
        {
            return await show.RunAsync<Unreadable>(frame, account, StatusCodes.Status500InternalServerError);
        }

        var from = view.Months.Any(month => month < first) ? first : null;
        return await show.RunAsync<Account>(
            HttpJson.Flag(request.Query, "acted") ? Told(frame, view) : frame,
            new AccountModel(view, controls, isTechnical, from, frame.Today)
        );
    }

    // A spoilt row is on the engineers' list since the first walk that met it.
    private async Task<AccountView?> ReadAsync(
        AccountId account,
        StoryMonths months,
        Controls controls,
        CancellationToken cancel
    )
    {
        try
        {
            return await read.RunAsync(account, months, controls, cancel)
                ?? throw new NotYetKnownException($"Nobody has account {account}.");
        }
        catch (Exception spoilt) when (spoilt is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static DateOnly? FirstMonth(DateOnly today) =>
        new DateOnly(today.Year, today.Month, 1).AddMonths(1 - MonthsShown);

    // The sentence comes from the story: a link alone tells nothing.
    private static Frame Told(Frame frame, AccountView view) =>
        view.Story.LastOrDefault(line => line.By == frame.Who && frame.Now.Utc - line.At < TimeSpan.FromMinutes(10))
            is { } last
        // The act itself; what followed from it comes behind.
        && view.Story.First(line => line.At == last.At && line.By == frame.Who) is { } line
            ? frame with
            {
                Done = frame.Words.Of(
                    "Common.Recorded",
                    ("time", TimeOnly.FromDateTime(line.Civil)),
                    ("what", frame.Words.Code("Story", line.Facts.Kind))
                ),
            }
            : frame;
}

/// <summary>One act upon an account: what it would do, and who may do it.</summary>
public sealed class AccountActPage(ShowPage show, ReadAccount read, PreviewExemption preview)
{
    private static readonly StoryMonths NoMonths = new(DateOnly.MaxValue, DateOnly.MinValue);

    [Function("AccountActPage")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/accounts/{account}/do/{act}")]
            HttpRequest request,
        string account,
        string act,
        CancellationToken cancel
    )
    {
        var id = new AccountId(HttpJson.Id(account, "account"));
        var (frame, controls) = await show.FrameAsync(request, cancel);
        var view =
            await read.RunAsync(id, NoMonths, controls, cancel)
            ?? throw new NotYetKnownException($"Nobody has account {account}.");
        var (of, under) = (request.Query["of"].ToString(), request.Query["under"].ToString());
        var found =
            AccountAct
                .Of(view.Ledger, controls)
                .FirstOrDefault(it => it.Key == act && it.Subject == of && it.Under == under)
            ?? throw new RefusedException(frame.Words["Do.Gone"]);
        return await show.RunAsync<Act>(frame, new ActModel(view, found, await PreviewAsync(id, found, cancel)));
    }

    private async Task<PreviewOfExemption?> PreviewAsync(AccountId account, AccountAct act, CancellationToken cancel) =>
        ExemptActs.IsOne(act.Key)
            ? await preview.RunAsync(
                account,
                new BillId(act.Subject),
                new DeferralId(act.Under),
                act.Fields == ActFields.On,
                cancel
            )
            : null;
}
