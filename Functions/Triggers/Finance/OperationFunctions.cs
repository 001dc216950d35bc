using Autopay.Application;
using Autopay.Application.Ports.Books;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Finance;

/// <summary>Whether a change whose answer was lost was made: one read, and where its end is not known the books.
/// </summary>
public sealed class OperationFunctions(DoOnce once)
{
    [Function("GetOperation")]
    [AllowedToEverybody]
    public async Task<IActionResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operations/{id}")] HttpRequest request,
        string id,
        CancellationToken cancel
    ) =>
        await once.FindAsync(HttpJson.Id(id, "id"), cancel) is { } known
            ? HttpJson.Ok(OperationView.Of(known))
            : HttpJson.NotFound($"The operation {id} is not recorded: it changed nothing.");
}

/// <summary>What is known of an operation.</summary>
/// <param name="Recorded">It was done. Else it was begun, and nobody knows yet how it ended.</param>
/// <param name="Version">The version of the controls that it made; of other changes none.</param>
/// <param name="Says">What to do about one whose end is not known.</param>
internal sealed record OperationView(
    string Id,
    bool Recorded,
    long? Version,
    string What,
    Authority Authority,
    string? Says
)
{
    public static OperationView Of(RecordedOperation known) =>
        new(
            known.Operation.Id,
            known.IsDone,
            known.Version,
            known.What,
            known.Authority,
            known.IsDone
                ? null
                : "It was begun and its end is not known yet. Ask again in a moment, or send the same request again "
                    + "under this id: it is done once."
        );
}
