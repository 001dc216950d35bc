using System.Globalization;
using System.Text.Json;

namespace Autopay.Rehearsal.Input;

/// <summary>The lines on which the fields of a JSON file stand: <c>steps[3].action</c> is on line 17.</summary>
internal sealed class JsonLines
{
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal) { [""] = 1 };
    private readonly Stack<Level> open = new();
    private string value = "";

    private JsonLines() { }

    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonLines Read(ReadOnlySpan<byte> json, JsonReaderOptions options)
    {
        var found = new JsonLines();
        var reader = new Utf8JsonReader(json, options);
        var (line, counted) = (1, 0);
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            line += json[counted..start].Count((byte)'\n');
            counted = start;
            found.Take(ref reader, line);
        }

        return found;
    }

    /// <summary>The line of a field, or of the nearest thing around it that is there.</summary>
    public int Of(string field)
    {
        while (!lines.ContainsKey(field))
        {
            field = field[..Math.Max(0, field.LastIndexOfAny(['.', '[']))];
        }

        return lines[field];
    }

    /// <summary>To throw: what is wrong with a field, and where it is.</summary>
    public RehearsalInputException Wrong(string field, string problem) =>
        new($"{TimelineFile.Name}, line {Of(field)}, field {field}: {problem}.");

    private void Take(ref Utf8JsonReader reader, int line)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            value = $"{open.Peek().Path}{(open.Peek().Path.Length == 0 ? "" : ".")}{reader.GetString()}";
            lines.TryAdd(value, line);
        }
        else if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
        {
            open.Pop();
        }
        else
        {
            Start(reader.TokenType, line);
        }
    }

    private void Start(JsonTokenType token, int line)
    {
        if (open.TryPeek(out var around) && around.IsArray)
        {
            value = string.Create(CultureInfo.InvariantCulture, $"{around.Path}[{around.Next++}]");
            lines.TryAdd(value, line);
        }

        if (token is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            open.Push(new Level(value, token == JsonTokenType.StartArray));
        }
    }

    private sealed class Level(string path, bool isArray)
    {
        public string Path => path;

        public bool IsArray => isArray;

        public int Next { get; set; }
    }
}
