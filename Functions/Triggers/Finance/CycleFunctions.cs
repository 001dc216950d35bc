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
    ) => HttpJson.Ok(await read.RunAsync(HttpJson.Flag(request.Query, "fresh"), cancel));
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
        var cycles = await read.RunAsync(HttpJson.Flag(request.Query, "fresh"), cancel);
        return cycles.FirstOrDefault(view => view.Cycle == number.Value) is { } found
            ? HttpJson.Ok(found)
            : HttpJson.NotFound($"There is no cycle {cycle}.");
    }
}

public sealed class GetTimelineFunction(ReadTimeline read)
{
    [Function("GetTimeline")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/timeline")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        HttpJson.Names(query, "from", "to", "fresh");
        var (from, to) = (HttpJson.Day(query, "from"), HttpJson.Day(query, "to"));
        return from > to
            ? throw new BadRequestException("from: expected a day that is not after 'to'.")
            : HttpJson.Ok(await read.RunAsync(from, to, HttpJson.Flag(query, "fresh"), cancel));
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
        var asked = body.ToRequest(request, clock, body.Reason);
        var (controls, waitsFor) = body.ToChange(number) is BacklogCleared cleared
            ? await clear.RunAsync(cleared, asked, cancel)
            : new ClearAnswer((await change.RunAsync(new BacklogReopened([number]), asked, cancel)).Controls, []);
        return HttpJson.Ok(BacklogView.Of(controls.BacklogOf(number), waitsFor));
    }
}
