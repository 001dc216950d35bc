using Autopay.Application.Ports;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class GetSuspenseFunction(ISuspenseStore suspense)
{
    [Function("GetSuspense")]
    public async Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/suspense")] HttpRequest request, CancellationToken cancel)
    {
        List<SuspensePayment> waiting = [];
        await foreach (var payment in suspense.ReadAllAsync(cancel))
        {
            waiting.Add(payment);
        }

        var open = waiting.Where(payment => payment.IsOpen).ToList();
        return HttpJson.Ok(new { count = open.Count, totalCents = open.Sum(payment => payment.Payment.Amount), payments = waiting.Select(ToView) });
    }

    private static object ToView(SuspensePayment waiting) => new
    {
        payment = waiting.Payment.Id, waiting.NamedAccount, amountCents = waiting.Payment.Amount, waiting.Payment.Channel, waiting.Payment.ReceivedOn,
        waiting.ImportId, waiting.Line, waiting.Since, waiting.AssignedTo, waiting.AssignedBy, waiting.ReversedBy, state = StateOf(waiting),
    };

    private static string StateOf(SuspensePayment waiting) => waiting switch
    {
        { ReversedBy: not null } => "reversed",
        { IsPosted: true } => "assigned",
        { AssignedTo: not null } => "being assigned",
        _ => "open",
    };
}
