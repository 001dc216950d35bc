using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.LocalHost;

internal static class FunctionEndpoints
{
    public static WebApplication UseFunctions(this WebApplication app, FunctionCatalog catalog)
    {
        app.UseRouting();
        app.Use(OtherMethodsAreNotFoundAsync);
        AdminEndpoint.Map(app);
        foreach (var function in catalog.Functions.Where(function => function.Trigger is HttpTriggerAttribute))
        {
            Map(app, function, (HttpTriggerAttribute)function.Trigger);
        }

        return app;
    }

    private static void Map(WebApplication app, FunctionDescriptor function, HttpTriggerAttribute trigger)
    {
        var endpoint = app.Services.GetRequiredService<HttpFunctionEndpoint>();
        var route = HttpRoute.Parse(function.Name, trigger, app.Services.GetRequiredService<HostSettings>().RoutePrefix);
        var mapped = app.Map(route, http => endpoint.ServeAsync(function, http)).WithMetadata(HostEndpoint.Instance);
        if (trigger.Methods is { Length: > 0 } methods)
        {
            mapped.WithMetadata(new HttpMethodMetadata(methods));
        }
    }

    /// <summary>Routing answers 405 from an endpoint of its own when only the method is wrong; the real host answers 404.</summary>
    private static Task OtherMethodsAreNotFoundAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<HostEndpoint>() is not null)
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
