using Autopay.Application.Ports.Books;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Finance;

/// <summary>Whether a change whose answer was lost was made: one read.</summary>
public sealed class OperationFunctions(IControlsStore store)
{
    [Function("GetOperation")]
    [AllowedToEverybody]
    public async Task<IActionResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operations/{id}")] HttpRequest request,
        string id,
        CancellationToken cancel
    ) =>
        await store.FindOperationAsync(HttpJson.Id(id, "id"), cancel) is { } done
            ? HttpJson.Ok(
                new
                {
                    done.Operation.Id,
                    recorded = true,
                    done.Version,
                    done.What,
                    done.Authority,
                }
            )
            : HttpJson.NotFound($"The operation {id} is not recorded: it changed nothing.");
}
