using Autopay.Application.PublicStatus;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Autopay.Pages.Residents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages;

/// <summary>Where residents and the city's staff part.</summary>
public sealed class HomePage(ShowPage show, StatusOptions options)
{
    public const string Name = "HomePage";

    [Function(Name)]
    [OpenToAll]
    public Task<IActionResult> RunAsync(
        // The worker maps no route of a slash alone: a part that may be left out, and may be nothing else.
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{home:maxlength(0)?}")] HttpRequest request
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        var words = PageWords.In(ShowPage.LanguageOf(request));
        return show.RunPublicAsync<Front>(new PlainModel(show.City, words, options.Phone));
    }
}
