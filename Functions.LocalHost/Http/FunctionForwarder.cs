using System.Net;
using Autopay.LocalHost.Hosting;
using Autopay.LocalHost.Rpc;
using Autopay.LocalHost.Workers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Autopay.LocalHost.Http;

/// <summary>
/// Sends a request to the worker's own server, and over the channel the word that it may be served: the worker joins
/// the two by the invocation's id.
/// </summary>
internal sealed class FunctionForwarder(
    WorkerHost worker,
    FunctionInvoker invoker,
    IHttpForwarder forwarder,
    HostSettings settings,
    ILogger<FunctionForwarder> logger
) : IDisposable
{
    private const string InvocationId = "x-ms-invocation-id";

    private readonly HttpMessageInvoker client = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ActivityHeadersPropagator = null,
        }
    );

    private readonly ForwarderRequestConfig patience = new()
    {
        ActivityTimeout = settings.FunctionTimeout,
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public async Task ServeAsync(WorkerFunction function, HttpContext http)
    {
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var running = await worker.ReadyAsync(http.RequestAborted);
        var invoking = invoker.InvokeAsync(function, request => Describe(request, function, http), givenUp.Token);
        var error = await forwarder.SendAsync(http, running.Http.AbsoluteUri, client, patience, ForwardedFor.Instance);
        if (error != ForwarderError.None)
        {
            // The forwarder has answered, for example that the body is too large; the worker need not wait for a
            // request that never comes.
            await givenUp.CancelAsync();
        }

        try
        {
            await invoking;
        }
        catch (Exception) when (error != ForwarderError.None)
        {
            logger.CallFailed(function.Name, $"the request was not forwarded ({error})");
        }
        catch (Exception failure)
        {
            logger.CallFailed(function.Name, failure.Message);
            Fail(http);
        }
    }

    public void Dispose() => client.Dispose();

    private static void Describe(InvocationRequest request, WorkerFunction function, HttpContext http)
    {
        http.Request.Headers[InvocationId] = request.InvocationId;
        request.InputData.Add(
            new ParameterBinding
            {
                Name = function.Parameter,
                Data = new TypedData { Http = new RpcHttp() },
            }
        );
        foreach (var (name, value) in http.Request.RouteValues)
        {
            request.TriggerMetadata[name] = new TypedData { String = (string?)value ?? "" };
        }
    }

    private static void Fail(HttpContext http)
    {
        if (!http.Response.HasStarted)
        {
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    /// <summary>
    /// The worker sees the caller's address and the name under which it was called; what a caller says of them himself
    /// is not passed on.
    /// </summary>
    private sealed class ForwardedFor : HttpTransformer
    {
        public static readonly ForwardedFor Instance = new();

        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext,
            HttpRequestMessage proxyRequest,
            string destinationPrefix,
            CancellationToken cancellationToken
        )
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = null;
            Set(proxyRequest, "X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());
            Set(proxyRequest, "X-Forwarded-Host", httpContext.Request.Host.Value);
            Set(proxyRequest, "X-Forwarded-Proto", httpContext.Request.Scheme);
        }

        private static void Set(HttpRequestMessage request, string name, string? value)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
