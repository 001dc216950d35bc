using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.Faults.FaultProxy;

/// <summary>A small proxy between an unmodified SDK and its service, which breaks what the script says.</summary>
internal sealed class FaultyNetwork : IAsyncDisposable
{
    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host",
        "Connection",
        "Transfer-Encoding",
        "Keep-Alive",
    };
    private readonly WebApplication web;
    private readonly Uri upstream;
    private readonly FaultScript script;
    private readonly HttpClient http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None }
    );

    private FaultyNetwork(WebApplication web, Uri upstream, FaultScript script) =>
        (this.web, this.upstream, this.script) = (web, upstream, script);

    public Uri Address => new(web.Urls.Single());

    public static async Task<FaultyNetwork> StartAsync(Uri upstream, FaultScript script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var network = new FaultyNetwork(builder.Build(), upstream, script);
        network.web.Run(network.HandleAsync);
        await network.web.StartAsync();
        return network;
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var fault = script.Next(context.Request);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        switch (fault)
        {
            case ProxyFault.ResetBefore:
                context.Abort();
                break;
            case ProxyFault.HangBefore:
                await HangAsync(context);
                break;
            case ProxyFault.Throttled429Before:
                await RefuseAsync(context, 429);
                break;
            case ProxyFault.Error500Before:
                await RefuseAsync(context, 500);
                break;
            case ProxyFault.Busy503Before:
                await RefuseAsync(context, 503);
                break;
            default:
                await AnswerAsync(
                    context,
                    await ForwardAsync(context.Request, body.ToArray(), fault == ProxyFault.Duplicate ? 2 : 1),
                    fault
                );
                break;
        }
    }

    private async Task<(HttpResponseMessage Head, byte[] Body)> ForwardAsync(
        HttpRequest request,
        byte[] body,
        int times
    )
    {
        using var message = new HttpRequestMessage(
            new HttpMethod(request.Method),
            new Uri(upstream, request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget)
        );
        message.Content = body.Length > 0 || request.ContentType is not null ? new ByteArrayContent(body) : null;
        foreach (var header in request.Headers.Where(header => !OfTheConnection.Contains(header.Key)))
        {
            if (!message.Headers.TryAddWithoutValidation(header.Key, [.. header.Value]))
            {
                message.Content?.Headers.TryAddWithoutValidation(header.Key, [.. header.Value]);
            }
        }

        var answer = await http.SendAsync(message);
        var text = await answer.Content.ReadAsByteArrayAsync();
        return times > 1 ? await ForwardAsync(request, body, times - 1) : (answer, text);
    }

    private static async Task AnswerAsync(
        HttpContext context,
        (HttpResponseMessage Head, byte[] Body) answer,
        ProxyFault? fault
    )
    {
        switch (fault)
        {
            case ProxyFault.ResetAfter:
                context.Abort();
                break;
            case ProxyFault.HangAfter:
                await HangAsync(context);
                break;
            case ProxyFault.Busy503After:
                await RefuseAsync(context, 503);
                break;
            case ProxyFault.HalfBody:
                await CopyAsync(context, answer, answer.Body.Length / 2);
                context.Abort();
                break;
            default:
                await CopyAsync(context, answer, answer.Body.Length);
                break;
        }
    }

    private static async Task CopyAsync(HttpContext context, (HttpResponseMessage Head, byte[] Body) answer, int bytes)
    {
        var response = context.Response;
        response.StatusCode = (int)answer.Head.StatusCode;
        foreach (
            var header in answer
                .Head.Headers.Concat(answer.Head.Content.Headers)
                .Where(header => !OfTheConnection.Contains(header.Key))
        )
        {
            response.Headers[header.Key] = header.Value.ToArray();
        }

        if (response.StatusCode is not (204 or 304))
        {
            response.ContentLength = answer.Body.Length;
            await response.Body.WriteAsync(answer.Body.AsMemory(0, bytes));
            await response.Body.FlushAsync();
        }
    }

    private static Task RefuseAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(
            $$$"""{"error":{"type":"api_error","message":"The proxy says {{{status}}}."}}"""
        );
    }

    private static async Task HangAsync(HttpContext context)
    {
        var left = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(left.SetResult);
        await left.Task;
    }
}
