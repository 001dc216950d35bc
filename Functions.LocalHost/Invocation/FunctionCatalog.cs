using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.LocalHost;

internal sealed class FunctionCatalog
{
    private const BindingFlags AnyMethod =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly Dictionary<string, FunctionDescriptor> byName;

    private FunctionCatalog(IEnumerable<FunctionDescriptor> functions) =>
        byName = functions.ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<FunctionDescriptor> Functions => byName.Values;

    public FunctionDescriptor? Find(string name) => byName.GetValueOrDefault(name);

    public static FunctionCatalog Discover(IEnumerable<Type> classes, bool servesHttp)
    {
        var functions = classes.SelectMany(type => type.GetMethods(AnyMethod)).SelectMany(FunctionReader.Read).ToList();
        ThrowIfNotUnique(functions);
        ThrowIfHttpIsNotConfigured(functions, servesHttp);
        return new FunctionCatalog(functions);
    }

    private static void ThrowIfNotUnique(IEnumerable<FunctionDescriptor> functions)
    {
        var twice = functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            var places = string.Join(" and ", twice.Select(function => $"{function.Method.DeclaringType!.Name}.{function.Method.Name}"));
            throw new InvalidOperationException($"The function name '{twice.Key}' is used more than once: {places}.");
        }
    }

    private static void ThrowIfHttpIsNotConfigured(IEnumerable<FunctionDescriptor> functions, bool servesHttp)
    {
        var first = functions.FirstOrDefault(function => function.Trigger is HttpTriggerAttribute);
        if (first is not null && !servesHttp)
        {
            throw new InvalidOperationException(
                $"Function '{first.Name}' is called over HTTP, but the builder was not told ConfigureFunctionsWebApplication().");
        }
    }
}
