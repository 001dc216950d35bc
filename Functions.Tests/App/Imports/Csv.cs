using System.Text;
using Autopay.Imports;

namespace Autopay.Tests.App.Imports;

/// <summary>CSV files for tests: a good row of each kind, and files that differ from it in one field.</summary>
internal static class Csv
{
    public static TheoryData<ImportKind> Kinds { get; } = [.. Enum.GetValues<ImportKind>()];

    public static string Header(ImportKind kind) => string.Join(',', kind.FileFormat.Header);

    public static string GoodRow(ImportKind kind) =>
        kind switch
        {
            ImportKind.Accounts => "A1,1,west,on,cus_1,pm_1,mandate_1,150.00,pat@example.org,en,2026-08",
            ImportKind.Bills => "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,-5.00,45.00",
            ImportKind.Payments => "P1,A1,12.50,cash,D1,2020-01-24,B1",
            ImportKind.PaymentReversals => "P1,A1,check returned by the bank",
            ImportKind.BillAdjustments => "J1,A1,B1,-15.00,leak allowance",
            ImportKind.ControlTotals => "2020-01-24,cash,D1,2,12.50,1",
            ImportKind.Penalties => "F1,A1,B1,5.00,2020-01-30,2020-02-03",
            _ => "A1,B1,45.00,2020-02-01",
        };

    public static string File(ImportKind kind, params string[] rows) =>
        string.Concat(rows.Prepend(Header(kind)).Select(row => row + "\n"));

    /// <summary>A file with one row, good but for one field.</summary>
    public static string With(ImportKind kind, string column, string value)
    {
        var fields = GoodRow(kind).Split(',');
        fields[kind.FileFormat.Header.ToList().IndexOf(column)] = value;
        return File(kind, string.Join(',', fields));
    }

    public static ImportCheck Check(ImportKind kind, string text) => Check(kind, Encoding.UTF8.GetBytes(text));

    public static ImportCheck Check(ImportKind kind, byte[] bytes) => ImportReader.Read(kind, new MemoryStream(bytes));

    /// <summary>The rows of a file that must be good.</summary>
    public static List<ImportRow> Rows(ImportKind kind, string text)
    {
        List<ImportRow> rows = [];
        var check = ImportReader.Read(kind, new MemoryStream(Encoding.UTF8.GetBytes(text)), rows.Add);
        Assert.Empty(check.Problems);
        Assert.Equal(check.Rows, rows.Count);
        return rows;
    }

    /// <summary>The one problem of a file.</summary>
    public static ImportProblem Problem(ImportKind kind, string text) => Assert.Single(Check(kind, text).Problems);

    public static string Quoted(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
