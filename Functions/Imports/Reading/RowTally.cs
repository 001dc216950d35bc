using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Autopay.Imports.Reading;

/// <summary>
/// What a file's rows add up to, which ids they repeat, and where each of them goes: taken, set aside, or a problem.
/// </summary>
internal sealed class RowTally(ImportFormat format, Action<ImportRow>? take, ImportRules rules)
{
    private readonly List<ImportProblem> problems = [];

    // 128-bit hashes of the ids: a third of the memory of the ids themselves, and they never collide by chance.
    private readonly HashSet<UInt128> ids = [];
    private readonly HashSet<UInt128> payments = [];
    private int problemCount;
    private int rows;
    private int setAside;
    private Money adds;
    private Money takes;
    private Money setAsideTotal;

    public ImportRules Rules => rules;

    public bool HasProblem => problemCount > 0;

    public void Problem(ImportProblem problem)
    {
        problemCount++;
        if (problems.Count < ImportReader.MostProblems)
        {
            problems.Add(problem);
        }
    }

    public ImportCheck ToCheck() =>
        new(rows, adds + takes, problems, problemCount)
        {
            Adds = adds,
            Takes = takes,
            Payments = format.Names == ImportedItem.Payment ? payments.Count : null,
            SetAside = setAside,
            SetAsideTotal = setAsideTotal,
        };

    /// <summary>A row of which everything could be read, or a problem is noted.</summary>
    public void Add(ImportRow row, FieldReader fields)
    {
        rows++;
        if (fields.HasProblem)
        {
            return;
        }

        var isNew = ids.Add(Hash($"{row.Account}|{row.Id}"));
        var contradiction = fields.Contradiction ?? (isNew ? null : Repeated(row));
        if (contradiction is not null && rules.SetAside is null)
        {
            Problem(contradiction);
            return;
        }

        Count(row);
        if (contradiction is null)
        {
            take?.Invoke(row);
            return;
        }

        (setAside, setAsideTotal) = (setAside + 1, setAsideTotal + row.Cents);
        var reason = $"{contradiction.Column}: found {contradiction.Found}, expected {contradiction.Expected}";
        rules.SetAside!(row, reason);
    }

    private void Count(ImportRow row)
    {
        (adds, takes) = row.Cents < Money.Zero ? (adds, takes + row.Cents) : (adds + row.Cents, takes);
        if (format.Names == ImportedItem.Payment)
        {
            payments.Add(Hash(row.Id));
        }
    }

    private ImportProblem Repeated(ImportRow row)
    {
        return new ImportProblem(
            row.Line,
            format.IdColumn,
            ImportReader.Quote(row.Id),
            "an id that the file does not repeat"
        );
    }

    private static UInt128 Hash(string id) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(id.AsSpan()));
}
