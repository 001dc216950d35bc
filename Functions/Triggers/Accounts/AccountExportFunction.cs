using Autopay.Application;
using Autopay.Application.Explaining;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Accounts;

/// <summary>What a customer may ask for: all that is known of one account. Who took it is in the record.</summary>
public sealed class AccountExportFunction(ExportAccount export, CityClock clock)
{
    [Function("GetAccountExport")]
    [AllowedTo(Role.Approver, Role.Operator)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/accounts/{account}/export")] HttpRequest request,
        string account,
        CancellationToken cancel
    )
    {
        // It is recorded: no page of somebody else may set that off.
        ForgedRequests.RefuseForeign(request);
        HttpJson.Names(request.Query, "reason");
        var id = new AccountId(HttpJson.Id(account, "account"));
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(request.Query["reason"]));
        return await export.RunAsync(id, authority, cancel) is { } document
            ? HttpJson.Ok(AccountExportView.Of(document))
            : HttpJson.NotFound($"There is no account {account}.");
    }
}
