using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.PublicStatus;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Autopay.Pages.Residents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Residents;

/// <summary>
/// The public status as pages, in the language of their address. What else an address carries, such as what a social
/// network appends to it, is nothing to them.
/// </summary>
public sealed class StatusPages(
    ReadStatus read,
    ShowPage show,
    IReadOnlyList<CycleName> cycles,
    StatusOptions options,
    CityClock clock
)
{
    public const string English = "StatusPage";
    public const string Spanish = "EstadoPage";

    [Function(English)]
    [OpenToAll]
    public Task<IActionResult> EnglishAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "status")] HttpRequest request,
        CancellationToken cancel
    ) => RunAsync(request, PageWords.English, cancel);

    [Function(Spanish)]
    [OpenToAll]
    public Task<IActionResult> SpanishAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "estado")] HttpRequest request,
        CancellationToken cancel
    ) => RunAsync(request, PageWords.Spanish, cancel);

    private async Task<IActionResult> RunAsync(HttpRequest request, PageWords words, CancellationToken cancel)
    {
        if (await read.RunAsync(cancel) is not { } status)
        {
            return await show.RunPublicAsync<Away>(
                new PlainModel(show.City, words, options.Phone),
                StatusCodes.Status503ServiceUnavailable
            );
        }

        var age = clock.Now.Utc - status.AsOf;
        var model = new StatusModel(show.City, words, status, cycles, options, clock.City, age);
        return PublicAnswer.Of(request, await show.RenderPublicAsync<Status>(model), ShowPage.MediaType, mayPack: true);
    }
}
