using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.Rehearsal.Input;

/// <summary>
/// Dates and times in exactly one spelling: an offset would be read by the clock of the machine, not of the city.
/// </summary>
internal sealed class ExactConverter<T>(string expected, Func<string?, T?> parse) : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return parse(text) ?? throw new JsonException($"expected {expected}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}
