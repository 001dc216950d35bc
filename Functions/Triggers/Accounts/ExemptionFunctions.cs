using Autopay.Application;
using Autopay.Application.Releasing;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Triggers.Finance;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Accounts;

/// <summary>One bill out of a hold or merge, or back into it (R38).</summary>
public sealed class ExemptionFunctions(ExemptHeldBill exempt, PreviewExemption preview, CityClock clock)
{
    private const string Route = "api/accounts/{account}/bills/{bill}/exemptions/{deferral}";

    [Function("PutExemption")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> PutAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest request,
        string account,
        string bill,
        string deferral
    )
    {
        var wanted = Wanted(account, bill, deferral);
        var body = await HttpJson.ReadAsync<SwitchRequest>(request);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        return await exempt.RunAsync(
            wanted.Account,
            now => new ExemptBill(wanted.Bill, wanted.Deferral, body.On, authority.Why, now),
            authority,
            CancellationToken.None,
            RequestTerms.Of(request).ExpectedVersion
        ) switch
        {
            { Result: { } result } => AccountRequests.ToResult(result),
            { Asked: { } asked } => ApprovalView.Waits(asked),
            _ => HttpJson.NotFound($"There is no account {account}."),
        };
    }

    [Function("PreviewExemption")]
    [AllowedToEverybody]
    public async Task<IActionResult> PreviewAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/preview")] HttpRequest request,
        string account,
        string bill,
        string deferral,
        CancellationToken cancel
    )
    {
        HttpJson.Names(request.Query, "on");
        var wanted = Wanted(account, bill, deferral);
        var on = request.Query["on"].Count == 0 || HttpJson.Flag(request.Query, "on");
        return await preview.RunAsync(wanted.Account, wanted.Bill, wanted.Deferral, on, cancel) is { } shown
            ? HttpJson.Ok(PreviewViews.Of(shown))
            : HttpJson.NotFound($"There is no account {account}.");
    }

    private static (AccountId Account, BillId Bill, DeferralId Deferral) Wanted(
        string account,
        string bill,
        string deferral
    ) =>
        (
            new AccountId(HttpJson.Id(account, "account")),
            new BillId(HttpJson.Id(bill, "bill")),
            new DeferralId(HttpJson.Id(deferral, "deferral"))
        );
}
