using Autopay.Application.Explaining;
using Autopay.Application.PublicStatus;
using Autopay.Application.Texts;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Autopay.Pages.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Accounts;

/// <summary>Why was I charged? As data, or as a page to be read over the phone and printed.</summary>
public sealed class ExplanationFunction(ExplainDebit explain, ShowPage show, StatusOptions options)
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

        return isPage
            ? await PageAsync(request, ExplanationModel.Of(explanation, words, options.Phone), cancel)
            : HttpJson.Ok(ExplanationView.Of(explanation, ExplanationText.Of(explanation, words), words.Language));
    }

    // The console's own page of the debit, in the language that was asked for and not the reader's.
    private async Task<IActionResult> PageAsync(HttpRequest request, ExplanationModel model, CancellationToken cancel)
    {
        var (frame, _) = await show.FrameAsync(request, cancel, isRemembered: false);
        return await show.RunAsync<Explained>(frame with { Words = PageWords.In(model.Words.Language) }, model);
    }

    private static bool IsPage(IQueryCollection query) =>
        query["format"].FirstOrDefault() switch
        {
            null or "json" => false,
            "html" => true,
            _ => throw new BadRequestException("format: expected json or html."),
        };
}
