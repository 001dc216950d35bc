using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Autopay.Rehearsal.Input;

/// <summary>Reads timeline.json and says what is wrong with it by line and field.</summary>
public static partial class TimelineFile
{
    public const string Name = "timeline.json";

    private static readonly JsonReaderOptions ReaderOptions = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new ExactConverter<TimeOnly>("a time as HH:mm", text => Parse.Time(text)),
            new ExactConverter<DateOnly>("a date as YYYY-MM-DD", text => Parse.Date(text)),
            new ExactConverter<DateTime>(
                "the city's civil time as YYYY-MM-DDTHH:mm, without an offset",
                text => Parse.CivilTime(text)
            ),
        },
    };

    /// <exception cref="RehearsalInputException">The file is missing or wrong.</exception>
    public static Timeline Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            throw new RehearsalInputException(
                $"{path}: not found; a rehearsal's folder holds a {Name} and the CSV files that it names."
            );
        }

        var json = File.ReadAllBytes(path).AsSpan();
        json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        try
        {
            var lines = JsonLines.Read(json, ReaderOptions);
            var timeline = Deserialize(json, lines);
            new TimelineRules(timeline, folder, lines).Check();
            return timeline;
        }
        catch (JsonException broken)
        {
            throw new RehearsalInputException($"{Name}, line {broken.LineNumber + 1}: {Plain(broken)}");
        }
    }

    private static Timeline Deserialize(ReadOnlySpan<byte> json, JsonLines lines)
    {
        try
        {
            return JsonSerializer.Deserialize<Timeline>(json, Options)
                ?? throw new JsonException("expected an object.");
        }
        catch (JsonException wrong)
        {
            var field = (wrong.Path ?? "$").TrimStart('$').TrimStart('.');
            var missing = MissingPattern().Match(wrong.Message).Groups[1].Value;
            field =
                missing.Length == 0 ? field
                : field.Length == 0 ? missing
                : $"{field}.{missing}";
            throw new RehearsalInputException(
                $"{Name}, line {lines.Of(field)}, field {field}: {(missing.Length == 0 ? Plain(wrong) : "missing.")}"
            );
        }
    }

    // Without the serializer's own words for where, and for its types.
    private static string Plain(JsonException wrong) =>
        TypePattern().IsMatch(wrong.Message)
            ? "not the kind of value that is expected here."
            : wrong.Message.Split([" Path: ", " LineNumber: "], StringSplitOptions.None)[0];

    [GeneratedRegex("missing required properties including: '([^']+)'")]
    private static partial Regex MissingPattern();

    [GeneratedRegex("could not be converted to|doesn't allow setting null")]
    private static partial Regex TypePattern();

    private static class Parse
    {
        public static TimeOnly? Time(string? text) =>
            TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? time
                : null;

        public static DateOnly? Date(string? text) =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? date
                : null;

        public static DateTime? CivilTime(string? text) =>
            DateTime.TryParseExact(
                text,
                ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm':00'"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var time
            )
                ? time
                : null;
    }

    /// <summary>
    /// Dates and times in exactly one spelling: an offset would be read by the clock of the machine, not of the city.
    /// </summary>
    private sealed class ExactConverter<T>(string expected, Func<string?, T?> parse) : JsonConverter<T>
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
}
