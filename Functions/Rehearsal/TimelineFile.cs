using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.Rehearsal;

/// <summary>Reads timeline.json and says what is wrong with it by line and field.</summary>
public static class TimelineFile
{
    public const string Name = "timeline.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new ClockTimeConverter() },
    };

    /// <exception cref="RehearsalInputException">The file is missing or wrong.</exception>
    public static Timeline Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            throw new RehearsalInputException($"{path}: not found; a rehearsal's folder holds a {Name} and the CSV files that it names.");
        }

        try
        {
            var timeline = JsonSerializer.Deserialize<Timeline>(File.ReadAllText(path), Options) ?? throw new JsonException("The file is empty.");
            TimelineRules.Check(timeline, folder);
            return timeline;
        }
        catch (JsonException wrong)
        {
            throw new RehearsalInputException($"{Name}, line {wrong.LineNumber + 1}, field {wrong.Path ?? "$"}: {wrong.Message}");
        }
    }

    /// <summary>Hours as people write them: <c>06:00</c>.</summary>
    private sealed class ClockTimeConverter : JsonConverter<TimeOnly>
    {
        public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TimeOnly.TryParseExact(reader.GetString(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? time
                : throw new JsonException("expected a time as HH:mm.");

        public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("HH:mm", CultureInfo.InvariantCulture));
    }
}
