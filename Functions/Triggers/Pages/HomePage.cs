using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages;

/// <summary>Residents read the status; staff go on from its foot.</summary>
public sealed class HomePage
{
    [Function("HomePage")]
    [OpenToAll]
    public IActionResult Run(
        // The worker maps no route of a slash alone: a part that may be left out, and may be nothing else.
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{home:maxlength(0)?}")] HttpRequest request
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        return new RedirectResult("/status", permanent: false);
    }
}
