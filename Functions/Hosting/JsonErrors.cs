using System.Reflection;
using System.Text.Json;

namespace Autopay.Hosting;

/// <summary>
/// What is wrong with a body that cannot be read as the request that it should be, in the words of the interface and
/// not of the code.
/// </summary>
internal static class JsonErrors
{
    public static string Describe(ReadOnlyMemory<byte> body, Type request, JsonSerializerOptions options)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Describe(document.RootElement, request, options);
        }
        catch (JsonException wrong)
        {
            return $"The body is not JSON: see line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}.";
        }
    }

    private static string Describe(JsonElement body, Type request, JsonSerializerOptions options)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return $"Expected a JSON object, found {Kind(body)}.";
        }

        var fields = request.GetConstructors()[0].GetParameters();
        var given = body.EnumerateObject().ToList();
        return given
                .Select(it => WhyUnknown(it.Name, given, fields))
                .OfType<string>()
                .Concat(fields.Select(field => WhyMissing(field, body)).OfType<string>())
                .Concat(given.Select(it => WhyWrong(it, fields, options)).OfType<string>())
                .FirstOrDefault()
            ?? "The body is not of the expected form.";
    }

    private static string? WhyUnknown(string name, List<JsonProperty> given, ParameterInfo[] fields) =>
        !Array.Exists(fields, field => Name(field) == name)
            ? $"{name}: there is no such field; expected {Either([.. fields.Select(Name)])}."
        : given.Count(it => it.Name == name) > 1 ? $"{name} is duplicate."
        : null;

    private static string? WhyMissing(ParameterInfo field, JsonElement body) =>
        !field.HasDefaultValue
        && (!body.TryGetProperty(Name(field), out var value) || value.ValueKind == JsonValueKind.Null)
            ? $"{Name(field)} is missing: expected {Expected(field.ParameterType)}."
            : null;

    private static string? WhyWrong(JsonProperty given, ParameterInfo[] fields, JsonSerializerOptions options)
    {
        var type = fields.First(field => Name(field) == given.Name).ParameterType;
        try
        {
            given.Value.Deserialize(type, options);
            return null;
        }
        catch (JsonException)
        {
            return $"{given.Name}: expected {Expected(type)}.";
        }
    }

    private static string Expected(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? Expected(inner)
        : type.IsEnum ? Either([.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)])
        : type == typeof(string) ? "a text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(DateOnly) ? "a day such as 2020-01-31"
        : type == typeof(DateTimeOffset) ? "an instant such as 2020-01-31T08:00:00Z"
        : type.IsPrimitive ? "a whole number"
        : ExpectedOf(type.GenericTypeArguments);

    private static string ExpectedOf(Type[] items) =>
        items.Length == 0 ? "an object"
        : items.Length == 2 ? $"an object, each value {Expected(items[1])}"
        : $"a list, each item {Expected(items[0])}";

    private static string Either(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";

    private static string Name(ParameterInfo field) => JsonNamingPolicy.CamelCase.ConvertName(field.Name!);

    private static string Kind(JsonElement value) =>
        value.ValueKind is JsonValueKind.Array ? "a list"
        : value.ValueKind is JsonValueKind.Null ? "null"
        : "a single value";
}
