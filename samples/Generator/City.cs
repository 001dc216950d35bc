using System.Text;

namespace Autopay.Samples.Generator;

/// <summary>A city in memory: CSV files by name, and the timeline that plays them.</summary>
public sealed record City(string Name, IReadOnlyDictionary<string, string> Files, string Timeline)
{
    public const string TimelineFile = "timeline.json";

    /// <summary>
    /// Writes what `rehearse FOLDER` reads. Bytes depend on the city only: UTF-8 without a byte order mark, LF.
    /// </summary>
    public void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in Files)
        {
            Write(folder, name, text);
        }

        Write(folder, TimelineFile, Timeline);
    }

    private static void Write(string folder, string name, string text) =>
        File.WriteAllText(Path.Combine(folder, name), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
