using Autopay.StripeSandbox.Control;

namespace Autopay.Tests.Fixtures;

/// <summary>
/// A caller that gives up as soon as a fault has got hold of its call: what a timeout does, without waiting for one.
/// </summary>
internal sealed class LeavesWhenHit(Func<SandboxControl> sandbox) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = base.SendAsync(request, leaving.Token);
        await Eventually.HoldsAsync(
            "the call is hit or answered",
            () => answer.IsCompleted || sandbox().Faults.Any(fault => fault.Hit > 0)
        );
        if (!answer.IsCompleted)
        {
            await leaving.CancelAsync();
        }
        return await answer;
    }
}
