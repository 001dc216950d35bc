using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.LocalHost;

internal static class HttpRoute
{
    public static RoutePattern Parse(string function, HttpTriggerAttribute trigger, string prefix = "")
    {
        var template = $"{prefix}/{(trigger.Route ?? function).TrimStart('/')}";
        try
        {
            return RoutePatternFactory.Parse(template);
        }
        catch (RoutePatternException exception)
        {
            throw new InvalidOperationException($"Function '{function}': the route '{template}' is not valid. {exception.Message}", exception);
        }
    }
}
