using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Waiting;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Accounts;

/// <summary>The two ways out of a correction: take what the file says, or keep what is stored (R29, R31).</summary>
public sealed class CorrectionFunctions(DecideCorrection decide, CityClock clock)
{
    private const string Route = "api/accounts/{account}/corrections/{item}/{id}";

    [Function("PostCorrectionTake")]
    [AllowedTo(Role.Preparer)]
    public Task<IActionResult> TakeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = $"{Route}/take")] HttpRequest request,
        string account,
        string item,
        string id,
        CancellationToken cancel
    ) => RunAsync(request, account, item, id, decide.TakeAsync, cancel);

    [Function("PostCorrectionKeep")]
    [AllowedTo(Role.Preparer)]
    public Task<IActionResult> KeepAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = $"{Route}/keep")] HttpRequest request,
        string account,
        string item,
        string id,
        CancellationToken cancel
    ) => RunAsync(request, account, item, id, decide.KeepAsync, cancel);

    private delegate Task<AccountResult?> Decision(
        AccountId account,
        CorrectedItem item,
        string id,
        Authority authority,
        CancellationToken cancel,
        long? expectedVersion
    );

    private async Task<IActionResult> RunAsync(
        HttpRequest request,
        string account,
        string item,
        string id,
        Decision decideAsync,
        CancellationToken cancel
    )
    {
        if (item is not ("bill" or "payment"))
        {
            return HttpJson.NotFound($"There is no correction of a '{item}'; expected bill or payment.");
        }

        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        var corrected = item == "bill" ? CorrectedItem.Bill : CorrectedItem.Payment;
        return
            await decideAsync(
                new AccountId(HttpJson.Id(account, "account")),
                corrected,
                HttpJson.Id(id, "id"),
                authority,
                cancel,
                RequestTerms.Of(request).ExpectedVersion
            )
                is { } result
            ? AccountRequests.ToResult(result)
            : HttpJson.NotFound($"There is no account {account}.");
    }
}
