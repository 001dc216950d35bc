using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers.Engine;

public sealed class StripeWebhookFunction(ReceiveProviderEvent receive, ILogger<StripeWebhookFunction> logger)
{
    [Function("StripeWebhook")]
    [OpenToAll]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks/stripe")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadBodyAsync(request, ProviderEvent.LargestBody);
        if (await receive.RunAsync(body, request.Headers["Stripe-Signature"], cancel) is { } refusal)
        {
            logger.WebhookRefused(refusal);
            throw new BadRequestException(refusal);
        }

        return HttpJson.Ok(new { received = true });
    }
}
