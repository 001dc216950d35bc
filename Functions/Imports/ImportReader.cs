using System.Globalization;
using System.Text;
using Autopay.Imports.Reading;
using CsvHelper;

namespace Autopay.Imports;

/// <summary>
/// Reads a CSV file of one kind as a stream: strict UTF-8, columns by name, every problem with line and column. It
/// judges the file by itself and touches no account.
/// </summary>
public static class ImportReader
{
    public const int MostProblems = 1000;
    public const long LargestFile = 100L * 1024 * 1024;
    internal const int MostColumns = 64;
    internal const int LargestField = 2048;
    private const int LargestRecord = MostColumns * LargestField;

    // Undecodable bytes become this noncharacter, which no valid file contains: so the problem has a line.
    private const char Undecodable = '\uFFFF';

    /// <summary>
    /// Reads the whole file and hands each good row to <paramref name="take"/>. When the check is not good, rows may be
    /// missing.
    /// </summary>
    /// <param name="file">Seekable: of dates like 1/22/2026 the whole file tells what comes first.</param>
    public static ImportCheck Read(
        ImportKind kind,
        Stream file,
        Action<ImportRow>? take = null,
        ImportRules? rules = null
    )
    {
        var tally = new RowTally(kind.FileFormat, take, rules ?? new ImportRules());
        using var text = TextOf(file);
        using var csv = CsvOf(text, tally.Problem);
        try
        {
            new FileReading(kind.FileFormat, file, tally).ReadAll(csv);
        }
        catch (CsvFormatException broken)
        {
            tally.Problem(
                new ImportProblem(
                    (int)broken.LineNumber,
                    "",
                    "a record that does not end, or is too long",
                    $"at most {LargestRecord} bytes in a record"
                )
            );
        }

        return tally.ToCheck();
    }

    internal static string Quote(string found) => found.Length == 0 ? "nothing" : $"'{Shorten(found)}'";

    internal static string Shorten(string found) =>
        string.Concat(found.Take(60).Select(Printable)) + (found.Length > 60 ? "..." : "");

    // Without a byte order mark of its own: the CSV reader takes one away, a second one must stay visible in the
    // header.
    internal static StreamReader TextOf(Stream file)
    {
        var encoding = (Encoding)new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).Clone();
        encoding.DecoderFallback = new DecoderReplacementFallback(Undecodable.ToString());
        return new StreamReader(
            file,
            encoding,
            detectEncodingFromByteOrderMarks: false,
            bufferSize: 1 << 16,
            leaveOpen: true
        );
    }

    internal static CsvReader CsvOf(StreamReader text, Action<ImportProblem> malformed)
    {
        const string Expected = "a quote only around a whole field, doubled inside it";
        var options = new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            TrimWhitespace = false,
            TrackLineNumbers = true,
            MaxRecordSize = LargestRecord,
            OnMalformedRecord = bad => malformed(new ImportProblem((int)bad.LineNumber, "", "a stray quote", Expected)),
        };
        return CsvReader.Create(text, options, leaveOpen: true);
    }

    internal static bool IsBlank(string[] row) => Array.TrueForAll(row, cell => FieldReader.Trim(cell).Length == 0);

    internal static bool IsBroken(string cell) => cell.AsSpan().ContainsAny(Undecodable, '\0');

    private static string Printable(char letter) =>
        letter == Undecodable || char.IsControl(letter) || char.IsSurrogate(letter)
            ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")
            : letter.ToString();
}
