using System.Text.Json;

namespace Autopay.Rehearsal.Input;

/// <summary>Reads timeline.json and says what is wrong with it by line and field.</summary>
public static class TimelineFile
{
    public const string Name = "timeline.json";

    private static readonly JsonReaderOptions ReaderOptions = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
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

        var json = File.ReadAllBytes(path).AsMemory();
        json = json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;
        try
        {
            var lines = JsonLines.Read(json.Span, ReaderOptions);
            var timeline = new TimelineJson(lines).Read(json);
            new TimelineRules(timeline, folder, lines).Check();
            return timeline;
        }
        catch (JsonException broken)
        {
            throw new RehearsalInputException($"{Name}, line {broken.LineNumber + 1}: {TimelineJson.Plain(broken)}");
        }
    }
}
