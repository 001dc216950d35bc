using CsvHelper;

namespace Autopay.Imports.Reading;

/// <summary>One reading of one file: the header, then row by row. Rows without any content are passed over.</summary>
internal sealed class FileReading(ImportFormat format, Stream file, RowTally tally)
{
    private const string InExcel =
        "Excel leaves empty cells at the end out: give the last column a value in that row, or put the column "
        + "further to the left.";
    private const string TooMany =
        "The row has more cells than the header: a value with a comma in it needs quotes around it.";
    private readonly Lazy<bool> endsWithALine = new(() => LastByte(file) is '\n' or '\r');
    private ImportHeader header = new([]);
    private DateOrder? order;

    public void ReadAll(CsvReader csv)
    {
        if (!TryReadHeader(csv))
        {
            return;
        }

        var fields = new FieldReader(header, tally.Problem, () => order ??= FindDateOrder())
        {
            Today = tally.Rules.Today,
        };
        while (csv.Read())
        {
            var line = (int)csv.LineNumber;
            if (csv.FieldCount > ImportReader.MostColumns)
            {
                tally.Problem(Columns(line, csv.FieldCount));
                return;
            }

            var row = csv.Current.ToArray();
            if (ImportReader.IsBlank(row))
            {
                continue;
            }

            if (WhyNot(line, row) is { } problem)
            {
                tally.Problem(problem);
                continue;
            }

            fields.Start(line, row);
            tally.Add(format.Read(fields), fields);
        }
    }

    private bool TryReadHeader(CsvReader csv)
    {
        while (csv.Read())
        {
            var cells =
                csv.FieldCount <= ImportReader.MostColumns ? csv.Current.ToArray() : [$"{csv.FieldCount} columns"];
            if (ImportReader.IsBlank(cells))
            {
                continue;
            }

            header = ReadHeader((int)csv.LineNumber, cells) ?? header;
            return !tally.HasProblem && header.Width > 0;
        }

        if (!tally.HasProblem)
        {
            tally.Problem(new ImportProblem(1, "", "an empty file", $"the header {string.Join(',', format.Header)}"));
        }

        return false;
    }

    private ImportHeader? ReadHeader(int line, string[] cells)
    {
        if (cells.Any(ImportReader.IsBroken))
        {
            var shown = ImportReader.Quote(string.Join(',', cells));
            tally.Problem(
                FileEncoding.IsWide(file)
                    ? new ImportProblem(line, "", "text in UTF-16", "text in UTF-8") { Advice = FileEncoding.Utf16 }
                    : new ImportProblem(line, "", shown, "text in UTF-8 without NUL") { Advice = FileEncoding.NotUtf8 }
            );
            return null;
        }

        return new HeaderReader(format, tally.Problem).Read(line, cells);
    }

    // What is wrong with a row before its fields are read.
    private ImportProblem? WhyNot(int line, string[] row)
    {
        if (Array.FindIndex(row, field => field.Length > ImportReader.LargestField) is >= 0 and var tooLong)
        {
            var (length, most) = (
                $"{row[tooLong].Length} characters",
                $"at most {ImportReader.LargestField} characters"
            );
            return new ImportProblem(line, header.NameAt(tooLong), length, most);
        }

        if (Array.FindIndex(row, ImportReader.IsBroken) is >= 0 and var broken)
        {
            return new ImportProblem(
                line,
                header.NameAt(broken),
                ImportReader.Quote(row[broken]),
                "text in UTF-8 without NUL"
            )
            {
                Advice = row[broken].Contains('\0', StringComparison.Ordinal) ? null : FileEncoding.NotUtf8,
            };
        }

        return TotalRow.IsOne(header, row)
                ? new ImportProblem(line, "", ImportReader.Quote(string.Join(',', row)), "a row of its own account")
                {
                    Advice = TotalRow.Advice,
                }
            : header.IsPlain && row.Length == header.Width ? null
            : WrongWidth(line, row);
    }

    private ImportProblem? WrongWidth(int line, string[] row)
    {
        var unnamed = Enumerable.Range(0, row.Length).Where(place => header.NameAt(place).Length == 0);
        if (unnamed.FirstOrDefault(place => FieldReader.Trim(row[place]).Length > 0, -1) is >= 0 and var extra)
        {
            return extra >= header.Width
                ? Columns(line, row.Length) with
                {
                    Advice = TooMany,
                }
                : new ImportProblem(line, "", ImportReader.Quote(row[extra]), "nothing")
                {
                    Advice = $"Column {extra + 1} has no name in the header: delete the column, or name it.",
                };
        }

        // Excel leaves empty cells at the end of rows out. In the last line of a file that was cut they were not empty.
        var absent = Enumerable.Range(row.Length, Math.Max(0, header.Width - row.Length)).Select(header.NameAt);
        return absent.All(column => column.Length == 0 || (format.MayLeaveOut(column) && endsWithALine.Value))
            ? null
            : Columns(line, row.Length) with
            {
                Advice = InExcel,
            };
    }

    private ImportProblem Columns(int line, int count) => new(line, "", $"{count} columns", $"{header.Width} columns");

    // A second reading with its own buffers: the first one goes on where it was.
    private DateOrder FindDateOrder()
    {
        var position = file.Position;
        try
        {
            file.Position = 0;
            return ReadDateOrder();
        }
        finally
        {
            file.Position = position;
        }
    }

    private DateOrder ReadDateOrder()
    {
        var found = new DateOrder(null, null);
        var places = format
            .Columns.Where(column => column.IsDay)
            .Select(column => header.PlaceOf(column.Name))
            .OfType<int>()
            .ToList();
        using var text = ImportReader.TextOf(file);
        using var csv = ImportReader.CsvOf(text, _ => { });
        try
        {
            while (csv.Read() && csv.FieldCount <= ImportReader.MostColumns)
            {
                foreach (var place in places.Where(place => place < csv.FieldCount))
                {
                    var date = SlashDate.Parse(FieldReader.Trim(csv.Current[place].ToString()));
                    found = date is { } slashed ? found.With((int)csv.LineNumber, slashed) : found;
                }
            }
        }
        catch (CsvFormatException)
        {
            // The first reading comes to the same place, and says so.
        }

        return found;
    }

    private static int LastByte(Stream file)
    {
        var position = file.Position;
        file.Position = Math.Max(0, file.Length - 1);
        var last = file.ReadByte();
        file.Position = position;
        return last;
    }
}
