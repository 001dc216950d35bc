using Autopay.StripeSandbox.Faults;
using Microsoft.AspNetCore.Http;

namespace Autopay.StripeSandbox.Http;

/// <summary>One call from the first byte to the last, faults included.</summary>
internal sealed class StripeEndpoint(Sandbox sandbox)
{
    public async Task HandleAsync(HttpContext http)
    {
        var call = await ApiCall.ReadAsync(http.Request);
        var number = sandbox.Calls.Begin(call);
        var fault = sandbox.Faults.Draw(call);
        var answer =
            Refusal(http.Request, call) ?? BeforeKeys(call, fault) ?? await RunAsync(call, fault, http.RequestAborted);
        var sent = await new Line(http, sandbox.Stopping).SendAsync(call, answer, fault);
        sandbox.Calls.End(
            number,
            sent ? answer?.Status : null,
            fault?.Kind.ToString(),
            answer?.Headers.ContainsKey("Idempotent-Replayed") == true
        );
    }

    private Answer? Refusal(HttpRequest request, ApiCall call) =>
        ApiKeyCheck.Refuse(request) is { } problem ? ErrorAnswers.Unauthorized(call, problem)
        : sandbox.RateLimit.Exceeded(call) ? ErrorAnswers.RateLimited(call, null)
        : null;

    /// <summary>Turned away at the door: the idempotency layer never hears of these.</summary>
    private static Answer? BeforeKeys(ApiCall call, FaultRule? fault) =>
        fault?.Kind switch
        {
            FaultKind.RateLimited => ErrorAnswers.RateLimited(call, fault.RetryAfterSeconds),
            FaultKind.LockTimeout => ErrorAnswers.LockTimeout(call),
            FaultKind.KeyInUse => ErrorAnswers.KeyInUse(call),
            FaultKind.ResetBefore or FaultKind.Html502Before => ErrorAnswers.BadGateway(),
            _ => null,
        };

    /// <summary>Null: the caller gave up before anything happened.</summary>
    private async Task<Answer?> RunAsync(ApiCall call, FaultRule? fault, CancellationToken gone)
    {
        if (sandbox.Keys.Claim(call) is { } settled)
        {
            return settled;
        }
        try
        {
            return await WaitAsync(fault, gone) ? Execute(call, fault) : null;
        }
        finally
        {
            sandbox.Keys.Release(call);
        }
    }

    private async Task<bool> WaitAsync(FaultRule? fault, CancellationToken gone)
    {
        switch (fault?.Kind)
        {
            case FaultKind.Slow:
                await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMs), TimeProvider.System, sandbox.Stopping);
                return true;
            case FaultKind.HangBefore:
                await Line.SilenceAsync(gone, sandbox.Stopping);
                return false;
            default:
                return true;
        }
    }

    private Answer Execute(ApiCall call, FaultRule? fault) =>
        sandbox.Step(
            call.EventRequest,
            () =>
            {
                var answer =
                    fault?.Kind == FaultKind.Error500Before ? ErrorAnswers.ServerError(call) : sandbox.Router.Run(call);
                answer = fault?.Kind == FaultKind.Error500After ? ErrorAnswers.ServerError(call) : answer;
                sandbox.Keys.Store(call, answer);
                return answer;
            }
        );
}
