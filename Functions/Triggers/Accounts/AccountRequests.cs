using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Autopay.Triggers.Accounts;

internal sealed record SwitchRequest(bool On, string Reason);

internal sealed record AssignRequest(string Account, string Reason, string? NamedAccount = null);

/// <summary>
/// What all requests that change one account have in common: whose it is, what is asked, who asks and why.
/// </summary>
public sealed class AccountRequests(ChangeAccount change, CityClock clock)
{
    public async Task<IActionResult> RunAsync(
        HttpRequest request,
        string account,
        string reason,
        Func<string, Moment, LedgerCommand> command
    )
    {
        var (why, id) = (HttpJson.Reason(reason), new AccountId(HttpJson.Id(account, "account")));
        var authority = clock.Authority(HttpJson.User(request), why);
        var seen = RequestTerms.Of(request).ExpectedVersion;
        return
            await change.RunAsync(id, now => command(why, now), authority, CancellationToken.None, seen) is { } result
            ? ToResult(result)
            : HttpJson.NotFound($"There is no account {account}.");
    }

    /// <exception cref="BadRequestException">The debit id is none, or names another account.</exception>
    public static DebitId DebitOf(string account, string debit) =>
        DebitId.TryParse(debit, out var id) && id.Account.Value == account
            ? id
            : throw new BadRequestException($"debit: '{debit}' is not a debit of account {account}.");

    public static IActionResult ToResult(AccountResult result) =>
        HttpJson.Ok(
            new
            {
                changed = result.Events.Count > 0,
                version = result.Entry.Ledger.Operations,
                events = result.Events.Select(happened => happened.Reason),
                debits = result
                    .Entry.Ledger.Debits.Where(debit => !debit.IsTerminal)
                    .Select(debit => AccountViews.ToView(debit, result.Entry.Ledger.OpenOn(debit))),
            }
        );
}
