using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Autopay.Storage;

/// <summary>
/// The stored JSON of ledgers, without what says nothing: no cents, not set, an empty list. It is left out only where
/// it reads back as the same, because a new record has it so.
/// </summary>
internal static class LeanJson
{
    // Not the generated code: it sets what the JSON does not name to null, whatever a new record has there.
    public static IJsonTypeInfoResolver Resolver { get; } =
        new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutNothing } };

    public static JsonSerializerOptions Options { get; } =
        new(LedgerJson.Default.Options) { TypeInfoResolver = Resolver, Converters = { new JsonStringEnumConverter() } };

    /// <exception cref="JsonException">A newer version wrote it, or it is damaged.</exception>
    public static T Deserialize<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("There is nothing.");

    public static string Serialize<T>(T value) => JsonSerializer.Serialize(value, Options);

    private static void LeaveOutNothing(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object || info.Type.GetConstructor([]) is null)
        {
            return;
        }

        var made = Activator.CreateInstance(info.Type)!;
        foreach (var property in info.Properties.Where(property => property is { IsRequired: false, Get: not null }))
        {
            // What may be missing at all is left out only when it is: false is not the same as unknown.
            if (property.Get!(made) is { } blank && IsNothing(blank))
            {
                property.ShouldSerialize = (_, value) => !IsNothing(value);
            }
        }
    }

    private static bool IsNothing(object? value) =>
        value switch
        {
            false or 0 or 0L or "" => true,
            Money money => money == Money.Zero,
            ICollection collection => collection.Count == 0,
            _ => false,
        };
}
