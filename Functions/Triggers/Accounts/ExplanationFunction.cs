using Autopay.Application.Explaining;
using Autopay.Application.Texts;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Accounts;

/// <summary>Why was I charged? As data, or as a page to be read over the phone and printed.</summary>
public sealed class ExplanationFunction(ExplainDebit explain)
{
    [Function("GetExplanation")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/accounts/{account}/debits/{debit}/explanation")]
            HttpRequest request,
        string account,
        string debit,
        CancellationToken cancel
    )
    {
        HttpJson.Names(request.Query, "lang", "format");
        var words = Words.In(HttpJson.LanguageOf(request.Query));
        var isPage = IsPage(request.Query);
        if (await explain.RunAsync(AccountRequests.DebitOf(account, debit), cancel) is not { } explanation)
        {
            return HttpJson.NotFound($"Account {account} has no debit {debit}.");
        }

        var text = ExplanationText.Of(explanation, words);
        return isPage
            ? ExplanationPage.Write(explanation, text, words)
            : HttpJson.Ok(ExplanationView.Of(explanation, text, words.Language));
    }

    private static bool IsPage(IQueryCollection query) =>
        query["format"].FirstOrDefault() switch
        {
            null or "json" => false,
            "html" => true,
            _ => throw new BadRequestException("format: expected json or html."),
        };
}
