using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.LocalHost;

/// <summary>Turns a method with [Function] into a descriptor, or says in one sentence why that cannot be.</summary>
internal static partial class FunctionReader
{
    public static IEnumerable<FunctionDescriptor> Read(MethodInfo method) =>
        method.GetCustomAttribute<FunctionAttribute>() is { } function ? [Read(method, function.Name)] : [];

    private static FunctionDescriptor Read(MethodInfo method, string name)
    {
        Require(ValidName().IsMatch(name), $"Function '{name}': a name starts with a letter and goes on with letters, digits, '-' and '_'.");
        var triggers = method.GetParameters().Where(parameter => ParameterBinding.TriggerOf(parameter) is not null).ToList();
        Require(triggers.Count == 1, $"Function '{name}' has {triggers.Count} triggers; it needs one parameter with a queue, timer or HTTP trigger.");
        var trigger = ParameterBinding.TriggerOf(triggers[0])!;
        RequireReturnType(name, method.ReturnType, trigger);
        return new FunctionDescriptor(name, method, trigger, [.. method.GetParameters().Select(p => ParameterBinding.Create(name, p, trigger))]);
    }

    private static void RequireReturnType(string name, Type type, Attribute trigger)
    {
        var result = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>) ? type.GetGenericArguments()[0] : type;
        var isAction = trigger is HttpTriggerAttribute && typeof(IActionResult).IsAssignableFrom(result);
        Require(
            isAction || type == typeof(void) || type == typeof(Task),
            $"Function '{name}' returns {type}; a function returns nothing, Task or, called over HTTP, IActionResult or Task<IActionResult>.");
    }

    private static void Require(bool condition, string sentence)
    {
        if (!condition)
        {
            throw new InvalidOperationException(sentence);
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,126}$")]
    private static partial Regex ValidName();
}
