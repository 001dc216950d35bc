using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Hosting.Identity;

/// <summary>
/// Who may call which function over HTTP: what stands beside each function. A function that says nothing nobody may
/// call.
/// </summary>
internal static class Access
{
    private static readonly FrozenDictionary<string, IReadOnlyList<Role>> Table = typeof(Access)
        .Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Select(method =>
            (method.GetCustomAttribute<FunctionAttribute>()?.Name, Access: method.GetCustomAttribute<AccessAttribute>())
        )
        .Where(function => function is { Name: not null, Access: not null })
        .ToFrozenDictionary(function => function.Name!, function => function.Access!.Roles);

    public static IEnumerable<string> Functions => Table.Keys;

    /// <summary>Those that may call it; none when it is open to all.</summary>
    public static IReadOnlyList<Role> RolesOf(string function) => Table[function];

    /// <summary>Open to all: no identity is asked for.</summary>
    public static bool IsOpen(string function) => Table.TryGetValue(function, out var roles) && roles.Count == 0;

    public static bool Allows(string function, Caller caller) =>
        Table.TryGetValue(function, out var roles) && roles.Any(caller.Roles.Contains);

    /// <summary>For the answer that tells a person what to ask for.</summary>
    public static string Needed(string function) =>
        Table.TryGetValue(function, out var roles) ? string.Join(" or ", roles) : "none";
}
