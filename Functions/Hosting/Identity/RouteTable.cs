using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Hosting.Identity;

/// <summary>Which function answers a request: what stands beside each function.</summary>
internal static class RouteTable
{
    // What names more of its path stands first.
    private static readonly IReadOnlyList<(string Function, string[] Methods, string[] Parts)> All =
    [
        .. from type in typeof(RouteTable).Assembly.GetTypes()
        from method in type.GetMethods()
        from parameter in method.GetParameters()
        let name = method.GetCustomAttribute<FunctionAttribute>()?.Name
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where name is not null && trigger is not null
        let parts = (trigger.Route ?? name).Split('/')
        orderby parts.Count(IsOpen)
        select (name, trigger.Methods ?? [], parts),
    ];

    /// <param name="path">With or without its query.</param>
    /// <returns>Null when no function does.</returns>
    public static string? FunctionOf(string method, string path)
    {
        var parts = path.Split('?')[0].Trim('/').Split('/');
        return All.FirstOrDefault(route =>
            route.Methods.Contains(method, StringComparer.OrdinalIgnoreCase) && Fits(route.Parts, parts)
        ).Function;
    }

    private static bool Fits(string[] route, string[] path) =>
        route.Length == path.Length && route.Zip(path).All(it => IsOpen(it.First) || it.First == it.Second);

    private static bool IsOpen(string part) => part.StartsWith('{');
}
