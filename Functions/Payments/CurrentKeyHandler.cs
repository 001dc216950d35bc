using System.Net;
using System.Net.Http.Headers;

namespace Autopay.Payments;

/// <summary>
/// Each request carries the key of now, whatever key the client was made with. After a 401 the next request looks for
/// a newer one; this one is not repeated here, Stripe has done nothing and the walk comes again.
/// </summary>
internal sealed class CurrentKeyHandler(IStripeSecrets secrets) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var now = await secrets.FreshAsync(cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", now.ApiKey);
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            await secrets.NewerThanAsync(now, cancellationToken);
        }

        return answer;
    }
}
