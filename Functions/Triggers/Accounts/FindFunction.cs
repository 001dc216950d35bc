using Autopay.Application;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Accounts;

/// <summary>The find box: whatever has the id that somebody reads from a bill, a receipt or a bank's letter.</summary>
public sealed class FindFunction(FindById find)
{
    private const int Longest = 200;

    [Function("Find")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/find")] HttpRequest request,
        CancellationToken cancel
    )
    {
        HttpJson.Names(request.Query, "q");
        var id = request.Query["q"].ToString().Trim() is { Length: > 0 and <= Longest } text
            ? text
            : throw new BadRequestException($"q: expected an id of 1 to {Longest} characters.");
        var found = HttpJson.IsId(id) ? await find.RunAsync(id, cancel) : new Finding([]);
        return HttpJson.Ok(
            new
            {
                q = id,
                items = found.Items.Select(ToHit),
                found.Note,
            }
        );
    }

    private static object ToHit(Found it) =>
        new
        {
            it.Kind,
            it.Id,
            it.Account,
            it.Resembles,
            it.Debit,
            link = $"/api/accounts/{it.Account}",
        };
}
