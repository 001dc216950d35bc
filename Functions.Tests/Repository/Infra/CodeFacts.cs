using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Autopay.Hosting.Identity;
using Autopay.Storage;
using Autopay.Tests.Repository.Wholesome;
using Autopay.Triggers.Engine;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Tests.Repository.Infra;

/// <summary>What the code needs of its surroundings, read from the code itself.</summary>
internal static partial class CodeFacts
{
    private static readonly Assembly App = typeof(SweepFunction).Assembly;

    public static IReadOnlyList<string> Containers { get; } =
    [
        .. from field in typeof(StorageClients).GetFields()
        where field.IsLiteral && field.Name.EndsWith("Container", StringComparison.Ordinal)
        select (string)field.GetRawConstantValue()!,
    ];

    /// <summary>
    /// Every setting of every options class (those with a section), with the text of its default. What only the
    /// platform may say is none.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } =
        (
            from type in App.GetTypes()
            let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue()
                as string
            where section is not null
            let options = Activator.CreateInstance(type)
            from property in type.GetProperties()
            where
                property.CanWrite
                && property.Name != nameof(IdentityOptions.IsPlatformAuth)
                && property.GetMethod!.GetCustomAttribute<CompilerGeneratedAttribute>() is not null
            select (Name: $"{section}__{property.Name}", Default: Text(property.GetValue(options)))
        ).ToDictionary(it => it.Name, it => it.Default);

    /// <summary>Settings that are read by name, outside of any options class.</summary>
    public static IReadOnlyList<string> SettingsByName { get; } =
    [
        .. SourceTree
            .Sources("Functions")
            .SelectMany(path => NamePattern().Matches(SourceTree.Read(path)))
            .Select(match => match.Groups[1].Value.Replace(":", "__", StringComparison.Ordinal))
            .Distinct(),
    ];

    /// <summary>The metrics that the source makes, by the literal that names them.</summary>
    public static IReadOnlyList<string> Metrics { get; } =
    [
        .. SourceTree
            .Sources("Functions")
            .SelectMany(path => MetricPattern().Matches(SourceTree.Read(path)))
            .Select(match => match.Groups[1].Value)
            .Distinct(),
    ];

    /// <summary>Those of them that are gauges of the books.</summary>
    public static IReadOnlyList<string> BooksMetrics { get; } =
    [
        .. MetricPattern()
            .Matches(SourceTree.Read("Functions/Application/Telemetry/BooksMeter.cs"))
            .Select(match => match.Groups[1].Value),
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

    private static string Text(object? value) =>
        value switch
        {
            TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
            Uri address => address.OriginalString,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    [GeneratedRegex(@"(?:Create\w+<\w+>|Gauge)\(\s*""(autopay\.[a-z_.]+)""")]
    private static partial Regex MetricPattern();

    [GeneratedRegex(@"const string \w+ = ""([A-Z]\w+:[A-Z]\w+)""")]
    private static partial Regex NamePattern();
}
