using System.Globalization;
using Autopay.Application;
using Autopay.Hosting;
using Autopay.Imports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class PostImportFunction(ReceiveImport receive, CityClock clock)
{
    [Function("PostImport")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports/{kind}")] HttpRequest request, string kind, CancellationToken cancel)
    {
        if (!ImportKinds.TryParse(kind, out var parsed))
        {
            return HttpJson.NotFound($"There is no import '{kind}'; expected one of {ImportKinds.All}.");
        }

        await using var file = await Upload.ToTempFileAsync(request, cancel);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(request.Query["reason"].FirstOrDefault() ?? $"import of {Upload.NameOf(request)}"));
        var receipt = await receive.RunAsync(parsed, Upload.NameOf(request), file, Expected(request), authority, cancel);
        return ImportViews.ToResult(receipt);
    }

    private static ExpectedTotals Expected(HttpRequest request) => new(Number(request, "X-Row-Count"), Total(request));

    private static int? Number(HttpRequest request, string header) => request.Headers[header].ToString() switch
    {
        "" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new BadRequestException($"{header}: expected a whole number."),
    };

    private static Money? Total(HttpRequest request) => request.Headers["X-Total"].ToString() switch
    {
        "" => null,
        var text when decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var dollars)
            && decimal.Round(dollars, 2) == dollars && Math.Abs(dollars) < 1_000_000_000_000m => new Money((long)(dollars * 100)),
        _ => throw new BadRequestException("X-Total: expected dollars with two places, such as 1234.50."),
    };
}
