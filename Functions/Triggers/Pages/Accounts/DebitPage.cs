using Autopay.Application.Explaining;
using Autopay.Application.PublicStatus;
using Autopay.Application.Texts;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Autopay.Pages.Accounts;
using Autopay.Triggers.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages.Accounts;

/// <summary>Why was I charged? As a clerk reads it over the phone, in the customer's language.</summary>
public sealed class DebitPage(ShowPage show, ExplainDebit explain, StatusOptions options)
{
    [Function("DebitPage")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/accounts/{account}/debits/{debit}")]
            HttpRequest request,
        string account,
        string debit,
        CancellationToken cancel
    )
    {
        var language = ShowPage.LanguageOf(request);
        var explanation =
            await explain.RunAsync(AccountRequests.DebitOf(account, debit), cancel)
            ?? throw new NotYetKnownException($"Account {account} has no debit {debit}.");
        var (frame, _) = await show.FrameAsync(request, cancel, isRemembered: false);
        return await show.RunAsync<Explained>(
            frame,
            ExplanationModel.Of(explanation, Words.In(language), options.Phone)
        );
    }
}
