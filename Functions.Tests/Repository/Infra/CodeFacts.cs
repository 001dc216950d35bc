using System.Reflection;
using Autopay.Hosting.Identity;
using Autopay.Storage;
using Autopay.Triggers.Engine;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Tests.Repository.Infra;

/// <summary>What the code needs of its surroundings, read from the code itself.</summary>
internal static class CodeFacts
{
    private static readonly Assembly App = typeof(SweepFunction).Assembly;

    public static IReadOnlyList<string> Containers { get; } =
    [
        .. from field in typeof(StorageClients).GetFields()
        where field.IsLiteral && field.Name.EndsWith("Container", StringComparison.Ordinal)
        select (string)field.GetRawConstantValue()!,
    ];

    public static IReadOnlyDictionary<string, string> Schedules { get; } =
        Bound<TimerTriggerAttribute>().ToDictionary(it => it.Function, it => it.Binding.Schedule);

    /// <summary>Every function by name.</summary>
    public static IReadOnlyList<string> Functions { get; } =
    [
        .. from type in App.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        select function.Name,
    ];

    /// <summary>Of every function that answers requests, in small letters.</summary>
    public static IReadOnlyList<(string Method, string Template)> Routes { get; } =
    [
        .. Bound<HttpTriggerAttribute>()
            .SelectMany(it => it.Binding.Methods!.Select(method => (method.ToLowerInvariant(), it.Binding.Route!))),
    ];

    public static IReadOnlyList<string> OpenRoutes { get; } =
    [.. Bound<HttpTriggerAttribute>().Where(it => Access.IsOpen(it.Function)).Select(it => $"/{it.Binding.Route}")];

    public static IReadOnlyList<string> QueueFunctions { get; } =
    [.. Bound<QueueTriggerAttribute>().Select(it => it.Function)];

    /// <summary>
    /// The platform gives each queue and timer function instances of its own, and one group to all HTTP functions.
    /// </summary>
    public static int ScaleGroups => QueueFunctions.Count + Schedules.Count + 1;

    private static IEnumerable<(string Function, T Binding)> Bound<T>()
        where T : Attribute =>
        from type in App.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        let binding = parameter.GetCustomAttribute<T>()
        where binding is not null
        select (function.Name, binding);
}
