using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Triggers.Finance;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Accounts;

/// <param name="Id">The caller's own id of the request: the same again changes nothing.</param>
/// <param name="AmountCents">Null: all that is left of the debit.</param>
internal sealed record RefundRequest(string Id, RefundKind Kind, string Reason, long? AmountCents = null);

/// <summary>Money back to the customer, or left as credit.</summary>
public sealed class RefundFunctions(AccountRequests accounts, GiveRefund refunds, CityClock clock)
{
    [Function("PostRefund")]
    [AllowedTo(Role.Approver)]
    public async Task<IActionResult> RefundAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/accounts/{account}/debits/{debit}/refunds")]
            HttpRequest request,
        string account,
        string debit
    )
    {
        var id = AccountRequests.DebitOf(account, debit);
        var body = await HttpJson.ReadAsync<RefundRequest>(request);
        var requestId = HttpJson.Id(body.Id, "id");
        var amount = body.AmountCents is { } cents ? Positive(cents) : default(Money?);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        return await refunds.RunAsync(
            now => new RequestRefund(id, requestId, body.Kind, amount, authority.Why, now),
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

    [Function("KeepCredit")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> KeepAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/accounts/{account}/payments/{payment}/keep")]
            HttpRequest request,
        string account,
        string payment
    )
    {
        var id = new PaymentId(HttpJson.Id(payment, "payment"));
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        return await accounts.RunAsync(request, account, body.Reason, (why, now) => new KeepCredit(id, why, now));
    }

    private static Money Positive(long cents) =>
        cents > 0 ? new Money(cents) : throw new BadRequestException("amountCents: expected more than 0.");
}
