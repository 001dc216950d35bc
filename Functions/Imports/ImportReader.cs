using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using CsvHelper;

namespace Autopay.Imports;

/// <summary>
/// Reads a CSV file of one kind as a stream: strict UTF-8, the exact header, every problem with line and column. It judges the
/// file by itself and touches no account.
/// </summary>
public static class ImportReader
{
    public const int MostProblems = 1000;
    public const long LargestFile = 100L * 1024 * 1024;
    private const int LargestField = 2048;
    private const int MostColumns = 64;
    private const int LargestRecord = MostColumns * LargestField;

    // Undecodable bytes become this noncharacter, which no valid file contains: so the problem has a line.
    private const char Undecodable = '\uFFFF';

    /// <summary>Reads the whole file and hands each good row to <paramref name="take"/>. When the check is not good, rows may be missing.</summary>
    public static ImportCheck Read(ImportKind kind, Stream file, Action<ImportRow>? take = null)
    {
        var reading = new Reading(kind, take);
        using var text = new StreamReader(file, StrictUtf8(), detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16, leaveOpen: true);
        using var csv = CsvReader.Create(text, Options(reading), leaveOpen: true);
        try
        {
            reading.ReadAll(csv);
        }
        catch (CsvFormatException broken)
        {
            reading.Problem(new ImportProblem((int)broken.LineNumber, "", "a record that does not end, or is too long", $"at most {LargestRecord} bytes in a record"));
        }

        return reading.ToCheck();
    }

    internal static string Quote(string found)
    {
        var shown = string.Concat(found.Take(60).Select(Printable));
        return found.Length == 0 ? "nothing" : $"'{shown}{(found.Length > 60 ? "..." : "")}'";
    }

    private static string Printable(char letter) => letter == Undecodable || char.IsControl(letter) || char.IsSurrogate(letter)
        ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")
        : letter.ToString();

    // Without a byte order mark of its own: the CSV reader takes one away, a second one must stay visible in the header.
    private static Encoding StrictUtf8()
    {
        var encoding = (Encoding)new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).Clone();
        encoding.DecoderFallback = new DecoderReplacementFallback(Undecodable.ToString());
        return encoding;
    }

    private static CsvReaderOptions Options(Reading reading) => new()
    {
        Separator = ',', HasHeader = false, TrimWhitespace = false, TrackLineNumbers = true, MaxRecordSize = LargestRecord,
        OnMalformedRecord = bad => reading.Problem(new ImportProblem((int)bad.LineNumber, "", "a stray quote", "a quote only around a whole field, doubled inside it")),
    };

    private sealed class Reading(ImportKind kind, Action<ImportRow>? take)
    {
        private readonly List<ImportProblem> problems = [];

        // 128-bit hashes of the ids: a third of the memory of the ids themselves, and they never collide by chance.
        private readonly HashSet<UInt128> ids = [];
        private readonly IReadOnlyList<string> columns = kind.Columns();
        private int problemCount;
        private int rows;
        private Money total;

        public void Problem(ImportProblem problem)
        {
            problemCount++;
            if (problems.Count < MostProblems)
            {
                problems.Add(problem);
            }
        }

        public ImportCheck ToCheck() => new(rows, total, problems, problemCount);

        public void ReadAll(CsvReader csv)
        {
            if (!csv.Read() || !IsHeader(csv.Current.ToArray()))
            {
                if (problemCount == 0)
                {
                    Problem(new ImportProblem(1, "", "an empty file", $"the header {string.Join(',', columns)}"));
                }

                return;
            }

            var fields = new FieldReader(columns, Problem);
            var read = RowReaders.For(kind);
            while (csv.Read())
            {
                if (csv.FieldCount > MostColumns)
                {
                    Problem(new ImportProblem((int)csv.LineNumber, "", $"{csv.FieldCount} columns", $"{columns.Count} columns"));
                    return;
                }

                ReadRow((int)csv.LineNumber, csv.Current.ToArray(), fields, read);
            }
        }

        private bool IsHeader(string[] found)
        {
            if (found.SequenceEqual(columns))
            {
                return true;
            }

            Problem(new ImportProblem(1, "", Quote(string.Join(',', found.Take(MostColumns))), $"the header {string.Join(',', columns)}"));
            return false;
        }

        private void ReadRow(int line, string[] row, FieldReader fields, Func<FieldReader, ImportRow> read)
        {
            if (row.Length != columns.Count)
            {
                Problem(new ImportProblem(line, "", $"{row.Length} columns", $"{columns.Count} columns"));
            }
            else if (Array.FindIndex(row, field => field.Length > LargestField) is >= 0 and var tooLong)
            {
                Problem(new ImportProblem(line, columns[tooLong], $"{row[tooLong].Length} characters", $"at most {LargestField} characters"));
            }
            else if (Array.Find(row, field => field.Contains(Undecodable, StringComparison.Ordinal) || field.Contains('\0', StringComparison.Ordinal)) is { } bad)
            {
                Problem(new ImportProblem(line, columns[Array.IndexOf(row, bad)], Quote(bad), "text in UTF-8 without NUL"));
            }
            else
            {
                fields.Start(line, row);
                Keep(read(fields), fields.HasProblem);
            }
        }

        private void Keep(ImportRow row, bool hasProblem)
        {
            rows++;
            if (hasProblem)
            {
                return;
            }

            if (!ids.Add(XxHash128.HashToUInt128(MemoryMarshal.AsBytes($"{row.Account}|{row.Id}".AsSpan()))))
            {
                var column = kind == ImportKind.Balances ? "bill_id" : columns[0];
                Problem(new ImportProblem(row.Line, column, Quote(row.Id), "an id that the file does not repeat"));
                return;
            }

            total += row.Cents;
            take?.Invoke(row);
        }
    }
}
