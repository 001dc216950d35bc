using Autopay.LocalHost.Hosting;
using Autopay.LocalHost.Workers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Autopay.LocalHost.Http;

/// <summary>
/// The routes of the worker's functions. They are known when the worker has started, which is before the first request.
/// </summary>
internal sealed class FunctionEndpoints(
    WorkerHost worker,
    HttpThrottle throttle,
    FunctionForwarder forwarder,
    HostSettings settings
) : EndpointDataSource
{
    private readonly Lock gate = new();
    private IReadOnlyList<Endpoint>? endpoints;

    public override IReadOnlyList<Endpoint> Endpoints
    {
        get
        {
            lock (gate)
            {
                return endpoints ??= [
                    .. worker
                        .Functions.Where(function => function.IsHttp && !settings.IsDisabled(function.Name))
                        .Select(Map),
                ];
            }
        }
    }

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;

    private Endpoint Map(WorkerFunction function)
    {
        var route = RoutePatternFactory.Parse(
            $"{settings.RoutePrefix}/{(function.Text("route") ?? function.Name).TrimStart('/')}"
        );
        var builder = new RouteEndpointBuilder(
            http => throttle.ServeAsync(http, () => forwarder.ServeAsync(function, http)),
            route,
            order: 0
        )
        {
            DisplayName = function.Name,
        };
        if (function.Texts("methods") is { Count: > 0 } methods)
        {
            builder.Metadata.Add(new HttpMethodMetadata(methods));
        }

        return builder.Build();
    }
}

internal static class FunctionRouting
{
    /// <summary>
    /// Routing answers 405 from an endpoint of its own when only the method is wrong; the real host answers 404.
    /// </summary>
    public static IApplicationBuilder UseNotFoundForOtherMethods(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                if (http.GetEndpoint() is RouteEndpoint)
                {
                    return next(http);
                }

                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }
        );
}
