using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Autopay.Application.Ports.Books;

namespace Autopay.Storage;

/// <summary>
/// The stored JSON of events: like all other, but an event's discriminator is the name of its type, so that a new event
/// names itself.
/// </summary>
internal static class EventJson
{
    private static readonly JsonSerializerOptions Options = new(LedgerJson.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(new OfEvents(), LeanJson.Resolver),
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly JsonTypeInfo<IReadOnlyList<LedgerEvent>> Info =
        (JsonTypeInfo<IReadOnlyList<LedgerEvent>>)Options.GetTypeInfo(typeof(IReadOnlyList<LedgerEvent>));

    /// <summary>Every event, by its stored name.</summary>
    public static IReadOnlyDictionary<string, Type> Names { get; } =
        typeof(LedgerEvent)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(LedgerEvent)) && !type.IsAbstract)
            .ToDictionary(type => JsonNamingPolicy.CamelCase.ConvertName(type.Name));

    public static string Serialize(IReadOnlyList<LedgerEvent> events) => JsonSerializer.Serialize(events, Info);

    /// <exception cref="JsonException">A newer version wrote it, or it is no list of events.</exception>
    public static IReadOnlyList<LedgerEvent> Deserialize(string json) =>
        JsonSerializer.Deserialize(json, Info) ?? throw new JsonException("The events of a history row are missing.");

    public static string Serialize(HistoryRow row) => JsonSerializer.Serialize(row, Options);

    /// <exception cref="JsonException">A newer version wrote it, or it is no operation.</exception>
    public static HistoryRow DeserializeRow(string json) =>
        JsonSerializer.Deserialize<HistoryRow>(json, Options) ?? throw new JsonException("The operation is missing.");

    /// <exception cref="JsonException">A newer version wrote it, or it is no list of operations.</exception>
    public static IReadOnlyList<HistoryRow> DeserializeRows(string json) =>
        JsonSerializer.Deserialize<IReadOnlyList<HistoryRow>>(json, Options)
        ?? throw new JsonException("The operations of a history row are missing.");

    private static void NameEvents(JsonTypeInfo info)
    {
        if (info.Type == typeof(LedgerEvent))
        {
            info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "type" };
            foreach (var (name, type) in Names)
            {
                info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(type, name));
            }
        }
    }

    private sealed class OfEvents : IJsonTypeInfoResolver
    {
        private readonly DefaultJsonTypeInfoResolver events = new() { Modifiers = { NameEvents } };

        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
            type.IsAssignableTo(typeof(LedgerEvent)) ? events.GetTypeInfo(type, options) : null;
    }
}
