using System.Reflection;
using System.Text.Json;

namespace Autopay.Rehearsal.Steps;

/// <summary>Every kind of step by its name, which is that of its record: <c>ImportStep</c> is <c>import</c>.</summary>
internal static class StepKinds
{
    private static readonly Dictionary<Type, string> NamesByType = typeof(TimelineStep)
        .Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(TimelineStep)) && !type.IsAbstract)
        .ToDictionary(type => type, ToName);

    /// <summary>As people read them: a timeline begins with its imports, so that step leads the list.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [.. NamesByType.Values.Distinct().OrderBy(name => name != "import").ThenBy(name => name, StringComparer.Ordinal)];

    public static string NameOf(Type step) => NamesByType[step];

    /// <returns>The record to read; null when there is no such step.</returns>
    /// <param name="gives">Whether the step in the timeline gives a field.</param>
    public static Type? Find(string name, Func<string, bool> gives) =>
        NamesByType
            .Where(kind => kind.Value == name)
            .Select(kind => (Type: kind.Key, InsteadOf: InsteadOf(kind.Key)))
            .OrderBy(form => form.InsteadOf is null)
            .FirstOrDefault(form => form.InsteadOf is null || gives(form.InsteadOf.Given))
            .Type;

    private static string ToName(Type type)
    {
        var name = (InsteadOf(type)?.Step ?? type).Name;
        return JsonNamingPolicy.CamelCase.ConvertName(name[..^"Step".Length]);
    }

    private static InsteadOfAttribute? InsteadOf(Type type) => type.GetCustomAttribute<InsteadOfAttribute>();
}
