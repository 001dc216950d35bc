using System.Text.Json;
using Autopay.LocalHost.Hosting;
using Autopay.LocalHost.Triggers;
using Autopay.LocalHost.Workers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost.Http;

/// <summary>
/// POST /admin/functions/{name} with {"input": "..."} starts any function that is not called over HTTP; it runs on
/// after the answer.
/// </summary>
internal sealed class AdminEndpoint(WorkerHost worker, TriggerCalls calls, ILogger<AdminEndpoint> logger)
{
    public const string Route = "/admin/functions/{name}";

    public async Task StartAsync(HttpContext http)
    {
        var name = (string)http.Request.RouteValues["name"]!;
        var function = worker.Functions.FirstOrDefault(it =>
            !it.IsHttp && string.Equals(it.Name, name, StringComparison.OrdinalIgnoreCase)
        );
        http.Response.StatusCode = function is null
            ? StatusCodes.Status404NotFound
            : OwnRequests.Refuse(http) ?? StatusCodes.Status202Accepted;
        if (http.Response.StatusCode == StatusCodes.Status202Accepted && await ReadInputAsync(http) is { } input)
        {
            _ = RunAsync(function!, input);
        }
    }

    private async Task RunAsync(WorkerFunction function, string input)
    {
        logger.Calling(function.Name, "started by hand");
        try
        {
            await (
                function.IsTimer
                    ? calls.OfTimerAsync(function.Name, isPastDue: false, status: null, CancellationToken.None)
                    : calls.OfQueueAsync(function.Name, input, CancellationToken.None)
            );
        }
        catch (Exception failure)
        {
            logger.CallFailed(function.Name, failure.Message);
        }
    }

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
