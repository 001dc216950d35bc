using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Finance;

public sealed class GetCyclesFunction(ReadCycles read)
{
    [Function("GetCycles")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/cycles")] HttpRequest request,
        CancellationToken cancel
    ) => HttpJson.Ok(await read.RunAsync(cancel));
}

public sealed class GetCycleFunction(ReadCycles read)
{
    [Function("GetCycle")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/cycles/{cycle}")] HttpRequest request,
        string cycle,
        CancellationToken cancel
    )
    {
        var number = HttpJson.Cycle(cycle);
        return (await read.RunAsync(cancel)).FirstOrDefault(view => view.Cycle == number.Value) is { } found
            ? HttpJson.Ok(found)
            : HttpJson.NotFound($"There is no cycle {cycle}.");
    }
}

public sealed class PutBacklogFunction(ClearBacklog clear, ChangeControls change, CityClock clock)
{
    [Function("PutBacklog")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/cycles/{cycle}/backlog")] HttpRequest request,
        string cycle,
        CancellationToken cancel
    )
    {
        var number = HttpJson.Cycle(cycle);
        var body = await HttpJson.ReadAsync<BacklogRequest>(request);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        var (controls, waitsFor) = body.ToChange(number) is BacklogCleared cleared
            ? await clear.RunAsync(cleared, authority, cancel)
            : new ClearAnswer(await change.RunAsync(new BacklogReopened([number]), authority, cancel), []);
        return HttpJson.Ok(BacklogView.Of(controls.BacklogOf(number), waitsFor));
    }
}
