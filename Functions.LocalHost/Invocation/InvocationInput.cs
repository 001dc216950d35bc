using Microsoft.AspNetCore.Http;

namespace Autopay.LocalHost;

internal sealed record InvocationInput(object? TriggerValue, IReadOnlyDictionary<string, object?> BindingData, HttpContext? Http = null)
{
    private static readonly Dictionary<string, object?> NoData = [];

    public static InvocationInput Of(object? triggerValue) => new(triggerValue, NoData);

    public static InvocationInput Of(HttpContext http) =>
        new(http, new Dictionary<string, object?>(http.Request.RouteValues, StringComparer.OrdinalIgnoreCase), http);
}
