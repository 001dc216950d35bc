using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.LocalHost;

internal static class ParameterBinding
{
    public static Attribute? TriggerOf(ParameterInfo parameter) => parameter.GetCustomAttributes().FirstOrDefault(
        attribute => attribute is QueueTriggerAttribute or TimerTriggerAttribute or HttpTriggerAttribute);

    public static ParameterBinder Create(string function, ParameterInfo parameter, Attribute trigger) =>
        General(parameter.ParameterType)
        ?? (trigger is HttpTriggerAttribute http ? Http(function, parameter, http) : Trigger(parameter))
        ?? throw new InvalidOperationException(
            $"Function '{function}': the parameter '{parameter.Name}' of type {parameter.ParameterType} cannot be bound.");

    private static ParameterBinder? General(Type type) => type switch
    {
        _ when type == typeof(CancellationToken) => context => context.CancellationToken,
        _ when type == typeof(FunctionContext) => context => context,
        _ => null,
    };

    private static ParameterBinder? Http(string function, ParameterInfo parameter, HttpTriggerAttribute trigger) => parameter.ParameterType switch
    {
        var type when type == typeof(HttpRequest) => context => context.GetHttpContext()!.Request,
        var type when type == typeof(HttpContext) => context => context.GetHttpContext(),
        var type when type == typeof(string) && HttpRoute.Parse(function, trigger).GetParameter(parameter.Name!) is not null =>
            context => context.BindingContext.BindingData.GetValueOrDefault(parameter.Name!)?.ToString(),
        _ => null,
    };

    private static ParameterBinder? Trigger(ParameterInfo parameter) => TriggerOf(parameter) switch
    {
        TimerTriggerAttribute when parameter.ParameterType == typeof(TimerInfo) => context => context.TriggerValue,
        QueueTriggerAttribute when parameter.ParameterType == typeof(string) => context => context.TriggerValue,
        QueueTriggerAttribute when IsOwnType(parameter.ParameterType) => context => FromJson((string)context.TriggerValue!, parameter.ParameterType),
        _ => null,
    };

    // The SDK's and the framework's types, such as QueueMessage or BinaryData, mean something else than JSON to the real worker.
    private static bool IsOwnType(Type type) =>
        type is { IsPrimitive: false, IsArray: false } && !new[] { "System", "Azure", "Microsoft" }.Contains(type.Namespace?.Split('.')[0]);

    private static object FromJson(string text, Type type) =>
        JsonSerializer.Deserialize(text, type, JsonSerializerOptions.Web) ?? throw new JsonException($"The message is null instead of {type.Name}.");
}
