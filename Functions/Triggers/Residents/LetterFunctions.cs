using Autopay.Application;
using Autopay.Application.Notifying;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Imports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Residents;

internal sealed record LettersRequest(DateOnly MailOn, string Reason, string? After = null);

internal sealed record MailedRequest(DateOnly MailedOn, string Reason);

/// <summary>Notices, and those of them that the city prints and mails: a list is made, fetched, mailed, recorded.
/// </summary>
public sealed class LetterFunctions(ReadNotices read, MakeLetters make, RecordLetters record, CityClock clock)
{
    private const int LongestAhead = 30;

    [Function("GetNotices")]
    [AllowedToEverybody]
    public async Task<IActionResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/notices")] HttpRequest request,
        CancellationToken cancel
    )
    {
        HttpJson.Names(request.Query, "state", "limit", PageTokens.Name);
        var limit = HttpJson.Number(request.Query, "limit", 1, Paging.LargestLimit) ?? Paging.DefaultLimit;
        var after = PageTokens.Open(request) is { } place ? NoticePlace.Parse(place) ?? throw PageTokens.Wrong() : null;
        var page = await read.RunAsync(StateOf(request.Query), after, limit, cancel);
        return HttpJson.Ok(
            new { items = page.Items.Select(NoticeViews.ToView), next = PageTokens.Seal(request, page.Next) }
        );
    }

    [Function("PostLetters")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> MakeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/notices/letters")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<LettersRequest>(request);
        var today = clock.Now.Today;
        var mailOn =
            body.MailOn >= today && body.MailOn <= today.AddDays(LongestAhead)
                ? body.MailOn
                : throw new BadRequestException($"mailOn: expected a day from today on, at most {LongestAhead} ahead.");
        var filter = $"{mailOn:yyyy-MM-dd}";
        var after = PageTokens.Open(request, body.After, filter) is { } place ? new AccountId(place) : (AccountId?)null;
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        var list = await make.RunAsync(new PrintRun(today, mailOn, after), authority, cancel);
        var next = PageTokens.Seal(request, list.More > 0 ? list.Rows[^1].Account.Value : null, filter);
        return HttpJson.Ok(NoticeViews.ToView(list, next));
    }

    [Function("GetLetters")]
    [AllowedToEverybody]
    public async Task<IActionResult> FetchAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/notices/letters/{list}")] HttpRequest request,
        string list,
        CancellationToken cancel
    ) =>
        await make.FindAsync(HttpJson.Id(list, "list"), cancel) is { } letters
            ? new ContentResult { Content = NoticeViews.ToCsv(letters), ContentType = "text/csv" }
            : HttpJson.NotFound($"There is no list of letters {list}.");

    [Function("PostLettersMailed")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> MailedAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/notices/letters/{list}/mailed")]
            HttpRequest request,
        string list
    )
    {
        var body = await HttpJson.ReadAsync<MailedRequest>(request);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        var id = HttpJson.Id(list, "list");
        return await record.RunAsync(id, body.MailedOn, authority, CancellationToken.None) is { } mailed
            ? HttpJson.Ok(mailed)
            : HttpJson.NotFound($"There is no list of letters {list}.");
    }

    private static NoticeState StateOf(IQueryCollection query) =>
        query["state"].FirstOrDefault() switch
        {
            null or "waiting" => NoticeState.Waiting,
            "failed" => NoticeState.Failed,
            "sent" => NoticeState.Sent,
            _ => throw new BadRequestException("state: expected waiting, failed or sent."),
        };
}

/// <summary>Notices as the HTTP interface shows them; amounts are cents.</summary>
internal static class NoticeViews
{
    private static readonly string[] Header =
    [
        "account",
        "language",
        "kind",
        "amount",
        "first_day",
        "bills",
        "debit",
        "notice",
        "text",
    ];

    public static object ToView(NoticeEntry entry) =>
        new
        {
            entry.Account,
            entry.Debit,
            entry.Notice.Number,
            entry.Notice.Kind,
            entry.Notice.State,
            entry.Notice.AskedOn,
            entry.ByLetter,
            entry.Notice.Channel,
            entry.Notice.SentOn,
            amountCents = entry.Notice.Amount,
            entry.Notice.Day,
            entry.Notice.Proof,
            entry.Notice.Failure,
        };

    /// <param name="next">Where the letters go on that this list has no room for.</param>
    public static object ToView(LetterList list, string? next) =>
        new
        {
            list = list.Id,
            list.MailOn,
            letters = list.Rows.Count,
            list.More,
            next,
        };

    public static string ToCsv(LetterList list) =>
        CsvText.Write(
            Header,
            list.Rows.Select(row =>
                (IReadOnlyList<object?>)
                    [
                        row.Account.Value,
                        row.Language,
                        row.Kind,
                        CsvText.Dollars(row.AmountCents),
                        row.Day,
                        row.Bills,
                        row.Debit.Value,
                        row.Notice,
                        row.Text,
                    ]
            )
        );
}
