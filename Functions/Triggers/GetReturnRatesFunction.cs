using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class GetReturnRatesFunction(WatchReturns returns)
{
    [Function("GetReturnRates")]
    public async Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/return-rates")] HttpRequest request, CancellationToken cancel) =>
        HttpJson.Ok(await returns.ReadAsync(cancel));
}
