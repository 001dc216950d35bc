using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Autopay.Rehearsal.Steps;

namespace Autopay.Rehearsal.Input;

/// <summary>Reads the text of timeline.json, each step as the record that its <c>do</c> names.</summary>
internal sealed partial class TimelineJson(JsonLines lines)
{
    private static readonly JsonDocumentOptions DocumentOptions = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
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

    /// <exception cref="RehearsalInputException">A field is missing or of the wrong kind: line and field.</exception>
    public Timeline Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, DocumentOptions);
        var timeline = (Timeline)Read(document.RootElement, typeof(Timeline), "", "missing");
        return timeline with
        {
            Steps = [.. timeline.WrittenSteps.Select((step, index) => ReadStep(step, $"steps[{index}]"))],
        };
    }

    /// <summary>What is wrong, without the serializer's own words for where, and for its types.</summary>
    public static string Plain(JsonException wrong) =>
        TypePattern().IsMatch(wrong.Message)
            ? "not the kind of value that is expected here."
            : wrong.Message.Split([" Path: ", " LineNumber: "], StringSplitOptions.None)[0];

    private TimelineStep ReadStep(JsonElement written, string field)
    {
        var head = (StepHead)Read(written, typeof(StepHead), field, "missing");
        var given = WithoutNulls(written);
        var kind =
            StepKinds.Find(head.Do, name => given.ContainsKey(name))
            ?? throw lines.Wrong(
                $"{field}.do",
                $"'{head.Do}' is not a step; one of {string.Join(", ", StepKinds.Names)}"
            );
        return (TimelineStep)Read(JsonSerializer.SerializeToElement(given), kind, field, StepProblem.Missing(head.Do));
    }

    private object Read(JsonElement written, Type type, string around, string missingText)
    {
        try
        {
            return written.Deserialize(type, Options) ?? throw lines.Wrong(around, "expected an object");
        }
        catch (JsonException wrong)
        {
            var missing = MissingPattern().Match(wrong.Message).Groups[1].Value;
            var field = Join(around, Join((wrong.Path ?? "$").TrimStart('$').TrimStart('.'), missing));
            throw lines.Wrong(field, missing.Length == 0 ? Plain(wrong).TrimEnd('.') : missingText);
        }
    }

    // A field that is null is not given.
    private static Dictionary<string, JsonElement> WithoutNulls(JsonElement step)
    {
        var given = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in step.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null))
        {
            given[field.Name] = field.Value;
        }

        return given;
    }

    private static string Join(string around, string field) =>
        around.Length == 0 || field.Length == 0 ? around + field : $"{around}.{field}";

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

    /// <summary>What every step says, whatever it does.</summary>
    private sealed record StepHead
    {
        public required DateTime At { get; init; }

        public required string Do { get; init; }
    }
}
