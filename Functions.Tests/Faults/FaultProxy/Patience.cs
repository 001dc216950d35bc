using Azure.Core;
using Azure.Core.Pipeline;

namespace Autopay.Tests.Faults.FaultProxy;

/// <summary>
/// How long clients wait for an answer. Short where the script is silent, because each silence takes as long; else
/// longer than any machine is busy.
/// </summary>
internal static class Patience
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    public static HttpPipelineSynchronousPolicy With(FaultScript script, TimeSpan silence) =>
        new OfStorage(script, silence);

    public static HttpMessageHandler OfHttp(FaultScript script, TimeSpan silence) =>
        new OfStripe(script, silence) { InnerHandler = new SocketsHttpHandler() };

    private static TimeSpan Of(FaultScript script, TimeSpan silence) => script.IsSilent ? silence : Long;

    private sealed class OfStorage(FaultScript script, TimeSpan silence) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) => message.NetworkTimeout = Of(script, silence);
    }

    private sealed class OfStripe(FaultScript script, TimeSpan silence) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            using var given = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            given.CancelAfter(Of(script, silence));
            var answer = await base.SendAsync(request, given.Token);
            await answer.Content.LoadIntoBufferAsync(given.Token);
            return answer;
        }
    }
}
