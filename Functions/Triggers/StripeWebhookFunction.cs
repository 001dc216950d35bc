using Autopay.Application;
using Autopay.Hosting;
using Autopay.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers;

public sealed class StripeWebhookFunction(ReceiveProviderEvent receive, ILogger<StripeWebhookFunction> logger)
{
    // What a row can hold: a larger one could never be stored, and would come again for days.
    private const long LargestEvent = LongText.MostCharacters;

    [Function("StripeWebhook")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks/stripe")] HttpRequest request, CancellationToken cancel)
    {
        var body = await HttpJson.ReadBodyAsync(request, LargestEvent);
        if (await receive.RunAsync(body, request.Headers["Stripe-Signature"], cancel) is { } refusal)
        {
            logger.WebhookRefused(refusal);
            throw new BadRequestException(refusal);
        }

        return HttpJson.Ok(new { received = true });
    }
}
