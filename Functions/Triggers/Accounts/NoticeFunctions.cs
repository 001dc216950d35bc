using System.Globalization;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Accounts;

internal sealed record DeclineRequest(IReadOnlyList<NoticeKind> Declined, string Reason);

/// <summary>What a person says of one account's notices: one bounced, or the customer wants fewer.</summary>
public sealed class NoticeFunctions(AccountRequests accounts)
{
    [Function("PostNoticeFailed")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> FailedAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous,
            "post",
            Route = "api/accounts/{account}/debits/{debit}/notices/{number}/failed"
        )]
            HttpRequest request,
        string account,
        string debit,
        string number
    )
    {
        var id = AccountRequests.DebitOf(account, debit);
        var notice = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? given
            : throw new BadRequestException($"number: '{number}' is not the number of a notice.");
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        return await accounts.RunAsync(
            request,
            account,
            body.Reason,
            (why, now) => new RecordNoticeFailed(id, notice, why, now) { IsBounce = true }
        );
    }

    [Function("PutNotices")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> DeclineAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/accounts/{account}/notices")]
            HttpRequest request,
        string account
    )
    {
        var body = await HttpJson.ReadAsync<DeclineRequest>(request);
        return await accounts.RunAsync(
            request,
            account,
            body.Reason,
            (why, now) => new DeclineNotices(body.Declined, why, now)
        );
    }
}
