using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Accounts;

public sealed class ApproveDebitFunction(AccountRequests accounts)
{
    [Function("ApproveDebit")]
    [AllowedTo(Role.Approver)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/accounts/{account}/debits/{debit}/approve")]
            HttpRequest request,
        string account,
        string debit
    )
    {
        var id = AccountRequests.DebitOf(account, debit);
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        return await accounts.RunAsync(request, account, body.Reason, (why, now) => new ApproveDebit(id, why, now));
    }
}

public sealed class CancelDebitFunction(AccountRequests accounts)
{
    [Function("CancelDebit")]
    [AllowedTo(Role.Approver)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/accounts/{account}/debits/{debit}/cancel")]
            HttpRequest request,
        string account,
        string debit
    )
    {
        var id = AccountRequests.DebitOf(account, debit);
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        return await accounts.RunAsync(request, account, body.Reason, (why, now) => new CancelDebit(id, why, now));
    }
}
