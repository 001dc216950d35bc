using Autopay.Application.Ports;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

/// <summary>All flags as they are, with every change: deferrals, waivers, shields, backlog, halt, reconcile before charge.</summary>
public sealed class GetControlsFunction(IControlsStore store)
{
    [Function("GetControls")]
    public async Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/controls")] HttpRequest request, CancellationToken cancel)
    {
        var controls = (await store.LoadAsync(cancel)).Controls;
        List<ControlsHistoryRow> history = [];
        await foreach (var row in store.ReadHistoryAsync(cancel))
        {
            history.Add(row);
        }

        return HttpJson.Ok(new { controls.Version, controls.Halt, controls.ReconcileSince, controls.WhyNothingIsCharged, controls.Deferrals, controls.Backlog, controls.Waivers, controls.Shields, history });
    }
}
