using System.Globalization;
using System.Text;
using Autopay.StripeSandbox.Faults;
using Autopay.StripeSandbox.Payments;
using Microsoft.AspNetCore.Http;

namespace Autopay.StripeSandbox.Http;

/// <summary>The wire back to the caller, which may be cut, silent or garbled.</summary>
internal sealed class Line(HttpContext http, CancellationToken stopping)
{
    /// <summary>False: the caller got no whole answer.</summary>
    public async Task<bool> SendAsync(ApiCall call, Answer? answer, FaultRule? fault)
    {
        switch (fault?.Kind)
        {
            case FaultKind.ResetBefore or FaultKind.ResetAfter:
                http.Abort();
                return false;
            case FaultKind.HangAfter:
                await SilenceAsync(http.RequestAborted, stopping);
                return false;
            case FaultKind.Html502After:
                return await WriteAsync(call, ErrorAnswers.BadGateway());
            case FaultKind.Truncated when answer is not null:
                await WriteHalfAsync(call, answer);
                return false;
            case var _ when answer is null:
                http.Abort();
                return false;
            default:
                return await WriteAsync(call, answer);
        }
    }

    public static async Task SilenceAsync(CancellationToken gone, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, either.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<bool> WriteAsync(ApiCall call, Answer answer)
    {
        WriteHead(call, answer);
        await http.Response.WriteAsync(answer.Body);
        return !http.RequestAborted.IsCancellationRequested;
    }

    private async Task WriteHalfAsync(ApiCall call, Answer answer)
    {
        WriteHead(call, answer);
        var bytes = Encoding.UTF8.GetBytes(answer.Body);
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        await http.Response.Body.FlushAsync();
        http.Abort();
    }

    private void WriteHead(ApiCall call, Answer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        http.Response.ContentLength = Encoding.UTF8.GetByteCount(answer.Body);
        http.Response.Headers["Request-Id"] = call.RequestId;
        http.Response.Headers["Stripe-Version"] = EventLog.ApiVersion;
        if (call is { IsWrite: true, IdempotencyKey: { } key })
        {
            http.Response.Headers["Idempotency-Key"] = key;
        }
        foreach (var (name, value) in answer.Headers)
        {
            http.Response.Headers[name] = value.ToString(CultureInfo.InvariantCulture);
        }
    }
}
