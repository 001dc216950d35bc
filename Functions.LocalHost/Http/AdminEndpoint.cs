using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.LocalHost;

/// <summary>POST /admin/functions/{name} with {"input": "..."} starts any function that is not called over HTTP.</summary>
internal static class AdminEndpoint
{
    public static void Map(WebApplication app) =>
        app.MapPost("/admin/functions/{name}", StartAsync).WithMetadata(HostEndpoint.Instance);

    private static async Task StartAsync(HttpContext http)
    {
        var function = http.RequestServices.GetRequiredService<FunctionCatalog>().Find((string)http.Request.RouteValues["name"]!);
        http.Response.StatusCode = StatusOf(http, function);
        if (http.Response.StatusCode == StatusCodes.Status202Accepted && await ReadInputAsync(http) is { } input)
        {
            http.RequestServices.GetRequiredService<ManualInvocations>().Start(function!, input);
        }
    }

    // A page in the developer's browser can reach loopback too: it cannot send JSON here unasked, nor name another host by rebinding.
    private static int StatusOf(HttpContext http, FunctionDescriptor? function) => http switch
    {
        _ when !IsLoopback(http) => StatusCodes.Status403Forbidden,
        _ when function is null or { Trigger: HttpTriggerAttribute } => StatusCodes.Status404NotFound,
        _ when !http.Request.HasJsonContentType() => StatusCodes.Status415UnsupportedMediaType,
        _ => StatusCodes.Status202Accepted,
    };

    private static bool IsLoopback(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && (http.Request.Host.Host == "localhost" || (IPAddress.TryParse(http.Request.Host.Host, out var host) && IPAddress.IsLoopback(host)));

    private static async Task<string?> ReadInputAsync(HttpContext http)
    {
        try
        {
            return (await http.Request.ReadFromJsonAsync<Body>(http.RequestAborted))?.Input ?? "";
        }
        catch (JsonException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }
    }

    private sealed record Body(string? Input);
}
